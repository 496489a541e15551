import HTML
import Hummingbird
import QuestionnaireFiles
import Workbook

/// Choosing the workbook, and what was wrong with it.
struct ImportPage {
    let visit: Visit
    var fault: String?
    var faults: [WorkbookFault] = []

    /// More than these help nobody.
    private static let shown = 100

    func response() -> Response {
        let words = visit.words
        let setting = PageSetting(title: words[.importTitle], place: "/workbook", isPrivate: false)
        return visit.formPage(words[.importTitle], faults: formFaults, setting: setting) { html in
            html.lead(words[.importLead])
            if question == nil { list(&html) }
            html.importForm(visit, faults: formFaults, question: question)
            html.paragraph(words[.importPrivacy])
        }
    }

    /// What is left to be said before the file can be taken over, where that is all.
    private var question: WorkbookFault? {
        switch faults.first {
        case .severalLevels, .untouched: faults[0]
        default: nil
        }
    }

    private var formFaults: FormFaults {
        if let fault { return FormFaults("workbook", fault) }
        guard let first = faults.first else { return .none }
        return question == nil ? FormFaults("workbook", visit.words[.importRefused]) : FormFaults("question", visit.sentence(first))
    }

    private func list(_ html: inout HTML) {
        guard !faults.isEmpty else { return }
        html.heading(visit.words[.importFaultsTitle])
        html.bullets(faults.prefix(Self.shown).map(visit.sentence))
        if faults.count > Self.shown { html.paragraph(visit.words[.importMore, ["count": String(faults.count - Self.shown)]]) }
    }
}

extension HTML {
    mutating func importForm(_ visit: Visit, faults: FormFaults = .none, question: WorkbookFault? = nil) {
        uploadForm(id: "import", action: Link(path: visit.path("/workbook"))) { html in
            html.proof(visit)
            html.hiddenField(name: "form", value: Base64URL.encode(visit.site.random(16)))
            if let question { html.ask(question, visit, error: faults["question"]) }
            html.workbookField(visit.words, error: faults["workbook"])
            html.buttons([Button(visit.words[.importButton])])
        }
    }

    /// The official workbook, to be chosen.
    mutating func workbookField(_ words: Words, error: String?) {
        workbookField(
            id: "workbook", name: "workbook", label: words[.importFile],
            hint: words[.importFileHint, ["limit": String(Limit.uploadBytes >> 20)]], error: error)
    }

    private mutating func ask(_ question: WorkbookFault, _ visit: Visit, error: String?) {
        let words = visit.words
        switch question {
        case .severalLevels(let questionnaire, let levels):
            choiceList(
                ChoiceList(
                    id: "question", name: "level", legend: words[.importLevel], error: error,
                    choices: levels.map { ChoiceItem(value: $0, label: visit.title(ofLevel: $0, of: questionnaire)) }))
        default:
            choiceList(
                ChoiceList(
                    id: "question", name: "filledIn", legend: words[.importFilledInTitle], error: error, kind: .several,
                    choices: [ChoiceItem(value: "yes", label: words[.importFilledIn])]))
        }
    }
}

extension Visit {
    func sentence(_ fault: WorkbookFault) -> String { fault.sentence(words) { title(ofLevel: $1, of: $0) } }

    fileprivate func title(ofLevel level: String, of questionnaire: String) -> String {
        site.catalogue.current(questionnaire)?.text(language).title(ofLevel: level) ?? level
    }
}

extension WorkbookFault {
    /// What is wrong, where, and what to do.
    func sentence(_ words: Words, _ title: (_ questionnaire: String, _ level: String) -> String) -> String {
        switch self {
        case .notAWorkbook: words[.workbookNone]
        case .encrypted: words[.workbookEncrypted]
        case .macros: words[.workbookMacros]
        case .tooLarge(let limit): words[.workbookTooLarge, ["limit": String(limit >> 20)]]
        case .tooMuch: words[.workbookTooMuch]
        case .severalLevels: words[.workbookSeveralLevels]
        case .damaged: words[.workbookDamaged]
        case .documentType(let part): words[.workbookDocumentType, ["part": part]]
        case .foreign: words[.workbookForeign]
        case .columnMissing(let sheet, let title): words[.workbookColumn, ["sheet": sheet, "title": title]]
        case .unknownRequirement(let sheet, let cell, let text):
            words[.workbookUnknown, ["place": "\(sheet)!\(cell)", "text": text]]
        case .requirementTwice(let sheet, let cell, let id): words[.workbookTwice, ["place": "\(sheet)!\(cell)", "id": id]]
        case .requirementMissing(let sheet, let id): words[.workbookMissing, ["sheet": sheet, "id": id]]
        case .oddScore(let sheet, let cell, let text):
            words[text.isEmpty ? .workbookNoScore : .workbookOddScore, ["place": "\(sheet)!\(cell)", "text": text]]
        case .notApplicableRefused(let sheet, let cell, let id):
            words[.workbookNotApplicable, ["place": "\(sheet)!\(cell)", "id": id]]
        case .commentTooLong(let sheet, let cell, let length, let limit):
            words[.workbookComment, ["place": "\(sheet)!\(cell)", "length": String(length), "limit": String(limit)]]
        case .untouched(let questionnaire, let level): words[.workbookUntouched, ["level": title(questionnaire, level)]]
        case .otherLevel(let questionnaire, let expected, let found):
            words[.workbookOtherLevel, ["expected": title(questionnaire, expected), "found": title(questionnaire, found)]]
        case .otherEdition: words[.workbookOtherEdition]
        case .noDay(let sheet): words[.workbookNoDay, ["sheet": sheet]]
        case .strayScore(let sheet, let cell, let text): words[.workbookStrayScore, ["place": "\(sheet)!\(cell)", "text": text]]
        case .unanswered(let id): words[.workbookUnanswered, ["id": id]]
        }
    }
}
