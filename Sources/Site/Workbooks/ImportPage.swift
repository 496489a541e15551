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
        let isFaulty = fault != nil || !faults.isEmpty
        let error = fault ?? (faults.isEmpty ? nil : words[.importRefused])
        let setting = PageSetting(title: words[.importTitle], hasFaults: isFaulty, place: "/workbook", isPrivate: false)
        return visit.page(setting, status: isFaulty ? .unprocessableContent : .ok) { html in
            html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: error.map { [FieldFault($0, field: "workbook")] } ?? []))
            html.pageHeading(words[.importTitle])
            html.lead(words[.importLead])
            list(&html)
            html.importForm(visit, error: error, asksWhetherFilledIn: isUntouched, levels: levels)
            html.paragraph(words[.importPrivacy])
        }
    }

    private var isUntouched: Bool { faults.contains { if case .untouched = $0 { true } else { false } } }

    /// The levels to choose from.
    private var levels: [String] {
        for case .severalLevels(let levels) in faults { return levels }
        return []
    }

    private func list(_ html: inout HTML) {
        guard !faults.isEmpty else { return }
        html.heading(visit.words[.importFaultsTitle])
        html.bullets(faults.prefix(Self.shown).map { $0.sentence(visit.words) })
        if faults.count > Self.shown { html.paragraph(visit.words[.importMore, ["count": String(faults.count - Self.shown)]]) }
    }
}

extension HTML {
    mutating func importForm(_ visit: Visit, error: String? = nil, asksWhetherFilledIn: Bool = false, levels: [String] = []) {
        let words = visit.words
        uploadForm(id: "import", action: Link(path: visit.path("/workbook"))) { html in
            html.proof(visit)
            html.hiddenField(name: "form", value: Base64URL.encode(visit.site.random(16)))
            html.workbookField(
                id: "workbook", name: "workbook", label: words[.importFile],
                hint: words[.importFileHint, ["limit": String(Limit.uploadBytes >> 20)]], error: error)
            if !levels.isEmpty {
                let names = visit.site.catalogue.current("cyfun-2023")?.text(visit.language).levels
                html.choiceList(
                    ChoiceList(
                        id: "level", name: "level", legend: words[.importLevel],
                        choices: levels.map { ChoiceItem(value: $0, label: names?[$0]?.title ?? $0) }))
            }
            if asksWhetherFilledIn {
                html.choiceList(
                    ChoiceList(
                        id: "filledIn", name: "filledIn", legend: words[.importFilledInTitle], kind: .several,
                        choices: [ChoiceItem(value: "yes", label: words[.importFilledIn])]))
            }
            html.buttons([Button(words[.importButton])])
        }
    }
}

extension WorkbookFault {
    /// What is wrong, where, and what to do.
    func sentence(_ words: Words) -> String {
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
        case .untouched(let level): words[.workbookUntouched, ["level": level]]
        case .otherLevel(let expected, let found): words[.workbookOtherLevel, ["expected": expected, "found": found]]
        case .unanswered(let id): words[.workbookUnanswered, ["id": id]]
        }
    }
}
