/// A state in one or two words. The look only underlines what the words say.
public struct Badge: Sendable, Equatable {
    public enum Look: Sendable { case good, bad, wait, neutral, plain }
    public var look: Look
    public var text: String
    public init(_ look: Look, _ text: String) {
        self.look = look
        self.text = text
    }
}

extension HTML {
    public mutating func badge(_ badge: Badge, id: String? = nil) {
        let look: StaticString =
            switch badge.look {
            case .good: "tag good"
            case .bad: "tag bad"
            case .wait: "tag wait"
            case .neutral: "tag neutral"
            case .plain: "tag plain"
            }
        element(.span, .class(look), .id(id), text: badge.text)
    }
}
