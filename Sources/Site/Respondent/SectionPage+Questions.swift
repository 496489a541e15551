import Assessment
import HTML
import QuestionnaireFiles
import Store

/// How each question of a section is drawn.
extension SectionPage {
    func number(_ question: Question) -> String {
        "\(index + 1).\((questions.firstIndex { $0.id == question.id } ?? 0) + 1)"
    }

    private func value(_ field: String) -> String { typed?[field] ?? stored[field]?.value ?? "" }

    /// A question looks the same to everybody who chose the same and gave no reason: it is drawn once.
    func panel(_ number: Int, isChecked: Bool, _ html: inout HTML) {
        let (question, values) = (shown[number], values(number))
        let (reason, note) = (values[values.endIndex - 2], values[values.endIndex - 1])
        guard !isChecked, reason.isEmpty, journey.faults(of: question).isEmpty else {
            return html.question(drawing(question, isChecked: isChecked))
        }
        let key = Drawings.Panel(
            place: place, question: question.id, number: questions.firstIndex { $0.id == question.id } ?? 0,
            choices: Array(values.dropLast(2)))
        let drawn = held.site.drawings.panels.value(key) {
            var panel = drawing(question, isChecked: false)
            panel.note?.area.value = ""
            panel.suggestion = nil
            return DrawnQuestion(panel)
        }
        html.question(drawn, suggestion: offer(question), note: note.isEmpty ? nil : self.note(question, error: nil))
    }

    private func offer(_ question: Question) -> QuestionPanel.Suggestion? {
        suggestion(question).map { suggestion in
            (
                [suggestion.sentence] + (suggestion.note.isEmpty ? [] : [words[.suggestionNote, ["note": suggestion.note]]]),
                Button(words[.suggestionTake], .submit(name: "then", value: "take:\(question.id)"), look: .second)
            )
        }
    }

    private func note(_ question: Question, error: String?) -> QuestionPanel.Note {
        let field = held.questionnaire.definition.field(.note, of: question.id).name
        return QuestionPanel.Note(
            summary: words[hasEvidence ? .sectionNoteEvidence : .sectionNote],
            area: TextArea(
                id: field, name: field, label: words[.sectionNoteLabel, ["number": number(question)]], value: value(field),
                hint: words[hasEvidence ? .sectionNoteEvidenceHint : .sectionNoteHint, ["limit": String(Questionnaire.textLimit)]],
                error: error))
    }

    /// Requirements that are documented and proven ask where the evidence is.
    private var hasEvidence: Bool { held.questionnaire.definition.aspects.count > 1 }

    private func drawing(_ question: Question, isChecked: Bool) -> QuestionPanel {
        let definition = held.questionnaire.definition
        let text = held.text.questions[question.id]
        // What could be left out at a lower level must be answered now: that is said before anybody asks.
        let faults = isChecked || journey.mustApplyNow(question) ? faults(question) : []
        let error = { (id: String) in faults.first { $0.field == id }?.text }
        return QuestionPanel(
            id: question.id, legend: text?.ask ?? question.id, number: number(question),
            badges: question.isKeyMeasure(at: journey.level) ? [Badge(.neutral, words[.keyMeasure])] : [], hint: text?.hint,
            error: error(question.id), isDone: journey.isAnswered(question),
            help: QuestionPanel.Help(
                summary: words[.sectionHelp],
                entries: inPlace(text)
                    + [
                        (.sectionEvidence, text?.evidence), (.sectionWhy, text?.why), (.sectionFirstStep, text?.firstStep),
                        (.sectionReferences, references(question)),
                    ].compactMap { (word: Word, text: String?) in text.map { Definition(words[word], $0) } }),
            scales: definition.aspects.indices.map { scale(question, aspect: $0, error: error) },
            suggestion: offer(question),
            note: note(question, error: error(definition.field(.note, of: question.id).name)))
    }

