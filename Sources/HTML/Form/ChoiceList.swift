/// Radios or checkboxes outside a questionnaire: a sector, a size class, which version to keep.
public struct ChoiceList: Sendable {
    public enum Kind: Sendable { case one, several }
    public enum Layout: Sendable { case stacked, columns }

    /// The id of the first choice.
    public var id: String
    public var name: String
    public var legend: String
    public var legendIsHeading: Bool
    public var hint: String?
    public var error: String?
    public var kind: Kind
    public var layout: Layout
    public var choices: [ChoiceItem]
    public var apart: [ChoiceItem]
    public var selected: [String]

    public init(
        id: String, name: String, legend: String, legendIsHeading: Bool = false, hint: String? = nil, error: String? = nil,
        kind: Kind = .one, layout: Layout = .stacked, choices: [ChoiceItem], apart: [ChoiceItem] = [], selected: [String] = []
    ) {
        self.id = id
        self.name = name
        self.legend = legend
        self.legendIsHeading = legendIsHeading
        self.hint = hint
        self.error = error
        self.kind = kind
        self.layout = layout
        self.choices = choices
        self.apart = apart
        self.selected = selected
    }
}

extension HTML {
    public mutating func choiceList(_ list: ChoiceList) {
        let isFaulty = list.error != nil || (list.choices + list.apart).contains { $0.reveals?.error != nil }
        element(
            .fieldset, .class(isFaulty ? "field faulty" : "field"),
            .ariaDescribedBy(describedBy(list.id, hint: list.hint, error: list.error))
        ) { set in
            set.element(.legend) { legend in
                if list.legendIsHeading { legend.element(.h1, text: list.legend) } else { legend.text(list.legend) }
            }
            set.hintAndError(list.id, hint: list.hint, error: list.error)
            set.element(.div, .class(list.layout == .columns ? "choices wide" : "choices")) { box in
                box.choices(list.choices, of: list, firstID: list.id)
                guard !list.apart.isEmpty else { return }
                box.element(.div, .class("apart")) {
                    $0.choices(list.apart, of: list, firstID: list.choices.isEmpty ? list.id : nil)
                }
            }
        }
    }

    private mutating func choices(_ choices: [ChoiceItem], of list: ChoiceList, firstID: String?) {
        for (index, choice) in choices.enumerated() {
            self.choice(
                choice, list.kind == .one ? "radio" : "checkbox", name: choice.ownName ?? list.name, id: index == 0 ? firstID : nil,
                isChecked: list.selected.contains(choice.value))
        }
    }
}
