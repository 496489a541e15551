import HTML
import QuestionnaireFiles
import Store

/// What an organisation says of itself, to type or to change.
struct OrganisationForm {
    let visit: Visit
    /// What the form shows before anything is typed.
    let stored: OrganisationFacts
    private var typed: PostedForm?
    private(set) var faults = FormFaults.none

    static let fields: Set<String> = ["name", "number", "sector", "size", "region"]

    init(_ visit: Visit, stored: OrganisationFacts = OrganisationFacts(name: "")) {
        self.visit = visit
        self.stored = stored
    }

    private var words: Words { visit.words }
    private var classes: Classifications { visit.site.catalogue.classifications }

    /// Takes what was typed; `nil` where something is wrong with it. Throws for a choice that is none of ours.
    mutating func read(_ form: PostedForm) throws(FormFault) -> OrganisationFacts? {
        typed = form
        var facts = OrganisationFacts(
            name: "", sector: form["sector"] ?? "", sizeClass: form["size"] ?? "", region: form["region"] ?? "")
        do { facts.name = try DisplayName(form["name"] ?? "").text } catch {
            faults.add("name", error.sentence(words, missing: .organisationNameMissing))
        }
        let number = form["number"] ?? ""
        if number.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) {
            do { facts.number = try OrganisationNumber(number).stored } catch { faults.add("number", error.sentence(words)) }
        }
        let choices: [(field: String, value: String, isKnown: Bool, missing: Word)] = [
            ("sector", facts.sector, classes.division(facts.sector) != nil, .organisationSectorMissing),
            ("size", facts.sizeClass, classes.hasSize(facts.sizeClass), .factsSizeMissing),
            ("region", facts.region, classes.hasRegion(facts.region), .factsRegionMissing),
        ]
        for choice in choices where !choice.isKnown {
            guard choice.value.isEmpty else { throw .unknown(choice.field) }
            faults.add(choice.field, words[choice.missing])
        }
        return faults.isEmpty ? facts : nil
    }

    func write(into html: inout HTML) {
        html.textField(
            TextField(
                id: "name", name: "name", label: words[.organisationName], value: typed?["name"] ?? stored.name, error: faults["name"],
                autocomplete: "organization", isSpellChecked: false))
        html.textField(
            TextField(
                id: "number", name: "number", label: words[.organisationNumber],
                value: typed?["number"] ?? (try? OrganisationNumber(stored.number))?.shown ?? stored.number,
                hint: words[.organisationNumberHint], error: faults["number"], width: .medium, autocomplete: "off", isSpellChecked: false))
        let sectors = classes.sectors.flatMap { section in
            section.divisions.map {
                SelectField.Option(
                    value: $0.id, label: "\($0.id) \($0.names[visit.language] ?? "")",
                    group: "\(section.id) \(section.names[visit.language] ?? "")")
            }
        }
        html.select(
            SelectField(
                id: "sector", name: "sector", label: words[.factsSectorTitle], error: faults["sector"],
                options: [SelectField.Option(value: "", label: words[.organisationSectorChoose])] + sectors,
                selected: typed?["sector"] ?? stored.sector))
        html.sizeChoice(visit, name: "size", error: faults["size"], selected: typed?["size"] ?? stored.sizeClass)
        html.regionSelect(visit, name: "region", error: faults["region"], selected: typed?["region"] ?? stored.region)
    }
}

extension NumberFault {
    func sentence(_ words: Words) -> String {
        switch self {
        case .unknownCountry: words[.numberCountry]
        case .empty: words[.numberLength, ["lengths": VATCountry.be.lengths]]
        case .length(let lengths): words[.numberLength, ["lengths": lengths]]
        case .firstDigit: words[.factsNumberFirst]
        case .shape: words[.numberShape]
        case .checkDigits: words[.factsNumberCheck]
        }
    }
}
