/// A parsed piece of YAML. Scalars stay text: YAML 1.1 would read `1:30` as 90 and `no` as false.
struct Node: Equatable, Sendable {
    enum Content: Equatable {
        case text(String)
        case list([Node])
        case map([Entry])
    }

    struct Entry: Equatable {
        let key: String
        let value: Node
    }

    /// The line of its key, or its own in a list, or 1 for the file as a whole.
    let line: Int
    let content: Content
}

extension Node {
    /// "level starter" for a list's item with that id, "level number 2" for one without.
    func name(_ kind: String, number: Int) -> String {
        if case .map(let entries) = content, let id = entries.first(where: { $0.key == "id" })?.value,
            case .text(let text) = id.content, !text.isEmpty
        {
            return "\(kind) \(TextEncodingCheck.excerpt(text))"
        }
        return "\(kind) number \(number)"
    }

    /// A map's keys, in the file's order.
    var keys: [String] {
        if case .map(let entries) = content { entries.map(\.key) } else { [] }
    }
}
