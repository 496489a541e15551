/// One question of a questionnaire: a fieldset with one scale, or several side by side (CyFun's two aspects).
public struct QuestionPanel: Sendable {
    /// The id of the first radio, which an error links to. Further scales' first radios are `id-2`, `id-3`.
    public var id: String
    public var legend: String
    /// Shown before the legend: "2.1".
    public var number: String?
    /// "Key measure".
    public var badges: [Badge]
    public var hint: String?
    public var error: String?
    /// True when everything it asks has been answered.
    public var isDone: Bool
    public var help: Help?
    public var scales: [Scale]
    /// An answer that may be taken over, and the button that does so.
    public var suggestion: Suggestion?
    public var note: Note?
    /// Where the question's text is in another language than the page (UX-26).
    public var lang: String?

    public init(
        id: String, legend: String, number: String? = nil, badges: [Badge] = [], hint: String? = nil, error: String? = nil,
        isDone: Bool = false, help: Help? = nil, scales: [Scale], suggestion: Suggestion? = nil, note: Note? = nil,
        lang: String? = nil
    ) {
        self.id = id
        self.legend = legend
        self.number = number
        self.badges = badges
        self.hint = hint
        self.error = error
        self.isDone = isDone
        self.help = help
        self.scales = scales
        self.suggestion = suggestion
        self.note = note
        self.lang = lang
    }

    /// Radios of one name.
    public struct Scale: Sendable {
        public var name: String
        /// The aspect's name; nil when there is only one scale.
        public var legend: String?
        public var error: String?
        public var choices: [ChoiceItem]
        /// Choices off the scale, below a line: "I don't know", "Does not apply to us".
        public var apart: [ChoiceItem]
        /// The value of the checked choice. Nothing is checked before the user does so (UX-5).
        public var selected: String?
        public init(
            name: String, legend: String? = nil, error: String? = nil, choices: [ChoiceItem], apart: [ChoiceItem] = [],
            selected: String? = nil
        ) {
            self.name = name
            self.legend = legend
            self.error = error
            self.choices = choices
            self.apart = apart
            self.selected = selected
        }
    }

    public typealias Suggestion = (texts: [String], button: Button)

    /// Folded in under the legend: terms and what they mean here.
    public struct Help: Sendable {
        public var summary: String
        public var entries: [Definition]
        public init(summary: String, entries: [Definition]) {
            self.summary = summary
            self.entries = entries
        }
    }

    /// A textarea folded in under the choices; open once it holds something.
    public struct Note: Sendable {
        public var summary: String
        public var area: TextArea
        public init(summary: String, area: TextArea) {
            self.summary = summary
            self.area = area
        }
    }
}

/// One radio or checkbox.
public struct ChoiceItem: Sendable {
    public var value: String
    public var label: String
    public var description: String?
    /// Asked once this is chosen. Without style sheets it is simply there.
    public var reveals: TextField?
    /// A checkbox's own name, where a form may not post one name twice.
    public var ownName: String?
    public init(value: String, label: String, description: String? = nil, reveals: TextField? = nil, ownName: String? = nil) {
        self.value = value
        self.label = label
        self.description = description
        self.reveals = reveals
        self.ownName = ownName
    }
}

/// A term and its explanation.
public struct Definition: Sendable {
    public var term: String
    public var text: String
    public init(_ term: String, _ text: String) {
        self.term = term
        self.text = text
    }
}

/// A question as it looks to everybody who chose the same, wrote no note and is offered no suggestion: drawn once, shown often.
public struct DrawnQuestion: Sendable {
    fileprivate let markup: HTML
    /// Where a suggestion would begin, and where the note does.
    fileprivate let suggestion: Int
    fileprivate let note: Int

    public init(_ question: QuestionPanel) {
        var html = HTML(capacity: 4_096)
        html.top(of: question)
        suggestion = html.count
        html.scales(question)
        note = html.count
        html.bottom(note: question.note)
        markup = html
    }
}

extension HTML {
    public mutating func question(_ question: QuestionPanel) {
        top(of: question)
        if let suggestion = question.suggestion { self.suggestion(suggestion) }
        scales(question)
        bottom(note: question.note)
    }

