import QuestionnaireFiles

/// The interface's wording in one language.
struct Words: Sendable {
    let language: Language
    private let texts: [Word: String]

    init(language: Language, texts: [Word: String] = [:]) {
        self.language = language
        self.texts = texts
    }

    /// Every language's wording of `Web/Text`; a missing or unknown key is a fault.
    static func load(folder: String) throws -> [Language: Words] {
        let loaded = try Wording.load(folder: folder, keys: Word.allCases.map(\.rawValue))
        return loaded.reduce(into: [:]) { all, one in
            let texts = Word.allCases.map { ($0, one.value[$0.rawValue] ?? "") }
            all[one.key] = Words(language: one.key, texts: Dictionary(uniqueKeysWithValues: texts))
        }
    }

    subscript(word: Word) -> String { texts[word] ?? "" }

    /// Fills placeholders: `{count}` with the value for "count".
    subscript(word: Word, values: KeyValuePairs<String, String>) -> String {
        Self.fill(self[word]) { name in values.first { $0.key == name }?.value ?? "" }
    }

    static func fill(_ text: String, _ value: (String) -> String) -> String {
        var filled = ""
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")), let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) {
            let name = rest[rest.index(after: open)..<close]
            filled += Substring(rest[..<open])
            filled += value(String(Substring(name)))
            rest = rest[rest.index(after: close)...]
        }
        return filled + Substring(rest)
    }
}

extension Site {
    /// Reads the interface's wording and drops it: for `linchpin check`.
    /// - Throws: `LoadFailure` with every fault.
    public static func checkWording(webFolder: String) throws { _ = try Words.load(folder: "\(webFolder)/Text") }
}
