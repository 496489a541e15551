import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles

/// The start: what this is, how long it takes, who sees what, and a button to begin.
struct HomePage {
    let visit: Visit
    /// The questionnaire whose level was not chosen.
    var missingLevel: String?

    func response() -> Response {
        let words = visit.words
        let faults = missingLevel.map { [FieldFault(words[.homeLevelMissing], field: "level-\($0)")] } ?? []
        let setting = PageSetting(title: words[.homeTitle], hasFaults: !faults.isEmpty, place: "", isPrivate: false)
        return visit.page(setting, status: faults.isEmpty ? .ok : .unprocessableContent) { html in
            html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: faults))
            html.pageHeading(words[.homeTitle])
            html.lead(words[.homeLead])
            html.bullets([words[.homeOnce], words[.homeScores], words[.homeShow]])
            for questionnaire in visit.site.catalogue.offered {
                let id = questionnaire.definition.id
                html.startForm(visit, questionnaire, place: "/start/\(id)", isLevelMissing: missingLevel == id)
            }
            html.heading(words[.importHomeTitle])
            html.paragraph(words[.importLead])
            html.importForm(visit)
            html.heading(words[.homeWhoTitle])
            html.paragraph(words[.homeWho])
            html.heading(words[.homeBackTitle])
            html.element(.p) { line in
                line.text(words[.homeBack] + " ")
                line.element(.a, .href(Link(path: visit.path("/open"))), text: words[.siteOpen])
            }
            html.element(.p) { line in
                line.text(words[.homeAccount] + " ")
                line.element(.a, .href(Link(path: visit.path("/account"))), text: words[.siteAccount])
            }
        }
    }
}

extension HTML {
    /// A questionnaire with its levels, and the button that begins an assessment.
    mutating func startForm(_ visit: Visit, _ questionnaire: LoadedQuestionnaire, place: String, isLevelMissing: Bool) {
        let words = visit.words
        let text = questionnaire.text(visit.language)
        let definition = questionnaire.definition
        heading(text.title)
        paragraph(text.summary)
        form(action: Link(path: visit.path(place))) { html in
            html.proof(visit)
            html.hiddenField(name: "form", value: Base64URL.encode(visit.site.random(16)))
            if definition.levels.count == 1 {
                html.paragraph(ChoiceItem(visit, definition, level: 0, text).label)
                html.hiddenField(name: "level", value: definition.levels[0].id)
            } else {
                html.choiceList(
                    ChoiceList(
                        id: "level-\(definition.id)", name: "level", legend: words[.homeLevel],
                        error: isLevelMissing ? words[.homeLevelMissing] : nil,
                        choices: definition.levels.indices.map { ChoiceItem(visit, definition, level: $0, text) }))
            }
            html.buttons([Button(words[.homeStart])])
        }
    }
}

extension ChoiceItem {
    /// A level with the number of its questions and the time they take.
    fileprivate init(_ visit: Visit, _ definition: Questionnaire, level index: Int, _ text: QuestionnaireText) {
        let level = definition.levels[index]
        let count = definition.asked(level: index, profile: Profile(), answers: [:]).reduce(0) { $0 + $1.questions.count }
        let size =
            level.minutes < 120
            ? visit.words[.homeLevelSize, ["count": String(count), "minutes": String(level.minutes)]]
            : visit.words[.homeLevelSizeHours, ["count": String(count), "hours": String((level.minutes + 30) / 60)]]
        self.init(
            value: level.id, label: visit.words[.labelled, ["label": text.title(ofLevel: level.id), "value": size]],
            description: text.levels[level.id]?.summary)
    }
}
