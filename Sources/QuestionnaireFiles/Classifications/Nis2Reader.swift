/// Reads nis2.yaml: the sectors of the directive's annexes.
enum Nis2Reader {
    static func read(_ root: Node, _ file: inout FileReader) -> (version: String, annexes: [Nis2Annex])? {
        guard let top = file.section(root, Section.file, required: ["version", "annexes"]),
            let items = file.items(top["annexes"], top.what("annexes"))
        else { return nil }
        var annexLines: [String: Int] = [:]
        var sectorLines: [String: Int] = [:]
        var annexes: [Nis2Annex] = []
        for (index, item) in items.enumerated() {
            let name = item.name("annex", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "sectors"]) else { continue }
            let id = file.uniqueID(section["id"], name, "annex", in: &annexLines)
            annexes.append(Nis2Annex(id: id ?? "", sectors: sectors(section, &sectorLines, &file)))
        }
        return (file.wording(top["version"], top.what("version")), annexes)
    }

    private static func sectors(
        _ annex: Section, _ lines: inout [String: Int], _ file: inout FileReader
    ) -> [Nis2Sector] {
        var sectors: [Nis2Sector] = []
        for (index, item) in (file.items(annex["sectors"], annex.what("sectors")) ?? []).enumerated() {
            let name = item.name("sector", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names"], optional: ["subsectors"])
            else { continue }
            let id = file.uniqueID(section["id"], name, "sector", in: &lines)
            let names = file.names(section["names"], of: name)
            sectors.append(Nis2Sector(id: id ?? "", names: names, subsectors: subsectors(section, &file)))
        }
        return sectors
    }

    private static func subsectors(_ sector: Section, _ file: inout FileReader) -> [Nis2Subsector] {
        var lines: [String: Int] = [:]
        var subsectors: [Nis2Subsector] = []
        for (index, item) in (file.items(sector["subsectors"], sector.what("subsectors")) ?? []).enumerated() {
            let name = item.name("subsector", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "names"]) else { continue }
            let id = file.uniqueID(section["id"], name, "subsector", in: &lines)
            subsectors.append(Nis2Subsector(id: id ?? "", names: file.names(section["names"], of: name)))
        }
        return subsectors
    }
}
