/// Reads regions.yaml: NUTS regions with their postcodes.
enum RegionReader {
    static func read(_ root: Node, _ file: inout FileReader) -> [Region]? {
        guard let top = file.section(root, Section.file, required: ["regions"]),
            let items = file.items(top["regions"], top.what("regions"))
        else { return nil }
        var lines: [String: Int] = [:]
        var postcodes = Postcodes()
        var regions: [Region] = []
        for (index, item) in items.enumerated() {
            let name = item.name("region", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names", "parts"]) else { continue }
            let id = file.uniqueID(section["id"], name, "region", in: &lines)
            let names = file.names(section["names"], of: name)
            let parts = parts(section, &lines, &postcodes, &file)
            regions.append(Region(id: id ?? "", names: names, parts: parts))
        }
        return regions
    }

    private static func parts(
        _ region: Section, _ lines: inout [String: Int], _ postcodes: inout Postcodes, _ file: inout FileReader
    ) -> [RegionPart] {
        var parts: [RegionPart] = []
        for (index, item) in (file.items(region["parts"], region.what("parts")) ?? []).enumerated() {
            let name = item.name("part", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names", "postcodes"]) else { continue }
            let id = file.uniqueID(section["id"], name, "region", in: &lines)
            let names = file.names(section["names"], of: name)
            let ranges = (file.items(section["postcodes"], section.what("postcodes")) ?? []).compactMap {
                postcodes.read($0, section.what("postcodes"), &file)
            }
            parts.append(RegionPart(id: id ?? "", names: names, postcodes: ranges))
        }
        return parts
    }

    /// The ranges of a file, none of which may overlap.
    private struct Postcodes {
        private var taken: [(range: ClosedRange<Int>, line: Int)] = []

        mutating func read(_ node: Node, _ what: String, _ file: inout FileReader) -> ClosedRange<Int>? {
            guard let text = file.scalar(node, what) else { return nil }
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { parseWholeNumber(String($0)) }
            guard ends.count <= 2, let first = ends.first, let lower = first, let last = ends.last, let upper = last,
                lower <= upper
            else {
                file.fault(node.line, "\(what) has \"\(TextEncodingCheck.excerpt(text))\", which is no range; write it like \"1000-1299\"")
                return nil
            }
            if let other = taken.first(where: { $0.range.overlaps(lower...upper) }) {
                file.fault(node.line, "\(what) has \(text), which overlaps the range on line \(other.line); correct one")
            }
            taken.append((lower...upper, node.line))
            return lower...upper
        }
    }
}
