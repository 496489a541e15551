import Assessment
import HTML
import HTTPTypes
import Hummingbird
import QuestionnaireFiles
import Store

/// Sector, size, region and level; name and enterprise number where the firm wants its result to carry them.
struct FactsPage {
    let held: HeldVisit
    /// What was searched for among the sectors.
    let find: String?
    /// A form that did not go through, to show again as typed.
    var typed: PostedForm?
    var stored: [String: StoredField]
    var isNotSaved = false

    init(held: HeldVisit, find: String?, typed: PostedForm? = nil) {
        self.held = held
        self.find = find
        self.typed = typed
        stored = held.assessment.fields
    }

    private var words: Words { held.words }
    private var classes: Classifications { held.site.catalogue.classifications }

    private func value(_ field: FirmField) -> String { typed?[field.rawValue] ?? stored[field.rawValue]?.value ?? "" }

    static let nameLimit = 200

    /// Came from "check your answers", and goes back there.
    var isFromCheck: Bool { held.visit.query["from"] == "check" }

    private var back: TextLink {
        if isFromCheck { return TextLink(words[.checkBack], Link(path: held.path("/check"))) }
        if held.assessment.hasLink || held.assessment.standing.isAdopted { return TextLink(words[.tasksBack], Link(path: held.path())) }
        return TextLink(words[.siteHome], Link(path: held.visit.path("")))
    }

    /// What keeps the firm from going on, in the order of the page.
    var faults: [FieldFault] {
        var faults: [FieldFault] = []
        if value(.sector).isEmpty { faults.append(FieldFault(words[.factsSectorMissing], field: "find")) }
        if value(.size).isEmpty { faults.append(FieldFault(words[.factsSizeMissing], field: "size")) }
        if value(.region).isEmpty { faults.append(FieldFault(words[.factsRegionMissing], field: "region")) }
        if value(.name).unicodeScalars.count > Self.nameLimit { faults.append(FieldFault(nameFault, field: "name")) }
        if let fault = numberFault { faults.append(FieldFault(fault, field: "number")) }
        return faults
    }

    private var nameFault: String { words[.factsNameTooLong, ["limit": String(Self.nameLimit)]] }

    private var numberFault: String? {
        guard value(.number).unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else { return nil }
        do {
            _ = try EnterpriseNumber(typed: value(.number))
            return nil
        } catch {
            switch error {
            case .notTenDigits: return words[.factsNumberLength]
            case .wrongFirstDigit: return words[.factsNumberFirst]
            case .wrongCheckDigits: return words[.factsNumberCheck]
            }
        }
    }

    func response(status: HTTPResponse.Status? = nil) -> Response {
        let faults = typed == nil ? [] : self.faults
        let error = { (field: String) in faults.first { $0.field == field }?.text }
        let setting = PageSetting(
            title: words[.factsTitle], hasFaults: !faults.isEmpty,
            back: back,
            languageForm: "facts")
        return held.visit.page(setting, status: status ?? (faults.isEmpty ? .ok : .unprocessableContent)) { html in
            if isNotSaved { html.notSaved(words) }
            html.carried(held)
            html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: faults))
            html.pageHeading(words[.factsTitle], caption: held.text.title)
            html.paragraph(words[.factsLead])
            html.savingForm(
                held, id: "facts", action: Link(path: held.path("/facts\(isFromCheck ? "?from=check" : "")")),
                names: FirmField.allCases.map(\.rawValue), stored: stored, form: typed?["form"]
            ) { html in
                level(&html)
                sector(&html, error: error("find"))
                html.sizeChoice(held.visit, name: FirmField.size.rawValue, error: error("size"), selected: value(.size))
                html.regionSelect(held.visit, name: FirmField.region.rawValue, error: error("region"), selected: value(.region))
                html.element(.h2, text: words[.factsOptionalTitle])
                html.paragraph(words[.factsOptional])
                html.textField(
                    TextField(
                        id: "name", name: FirmField.name.rawValue, label: words[.factsName], value: value(.name), error: error("name"),
                        autocomplete: "organization", isSpellChecked: false))
                html.textField(
                    TextField(
                        id: "number", name: FirmField.number.rawValue, label: words[.factsNumber], value: value(.number),
                        hint: words[.factsNumberHint], error: error("number"), width: .medium, autocomplete: "off", isSpellChecked: false))
                html.buttons([Button(words[.saveContinue], .submit(name: "then", value: "continue"))])
            }
        }
    }

    private func level(_ html: inout HTML) {
        let definition = held.questionnaire.definition
        html.choiceList(
            ChoiceList(
                id: "level", name: FirmField.level.rawValue, legend: words[.homeLevel],
                choices: definition.levels.map {
                    ChoiceItem(
                        value: $0.id, label: held.text.title(ofLevel: $0.id), description: held.text.levels[$0.id]?.summary)
                }, selected: [value(.level)]))
    }

    /// A search that works without JavaScript: its button saves the form and shows what was found.
    private func sector(_ html: inout HTML, error: String?) {
        html.element(.h2, text: words[.factsSectorTitle])
        html.textField(
            TextField(
                id: "find", name: "find", label: words[.factsFind], value: typed?["find"] ?? find ?? "", kind: .search,
                hint: words[.factsFindHint], error: error, width: .medium))
        html.buttons([Button(words[.factsFindButton], .submit(name: "then", value: "find"), look: .second)])
        let chosen = classes.division(value(.sector))
        let found = find.map { classes.findDivisions($0, language: held.language) } ?? []
        if let find, !find.isEmpty, found.isEmpty { html.notice(Notice(.information, text: words[.factsFoundNothing, ["find": find]])) }
        let others = found.filter { $0.division.id != chosen?.id }.prefix(15)
        if chosen != nil || !others.isEmpty {
            html.choiceList(
                ChoiceList(
                    id: "sector", name: FirmField.sector.rawValue, legend: words[.factsSector],
                    choices: ([chosen].compactMap { $0 } + others.map(\.division)).map(item), selected: [value(.sector)]))
        }
        if others.isEmpty { everySector(except: chosen?.id, &html) }
    }

    private func everySector(except chosen: String?, _ html: inout HTML) {
        html.details(words[.factsAllSectors]) { html in
            for section in classes.sectors {
                let divisions = section.divisions.filter { $0.id != chosen }
                guard !divisions.isEmpty else { continue }
                html.choiceList(
                    ChoiceList(
                        id: "sector-\(section.id)", name: FirmField.sector.rawValue,
                        legend: "\(section.id) \(section.names[held.language] ?? "")", choices: divisions.map(item)))
            }
        }
    }

    private func item(_ division: SectorDivision) -> ChoiceItem {
        ChoiceItem(value: division.id, label: "\(division.id) \(division.names[held.language] ?? "")")
    }
}