    /// - Parameter note: Takes the place of the note that was drawn.
    public mutating func question(_ drawn: DrawnQuestion, suggestion: QuestionPanel.Suggestion? = nil, note: QuestionPanel.Note? = nil) {
        append(drawn.markup, 0..<drawn.suggestion)
        if let suggestion { self.suggestion(suggestion) }
        append(drawn.markup, drawn.suggestion..<(note == nil ? drawn.markup.count : drawn.note))
        if let note { bottom(note: note) }
    }

    private mutating func suggestion(_ suggestion: QuestionPanel.Suggestion) {
        element(.div, .class("inset suggestion")) { box in
            for text in suggestion.texts { box.paragraph(text) }
            box.button(suggestion.button)
        }
    }

    fileprivate mutating func top(of question: QuestionPanel) {
        let look: StaticString = question.isFaulty ? "question faulty" : question.isDone ? "question done" : "question"
        open(
            .fieldset,
            [
                .class(look), .lang(question.lang),
                .ariaDescribedBy(describedBy(question.id, hint: question.hint, error: question.error)),
            ])
        element(.legend) { legend in
            if let number = question.number {
                legend.element(.span, .class("number"), text: number)
                legend.text(" ")
            }
            legend.text(question.legend)
            for badge in question.badges {
                legend.text(" ")
                legend.badge(badge)
            }
        }
        hintAndError(question.id, hint: question.hint, error: question.error)
        if let help = question.help {
            details(help.summary) { $0.definitionList(help.entries) }
        }
    }

    fileprivate mutating func bottom(note: QuestionPanel.Note?) {
        if let note {
            details(note.summary, isOpen: !note.area.value.isEmpty || note.area.error != nil) { $0.textArea(note.area) }
        }
        close(.fieldset)
    }

    fileprivate mutating func scales(_ question: QuestionPanel) {
        if question.scales.count == 1, let scale = question.scales.first, scale.legend == nil {
            return self.scale(scale, id: question.id)
        }
        element(.div, .class("scales")) { row in
            for (index, scale) in question.scales.enumerated() {
                let id = index == 0 ? question.id : "\(question.id)-\(index + 1)"
                let error = scale.error.map { _ in id + "-scale-error" }
                row.element(.fieldset, .class(error == nil ? nil : "faulty"), .ariaDescribedBy(error)) { set in
                    set.element(.legend, text: scale.legend ?? "")
                    if let text = scale.error { set.element(.p, .class("fault"), .id(error), text: text) }
                    set.scale(scale, id: id)
                }
            }
        }
    }

    private mutating func scale(_ scale: QuestionPanel.Scale, id: String) {
        element(.div, .class("choices")) { box in
            let firstID = Optional(id)
            for (index, choice) in scale.choices.enumerated() {
                box.choice(choice, "radio", name: scale.name, id: index == 0 ? firstID : nil, isChecked: scale.selected == choice.value)
            }
            guard !scale.apart.isEmpty else { return }
            box.element(.div, .class("apart")) { apart in
                for (index, choice) in scale.apart.enumerated() {
                    let isFirst = scale.choices.isEmpty && index == 0
                    apart.choice(choice, "radio", name: scale.name, id: isFirst ? firstID : nil, isChecked: scale.selected == choice.value)
                }
            }
        }
    }

    mutating func choice(_ choice: ChoiceItem, _ type: StaticString, name: String, id: String?, isChecked: Bool) {
        // The bulk of a section page: written without attribute lists.
        raw("<label><input type=\"")
        raw(type)
        if let id {
            raw("\" id=\"")
            text(id)
        }
        raw("\" name=\"")
        text(name)
        raw("\" value=\"")
        text(choice.value)
        raw(isChecked ? "\" checked><span>" : "\"><span>")
        text(choice.label)
        if let description = choice.description { element(.small, text: description) }
        raw("</span></label>")
        if let field = choice.reveals {
            element(.div, .class("reveal")) { $0.textField(field) }
        }
    }
}

extension QuestionPanel {
    /// True when the question, one of its scales, a reason or the note has an error.
    var isFaulty: Bool {
        error != nil || note?.area.error != nil
            || scales.contains { scale in
                scale.error != nil || scale.choices.contains { $0.reveals?.error != nil }
                    || scale.apart.contains { $0.reveals?.error != nil }
            }
    }
}
