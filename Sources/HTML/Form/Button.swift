/// A button that submits its form, or a link that looks like one.
public struct Button: Sendable {
    public enum Look: Sendable { case primary, second, warning }
    public enum Action: Sendable {
        /// Submits; posts the name and value, if there is one.
        case submit(name: String? = nil, value: String? = nil, to: Link? = nil)
        case go(Link)
        case download(Link, filename: String)
    }
    public var label: String
    public var look: Look
    public var action: Action
    public init(_ label: String, _ action: Action = .submit(), look: Look = .primary) {
        self.label = label
        self.look = look
        self.action = action
    }
}

extension HTML {
    public mutating func buttons(_ buttons: [Button]) {
        element(.div, .class("actions")) { row in
            for button in buttons { row.button(button) }
        }
    }

    public mutating func button(_ button: Button) {
        let look: StaticString =
            switch button.look {
            case .primary: "button"
            case .second: "button second"
            case .warning: "button warning"
            }
        switch button.action {
        case .submit(let name, let value, let target):
            element(
                .button, .class(look), .type("submit"), .name(name), .value(value), .formaction(target), text: button.label)
        case .go(let link):
            element(.a, .class(look), .href(link), text: button.label)
        case .download(let link, let filename):
            element(.a, .class(look), .href(link), .download(filename), text: button.label)
        }
    }
}
