import HTML
import QuestionnaireFiles

/// What a firm is classified by, asked in the same way wherever it is asked.
extension HTML {
    mutating func sizeChoice(_ visit: Visit, name: String, error: String?, selected: String) {
        choiceList(
            ChoiceList(
                id: "size", name: name, legend: visit.words[.factsSize], hint: visit.words[.factsSizeHint], error: error,
                choices: visit.site.catalogue.classifications.sizes.map {
                    ChoiceItem(value: $0.id, label: $0.names[visit.language] ?? $0.id)
                }, selected: [selected]))
    }

    mutating func regionSelect(_ visit: Visit, name: String, error: String?, selected: String) {
        let words = visit.words
        let regions = visit.site.catalogue.classifications.regions.flatMap { region in
            region.parts.map {
                SelectField.Option(
                    value: $0.id, label: $0.names[visit.language] ?? $0.id,
                    group: region.parts.count > 1 ? region.names[visit.language] : nil)
            }
        }
        select(
            SelectField(
                id: "region", name: name, label: words[.factsRegion], error: error,
                options: [SelectField.Option(value: "", label: words[.factsRegionChoose])] + regions
                    + [SelectField.Option(value: "other", label: words[.factsRegionOther])],
                selected: selected))
    }
}

extension Classifications {
    func hasSize(_ id: String) -> Bool { sizes.contains { $0.id == id } }

    /// A part of a region of ours, or somewhere else.
    func hasRegion(_ id: String) -> Bool { id == "other" || regions.contains { $0.parts.contains { $0.id == id } } }
}
