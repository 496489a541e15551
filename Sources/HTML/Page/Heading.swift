extension HTML {
    /// The page's one `<h1>`, with a smaller line above that says where it belongs (UX-1).
    public mutating func pageHeading(_ text: String, caption: String? = nil) {
        element(.h1) { heading in
            if let caption {
                heading.element(.span, .class("caption"), text: caption)
                heading.text(" ")
            }
            heading.text(text)
        }
    }

    public mutating func heading(_ text: String, id: String? = nil) { element(.h2, .id(id), text: text) }

    public mutating func paragraph(_ text: String) { element(.p, text: text) }

    /// The first paragraph of a page, a size larger.
    public mutating func lead(_ text: String) { element(.p, .class("lead"), text: text) }

    /// A paragraph that must not be missed.
    public mutating func inset(_ text: String) { element(.div, .class("inset"), text: text) }

    public mutating func bullets(_ items: [String]) {
        element(.ul) { list in
            for item in items { list.element(.li, text: item) }
        }
    }

    /// Text to copy or write down: a private link, a reference number.
    public mutating func keepsake(_ text: String) {
        element(.p, .class("keep")) { $0.element(.code, text: text) }
    }

    /// A line that is on paper only: reference, date and address of a printed record (UX-33).
    public mutating func paperLine(_ text: String) { element(.p, .class("paper"), text: text) }

    /// Two columns on a wide screen, one below the other on a narrow one.
    public mutating func columns(_ first: Content, _ second: Content) {
        element(.div, .class("two")) { row in
            row.element(.div, content: first)
            row.element(.div, content: second)
        }
    }

    /// Text that only a screen reader says.
    mutating func unseen(_ text: String) { element(.span, .class("unseen"), text: text) }
}
