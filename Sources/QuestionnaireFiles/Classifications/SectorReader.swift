/// Reads sectors.yaml: NACE sections and divisions.
enum SectorReader {
    static func read(_ root: Node, _ file: inout FileReader) -> (version: String, sections: [SectorSection])? {
        guard let top = file.section(root, Section.file, required: ["version", "sections"]),
            let items = file.items(top["sections"], top.what("sections"))
        else { return nil }
        var sectionLines: [String: Int] = [:]
        var divisionLines: [String: Int] = [:]
        var sections: [SectorSection] = []
        for (index, item) in items.enumerated() {
            let name = item.name("section", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names", "divisions"]) else { continue }
            let id = file.uniqueID(section["id"], name, "section", in: &sectionLines)
            let names = file.names(section["names"], of: name)
            let divisions = divisions(section["divisions"], section.what("divisions"), &divisionLines, &file)
            sections.append(SectorSection(id: id ?? "", names: names, divisions: divisions))
        }
        return (file.wording(top["version"], top.what("version")), sections)
    }

    private static func divisions(
        _ node: Node?, _ what: String, _ lines: inout [String: Int], _ file: inout FileReader
    ) -> [SectorDivision] {
        var divisions: [SectorDivision] = []
        for (index, item) in (file.items(node, what) ?? []).enumerated() {
            let name = item.name("division", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names", "words"]) else { continue }
            let id = file.uniqueID(section["id"], name, "division", in: &lines)
            let names = file.names(section["names"], of: name)
            divisions.append(SectorDivision(id: id ?? "", names: names, words: words(section["words"], name, &file)))
        }
        return divisions
    }

    /// Terms separated by commas, per language.
    private static func words(_ node: Node?, _ division: String, _ file: inout FileReader) -> [Language: [String]] {
        guard let node, let section = file.translations(node, "words of \(division)") else { return [:] }
        var words: [Language: [String]] = [:]
        for language in Language.allCases {
            let text = file.wording(section[language.rawValue], section.what(language.rawValue))
            words[language] = text.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
                .filter { !$0.isEmpty }
        }
        return words
    }
}
