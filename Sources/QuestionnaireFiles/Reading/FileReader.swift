/// Reads values out of one file's nodes and collects what is wrong with them.
/// Where a value is at fault a stand-in is returned, so that the rest is still checked; a file with faults is
/// never used.
struct FileReader: Sendable {
    let file: String
    private(set) var faults: [Fault]

    init(file: String, faults: [Fault] = []) {
        self.file = file
        self.faults = faults
    }

    mutating func fault(_ line: Int, _ message: String) {
        faults.append(Fault(file: file, line: line, message: message))
    }

    /// A map with exactly these keys.
    mutating func section(
        _ node: Node, _ name: String, required: [String], optional: [String] = []
    ) -> Section? {
        guard case .map(let entries) = node.content else {
            fault(node.line, "\(name) must hold keys (\(list(required + optional))); write them as \"key: value\"")
            return nil
        }
        for entry in entries where !required.contains(entry.key) && !optional.contains(entry.key) {
            let known = list(required + optional)
            fault(
                entry.value.line, "\(name) has an unknown key \"\(TextEncodingCheck.excerpt(entry.key))\"; remove it or use one of \(known)"
            )
        }
        let section = Section(name: name, line: node.line, entries: entries)
        for key in required where section[key] == nil {
            fault(node.line, "\(name) has no \"\(key)\"; add it")
        }
        return section
    }

    /// A map whose keys are ids: exactly `ids`, or any where `ids` could not be read.
    mutating func named(_ node: Node, _ kind: String, _ ids: [String]?) -> [(id: String, node: Node)] {
        guard case .map(let entries) = node.content else {
            fault(node.line, "the texts of each \(kind) must stand under its id; write them as \"id: …\"")
            return []
        }
        guard let ids else { return entries.map { ($0.key, $0.value) } }
        let known = Set(ids)
        for entry in entries where !known.contains(entry.key) {
            fault(
                entry.value.line,
                "\(kind) \(TextEncodingCheck.excerpt(entry.key)) is not in questionnaire.yaml; remove it or correct its id")
        }
        let present = Set(entries.map(\.key))
        for id in ids where !present.contains(id) {
            fault(node.line, "\(kind) \(TextEncodingCheck.excerpt(id)) has no text; add it")
        }
        return entries.filter { known.contains($0.key) }.map { ($0.key, $0.value) }
    }

    /// A list with at least one entry.
    mutating func items(_ node: Node?, _ what: @autoclosure () -> String) -> [Node]? {
        guard let node else { return nil }
        guard case .list(let items) = node.content else {
            fault(node.line, "\(what()) must be a list; start each entry with \"- \"")
            return nil
        }
        if items.isEmpty { fault(node.line, "\(what()) is empty; add an entry") }
        return items
    }

    private func list(_ keys: [String]) -> String { keys.joined(separator: ", ") }
}