    /// Of each aspect, what the middle of its scale means here; of a single one, what "in place" looks like.
    private func inPlace(_ text: QuestionText?) -> [Definition] {
        let definition = held.questionnaire.definition
        guard definition.aspects.count > 1 else { return (text?.inPlace ?? []).map { Definition(words[.sectionInPlace], $0) } }
        let answers = AnswerWords(held.visit, held.questionnaire)
        return zip(definition.aspects.indices, text?.inPlace ?? []).map { aspect, text in
            let step = ["aspect": answers.aspect(aspect), "step": answers.step(definition.middle, aspect: aspect)] as KeyValuePairs
            return Definition(words[.sectionInPlaceAspect, step], text)
        }
    }

    /// "CyFun 2025 GV.SC-07.2 · NIS2 21.2.d": for those who know the frameworks.
    private func references(_ question: Question) -> String {
        // A framework's own id comes first; the other edition of the same framework helps nobody here.
        let own = held.questionnaire.definition.scheme == nil ? [] : held.site.catalogue.offered.compactMap(\.definition.scheme)
        let schemes = held.site.catalogue.classifications.referenceSchemes
        return
            ((own.isEmpty ? [] : [question.id])
            + question.references.filter { !own.contains($0.scheme) }.map { reference in
                let scheme = schemes.first { $0.id == reference.scheme }
                return "\(scheme?.names[held.language] ?? reference.scheme) \(reference.ids.joined(separator: ", "))"
            }).joined(separator: " · ")
    }

    private func scale(_ question: Question, aspect: Int, error: (String) -> String?) -> QuestionPanel.Scale {
        let definition = held.questionnaire.definition
        let field = definition.field(.aspect(aspect), of: question.id).name
        let reason = definition.field(.reason, of: question.id).name
        let steps = held.text.scale[definition.aspects[aspect]] ?? []
        var apart = [ChoiceItem(value: Choice.unknown.value, label: words[.sectionUnknown])]
        if aspect == 0, definition.mayBeNotApplicable(question, at: journey.level) {
            apart.append(
                ChoiceItem(
                    value: Choice.notApplicable.value, label: words[.sectionNotApplicable],
                    reveals: TextField(
                        id: reason, name: reason, label: words[.sectionReason, ["number": number(question)]], value: value(reason),
                        error: error(reason))))
        }
        return QuestionPanel.Scale(
            name: field, legend: definition.aspects.count > 1 ? held.text.name(ofAspect: definition.aspects[aspect]) : nil,
            // With several aspects the page explains the scale once, above the questions.
            choices: zip(definition.scale, steps).map { score, step in
                definition.aspects.count > 1
                    ? ChoiceItem(value: String(score), label: "\(score) – \(step.name)")
                    : ChoiceItem(value: String(score), label: step.name, description: step.meaning)
            },
            apart: apart, selected: value(field).isEmpty ? nil : value(field))
    }

    func faults(_ question: Question) -> [FieldFault] {
        journey.faults(of: question).map { fault in
            let name = ["number": number(question)] as KeyValuePairs
            switch fault {
            case .reasonMissing(_, let field): return FieldFault(words[.faultReasonMissing, name], field: field)
            case .reasonTooLong(_, let field, let limit, let length):
                return FieldFault(words[.faultReasonTooLong, over(question, limit, length)], field: field)
            case .noteTooLong(_, let field, let limit, let length):
                return FieldFault(words[.faultNoteTooLong, over(question, limit, length)], field: field)
            case .notApplicableRefused: return FieldFault(words[.faultNotApplicableRefused, name], field: question.id)
            case .outOfScale: return FieldFault(words[.faultOutOfScale, name], field: question.id)
            }
        }
    }

    private func over(_ question: Question, _ limit: Int, _ length: Int) -> KeyValuePairs<String, String> {
        ["number": number(question), "limit": String(limit), "over": String(length - limit)]
    }
}
