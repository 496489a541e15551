/// Reads sizes.yaml: size classes by headcount.
enum SizeReader {
    static func read(_ root: Node, _ file: inout FileReader) -> [SizeClass]? {
        guard let top = file.section(root, Section.file, required: ["sizes"]),
            let items = file.items(top["sizes"], top.what("sizes"))
        else { return nil }
        var lines: [String: Int] = [:]
        var sizes: [SizeClass] = []
        for (index, item) in items.enumerated() {
            let name = item.name("size", number: index + 1)
            let isLast = index == items.count - 1
            guard
                let section = file.section(
                    item, name, required: isLast ? ["id", "from", "names"] : ["id", "from", "to", "names"],
                    optional: ["to"])
            else { continue }
            let id = file.uniqueID(section["id"], name, "size", in: &lines)
            let from = file.wholeNumber(section["from"], section.what("from"), in: 0...999_999_999) ?? 0
            let to = file.wholeNumber(section["to"], section.what("to"), in: from...999_999_999)
            if let below = sizes.last?.to, below + 1 != from, let line = section["from"]?.line {
                file.fault(line, "\(section.what("from")) is \(from), but the class before ends at \(below); write \(below + 1)")
            }
            sizes.append(SizeClass(id: id ?? "", from: from, to: to, names: file.names(section["names"], of: name)))
        }
        return sizes
    }
}
