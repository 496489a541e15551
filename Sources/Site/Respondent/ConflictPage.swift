import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Two people, or two tabs, changed the same field: both versions side by side, to choose from (REL-15).
/// Everything else of the form has been saved.
struct ConflictPage {
    let held: HeldVisit
    let outcome: SaveOutcome
    let form: PostedForm

    func response() -> Response {
        let words = held.words
        let names = outcome.conflicts.map(\.name)
        let setting = PageSetting(title: words[.conflictTitle], languageForm: "conflict", isResent: true)
        return held.visit.page(setting, status: .conflict) { html in
            html.pageHeading(words[.conflictTitle])
            html.paragraph(words[.conflictLead])
            html.savingForm(
                held, id: "conflict",
                action: Link(path: held.visit.path("\(held.visit.place)\(held.visit.request.uri.query.map { "?\($0)" } ?? "")")),
                names: names, stored: outcome.fields
            ) { html in
                for (index, conflict) in outcome.conflicts.enumerated() {
                    html.hiddenField(name: Saving.minePrefix + conflict.name, value: conflict.mine)
                    html.choiceList(
                        ChoiceList(
                            id: "conflict-\(index + 1)", name: conflict.name, legend: label(conflict.name),
                            hint: words[.conflictHint, ["time": words.moment(conflict.changedAt)]],
                            choices: [
                                ChoiceItem(
                                    value: conflict.mine, label: display(conflict.name, conflict.mine), description: words[.conflictMine]),
                                ChoiceItem(
                                    value: conflict.theirs, label: display(conflict.name, conflict.theirs),
                                    description: words[.conflictTheirs]),
                            ]))
                }
                html.buttons([Button(words[.saveContinue], .submit(name: "then", value: form["then"] == "later" ? "later" : "continue"))])
            }
        }
    }

    private func label(_ name: String) -> String {
        let words = held.words
        if let fact = FirmField(rawValue: name) {
            switch fact {
            case .level: return words[.level]
            case .sector: return words[.factsSector]
            case .size: return words[.factsSize]
            case .region: return words[.factsRegion]
            case .name: return words[.factsName]
            case .number: return words[.factsNumber]
            }
        }
        guard let field = held.questionnaire.definition.field(named: name) else { return name }
        let question = held.text.questions[field.question]?.ask ?? field.question
        switch field.part {
        case .aspect: return question
        case .reason: return "\(question) (\(words[.conflictReason]))"
        case .note: return "\(question) (\(words[.conflictNote]))"
        }
    }

    private func display(_ name: String, _ value: String) -> String {
        if value.isEmpty { return held.words[.checkNone] }
        if let fact = FirmField(rawValue: name) { return display(fact, value) }
        guard let field = held.questionnaire.definition.field(named: name), case .aspect(let aspect) = field.part else { return value }
        return AnswerWords(held.visit, held.questionnaire).choice(value, aspect: aspect)
    }

    private func display(_ fact: FirmField, _ value: String) -> String {
        let facts = FirmFacts(
            held.visit, sector: fact == .sector ? value : "", size: fact == .size ? value : "", region: fact == .region ? value : "",
            name: "", number: "")
        switch fact {
        case .level: return held.text.title(ofLevel: value)
        case .sector: return facts.sector
        case .size: return facts.size
        case .region: return facts.region
        case .name, .number: return value
        }
    }
}
