/// Reads one language's interface wording.
struct WordingReader {
    struct Text {
        let text: String
        let line: Int
        let placeholders: Set<String>
    }

    private(set) var file: FileReader
    /// By dotted key.
    private(set) var texts: [String: Text] = [:]
    /// Where each map begins, by dotted key.
    private var groups: [String: Int] = [:]

    init(file: FileReader) { self.file = file }

    mutating func read(_ root: Node, keys: [String]) {
        let known = Set(keys)
        read(root, key: "", known: known)
        for key in known.sorted() where texts[key] == nil {
            file.fault(parentLine(of: key), "\"\(key)\" is missing; add it")
        }
    }

    private mutating func read(_ node: Node, key: String, known: Set<String>) {
        switch node.content {
        case .map(let entries):
            groups[key] = node.line
            for entry in entries { read(entry.value, key: key.isEmpty ? entry.key : key + "." + entry.key, known: known) }
        case .text where known.contains(key):
            let text = file.wording(node, "\"\(key)\"", limit: 4000)
            if let first = texts[key] {
                file.fault(node.line, "duplicate key \"\(key)\", first on line \(first.line); remove one of them")
            } else {
                texts[key] = Text(text: text, line: node.line, placeholders: placeholders(text, key: key, line: node.line))
            }
        case .text where key.isEmpty:
            file.fault(1, "the file must hold keys; write them as \"key: value\"")
        case .text:
            file.fault(node.line, "unknown key \"\(TextEncodingCheck.excerpt(key))\"; remove it or correct it")
        case .list:
            file.fault(node.line, "\"\(TextEncodingCheck.excerpt(key))\" must be text, not a list; write it on one line")
        }
    }

    /// The line of the nearest map around a key.
    private func parentLine(of key: String) -> Int {
        var parent = key[...]
        while let dot = parent.lastIndex(of: ".") {
            parent = parent[..<dot]
            if let line = groups[String(parent)] { return line }
        }
        return 1
    }

    /// The names in `{braces}`. Braces have no other use.
    private mutating func placeholders(_ text: String, key: String, line: Int) -> Set<String> {
        var names: Set<String> = []
        var rest = text[...]
        while let brace = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            let after = rest[rest.index(after: brace)...]
            let name = after.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
            guard rest[brace] == "{", !name.isEmpty, after[name.endIndex...].first == "}" else {
                file.fault(line, "\"\(key)\" has a brace that belongs to no placeholder; write it like {name}")
                return names
            }
            names.insert(String(name))
            rest = after[name.endIndex...].dropFirst()
        }
        return names
    }

    mutating func comparePlaceholders(with english: [String: Text]) {
        for (key, text) in texts {
            guard let expected = english[key]?.placeholders, expected != text.placeholders else { continue }
            let missing = expected.subtracting(text.placeholders).sorted().map { "lacks {\($0)}" }
            let extra = text.placeholders.subtracting(expected).sorted().map { "has {\($0)}" }
            let difference = (missing + extra).joined(separator: " and ")
            file.fault(text.line, "\"\(key)\" \(difference), unlike en.yaml; use the same placeholders")
        }
    }
}
