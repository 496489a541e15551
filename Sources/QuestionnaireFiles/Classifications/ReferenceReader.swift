/// Reads references.yaml: the ids of other frameworks that a question may refer to.
enum ReferenceReader {
    static func read(_ root: Node, _ file: inout FileReader) -> [ReferenceScheme]? {
        guard let top = file.section(root, Section.file, required: ["schemes"]),
            let items = file.items(top["schemes"], top.what("schemes"))
        else { return nil }
        var lines: [String: Int] = [:]
        var schemes: [ReferenceScheme] = []
        for (index, item) in items.enumerated() {
            let name = item.name("scheme", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names", "ids"]) else { continue }
            let id = file.uniqueID(section["id"], name, "scheme", in: &lines)
            let names = file.names(section["names"], of: name)
            var idLines: [String: Int] = [:]
            for item in file.items(section["ids"], section.what("ids")) ?? [] {
                _ = file.uniqueID(item, name, "reference", in: &idLines)
            }
            schemes.append(ReferenceScheme(id: id ?? "", names: names, ids: Set(idLines.keys)))
        }
        return schemes
    }
}
