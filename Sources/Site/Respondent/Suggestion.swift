import Assessment
import QuestionnaireFiles
import Store

/// An answer that could be taken over for a question that has none yet: from another questionnaire, kept with the assessment, or from
/// a lower level's question of the same topic. It is shown, never silently taken.
struct Suggestion {
    /// Per aspect; `nil` where it says nothing.
    let scores: [Int?]
    /// What it says and where it comes from, in words for people.
    let sentence: String
    /// What was noted there; empty where nothing was.
    var note = ""

    /// The field that keeps one: "3 2 cyfun-2023 ID.AM-1.1,ID.AM-1.2", and behind that line the note.
    static func field(_ question: String) -> String { question + ".suggested" }

    static func text(_ carried: Carried, of source: Questionnaire, notes: [String: String]) -> String {
        let line =
            carried.scores.map { $0.map { String($0) } ?? "-" }.joined(separator: " ") + " \(source.id) "
            + carried.origins.joined(separator: ",")
        return ([line] + carried.origins.compactMap { notes[$0] }).joined(separator: "\n")
    }
}

extension SectionPage {
    /// `nil` where the question is answered, or nothing is known.
    func suggestion(_ question: Question) -> Suggestion? {
        guard !journey.isAnswered(question) else { return nil }
        return kept(question) ?? lower(question)
    }

    private func kept(_ question: Question) -> Suggestion? {
        let definition = held.questionnaire.definition
        let lines = (stored[Suggestion.field(question.id)]?.value ?? "").split(separator: "\n", maxSplits: 1)
        let parts = (lines.first ?? "").split(separator: " ")
        guard parts.count == definition.aspects.count + 2 else { return nil }
        let source = held.site.catalogue.current(String(parts[definition.aspects.count]))
        let ids = parts[definition.aspects.count + 1].split(separator: ",").map(String.init)
        // Two say enough where there are many.
        let names =
            ids.prefix(2).map { source?.text(held.language).questions[$0]?.title ?? $0 }.joined(separator: "; ")
            + (ids.count > 2 ? " …" : "")
        let values = ["questionnaire": source?.text(held.language).title ?? "", "questions": names] as KeyValuePairs
        let scores = parts.prefix(definition.aspects.count).map { Int($0) }
        return Suggestion(
            scores: scores, sentence: sentence(scores, origin: held.words[.suggestionOther, values]),
            note: lines.count > 1 ? String(lines[1]) : "")
    }

    /// The nearest question before it in the topic that a lower level asks.
    private func lower(_ question: Question) -> Suggestion? {
        guard let topic = section.topics.first(where: { $0.questions.contains { $0.id == question.id } }) else { return nil }
        let before = topic.questions.prefix { $0.id != question.id }.last { $0.level < question.level && journey.isAnswered($0) }
        guard let before, case .marks(let marks) = journey.reading.answers[before.id] else { return nil }
        let scores = marks.map { $0?.score }
        guard scores.contains(where: { $0 != nil }) else { return nil }
        let key = Drawings.Suggested(
            edition: ObjectIdentifier(held.questionnaire), language: held.language, question: before.id, scores: scores)
        let text = held.site.drawings.suggested.value(key) {
            let title = held.text.title(ofQuestion: before.id)
            return sentence(scores, origin: held.words[.suggestionSame, ["question": title]])
        }
        return Suggestion(scores: scores, sentence: text)
    }

    /// In words: "Documentation: 3 – Defined; Implementation: 2 – Repeatable".
    private func sentence(_ scores: [Int?], origin: String) -> String {
        let answers = AnswerWords(held.visit, held.questionnaire)
        let parts = scores.enumerated().compactMap { aspect, score in
            score.map { score in
                let step = answers.step(score, aspect: aspect)
                return scores.count > 1 ? held.words[.labelled, ["label": answers.aspect(aspect), "value": step]] : step
            }
        }
        return held.words[.suggestionText, ["answer": parts.joined(separator: "; "), "origin": origin]]
    }
}

extension PostedForm {
    /// The form as if a suggestion's scores had been chosen, and its note typed, where nothing was.
    func taking(_ suggestion: Suggestion, for question: Question, of definition: Questionnaire) throws(FormFault) -> PostedForm {
        var fields = fields
        for (aspect, score) in suggestion.scores.enumerated() {
            let name = definition.field(.aspect(aspect), of: question.id).name
            guard let score, self[name] ?? "" == "" else { continue }
            fields.removeAll { $0.name == name }
            fields.append((name, String(score)))
        }
        let note = definition.field(.note, of: question.id).name
        if !suggestion.note.isEmpty, self[note] ?? "" == "" {
            fields.removeAll { $0.name == note }
            fields.append((note, suggestion.note))
        }
        return try PostedForm(fields: fields)
    }
}
