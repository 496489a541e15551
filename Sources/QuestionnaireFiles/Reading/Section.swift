/// A map that is being read.
struct Section {
    /// "level starter"
    let name: String
    let line: Int
    private let values: [String: Node]

    init(name: String, line: Int, entries: [Node.Entry]) {
        self.name = name
        self.line = line
        values = Dictionary(entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    subscript(key: String) -> Node? { values[key] }

    /// `"why" of question GOV-3`; the file's own keys stand alone.
    func what(_ key: String) -> String { name == Section.file ? "\"\(key)\"" : "\"\(key)\" of \(name)" }

    static let file = "the file"
}
