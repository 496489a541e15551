/// One line of text to type.
public struct TextField: Sendable {
    public enum Kind: Sendable { case text, email, password, telephone, url, search, date }
    public enum Width: Sendable { case full, medium, short }

    public var id: String
    public var name: String
    public var label: String
    public var value: String
    public var kind: Kind
    public var hint: String?
    public var error: String?
    public var width: Width
    /// A token of HTML's list, such as `organization` or `one-time-code` (WCAG 1.3.5).
    public var autocomplete: StaticString?
    public var inputmode: StaticString?
    /// False for names, numbers and codes.
    public var isSpellChecked: Bool
    /// True where the label is the page's heading.
    public var labelIsHeading: Bool

    public init(
        id: String, name: String, label: String, value: String = "", kind: Kind = .text, hint: String? = nil, error: String? = nil,
        width: Width = .full, autocomplete: StaticString? = nil, inputmode: StaticString? = nil, isSpellChecked: Bool = true,
        labelIsHeading: Bool = false
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.value = value
        self.kind = kind
        self.hint = hint
        self.error = error
        self.width = width
        self.autocomplete = autocomplete
        self.inputmode = inputmode
        self.isSpellChecked = isSpellChecked
        self.labelIsHeading = labelIsHeading
    }
}

/// Several lines of text to type. The limit is said in the hint, never enforced by cutting (UX-16).
public struct TextArea: Sendable {
    public var id: String
    public var name: String
    public var label: String
    public var value: String
    public var hint: String?
    public var error: String?
    public var rows: Int
    public init(id: String, name: String, label: String, value: String = "", hint: String? = nil, error: String? = nil, rows: Int = 4) {
        self.id = id
        self.name = name
        self.label = label
        self.value = value
        self.hint = hint
        self.error = error
        self.rows = rows
    }
}

/// A closed list to open. Radios are better up to a dozen choices: see ``ChoiceList``.
public struct SelectField: Sendable {
    public var id: String
    public var name: String
    public var label: String
    public var hint: String?
    public var error: String?
    public var options: [Option]
    public var selected: String?
    public struct Option: Sendable {
        public var value: String
        public var label: String
        /// Options that follow each other with the same group stand under its name.
        public var group: String?
        public init(value: String, label: String, group: String? = nil) {
            self.value = value
            self.label = label
            self.group = group
        }
    }
    public init(
        id: String, name: String, label: String, hint: String? = nil, error: String? = nil, options: [Option], selected: String? = nil
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.options = options
        self.selected = selected
    }
}

extension HTML {
    public mutating func textField(_ field: TextField) {
        self.field(id: field.id, label: field.label, isHeading: field.labelIsHeading, hint: field.hint, error: field.error) { box in
            box.void(
                .input, .id(field.id), .name(field.name), .type(field.kind.type), .class(field.width.look),
                .value(field.value.isEmpty ? nil : field.value), .autocomplete(field.autocomplete),
                .inputmode(field.inputmode), .spellcheck(field.isSpellChecked),
                .ariaDescribedBy(describedBy(field.id, hint: field.hint, error: field.error)), .ariaInvalid(field.error != nil))
        }
    }

    public mutating func textArea(_ area: TextArea) {
        field(id: area.id, label: area.label, isHeading: false, hint: area.hint, error: area.error) { box in
            box.element(
                .textarea, .id(area.id), .name(area.name), .rows(area.rows),
                .ariaDescribedBy(describedBy(area.id, hint: area.hint, error: area.error)), .ariaInvalid(area.error != nil),
                text: area.value)
        }
    }

    public mutating func select(_ field: SelectField) {
        self.field(id: field.id, label: field.label, isHeading: false, hint: field.hint, error: field.error) { box in
            box.element(
                .select, .id(field.id), .name(field.name),
                .ariaDescribedBy(describedBy(field.id, hint: field.hint, error: field.error)), .ariaInvalid(field.error != nil)
            ) { list in
                var rest = field.options[...]
                while let group = rest.first.map(\.group) {
                    let same = rest.prefix { $0.group == group }
                    rest = rest.dropFirst(same.count)
                    if let group {
                        list.element(.optgroup, .label(group)) { $0.options(same, selected: field.selected) }
                    } else {
                        list.options(same, selected: field.selected)
                    }
                }
            }
        }
    }

    private mutating func options(_ options: ArraySlice<SelectField.Option>, selected: String?) {
        for option in options {
            element(.option, .value(option.value), .selected(option.value == selected), text: option.label)
        }
    }

    /// A hidden field: a form's one-time id, its CSRF proof.
    public mutating func hiddenField(name: String, value: String) {
        void(.input, .type("hidden"), .name(name), .value(value))
    }

    /// Tells a password manager whose password the form asks for. Nobody sees it, and it is not sent.
    public mutating func userName(_ name: String) {
        void(.input, .type("text"), .autocomplete("username"), .value(name), .hidden(true))
    }

    /// A form that posts, without the browser's own checks (UX-7).
    public mutating func form(id: String? = nil, name: String? = nil, action: Link, content: Content) {
        element(.form, .id(id), .name(name), .method("post"), .action(action), .novalidate, content: content)
    }

    /// A form with a file.
    public mutating func uploadForm(id: String? = nil, action: Link, content: Content) {
        element(.form, .id(id), .method("post"), .action(action), .enctype("multipart/form-data"), .novalidate, content: content)
    }

    /// A file of .xlsx to choose.
    public mutating func workbookField(id: String, name: String, label: String, hint: String? = nil, error: String? = nil) {
        field(id: id, label: label, isHeading: false, hint: hint, error: error) { box in
            box.void(
                .input, .id(id), .name(name), .type("file"),
                .accept(".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                .ariaDescribedBy(describedBy(id, hint: hint, error: error)), .ariaInvalid(error != nil))
        }
    }

    /// A form that only asks: what is typed becomes part of the next page's address.
    public mutating func searchForm(action: Link, content: Content) {
        element(.form, .method("get"), .action(action), .role("search"), content: content)
    }

    private mutating func field(id: String, label: String, isHeading: Bool, hint: String?, error: String?, input: Content) {
        element(.div, .class(error == nil ? "field" : "field faulty")) { box in
            if isHeading {
                box.element(.h1) { $0.element(.label, .for(id), text: label) }
            } else {
                box.element(.label, .for(id), text: label)
            }
            box.hintAndError(id, hint: hint, error: error)
            input(&box)
        }
    }

    /// The paragraphs that ``describedBy(_:hint:error:)`` names.
    mutating func hintAndError(_ id: String, hint: String?, error: String?) {
        if let hint { element(.p, .class("hint"), .id(id + "-hint"), text: hint) }
        if let error { element(.p, .class("fault"), .id(id + "-error"), text: error) }
    }
}

func describedBy(_ id: String, hint: String?, error: String?) -> String? {
    switch (hint, error) {
    case (nil, nil): nil
    case (_, nil): id + "-hint"
    case (nil, _): id + "-error"
    default: id + "-hint " + id + "-error"
    }
}

extension TextField.Kind {
    fileprivate var type: StaticString {
        switch self {
        case .text: "text"
        case .email: "email"
        case .password: "password"
        case .telephone: "tel"
        case .url: "url"
        case .search: "search"
        case .date: "date"
        }
    }
}

extension TextField.Width {
    fileprivate var look: StaticString? {
        switch self {
        case .full: nil
        case .medium: "medium"
        case .short: "short"
        }
    }
}
