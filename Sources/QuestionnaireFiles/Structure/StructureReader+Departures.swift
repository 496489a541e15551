import Assessment

extension StructureReader {
    /// Where the owner's workbook departs from the published method: `{level: essential, merges: [A, B]}`, `{…, splits: A}`,
    /// `{…, leavesOut: A, aspect: implementation}`.
    mutating func readDepartures(_ node: Node?, _ aspects: [String]) -> [MethodDeparture] {
        guard let node, let items = file.items(node, "\"departures\"") else { return [] }
        return items.enumerated().compactMap { index, item in
            let name = "departure \(index + 1)"
            guard let section = file.section(item, name, required: ["level"], optional: ["merges", "splits", "leavesOut", "aspect"]),
                let level = readLevel(section, "level")
            else { return nil }
            switch (section["merges"], section["splits"], section["leavesOut"]) {
            case (let merged?, nil, nil):
                let topics = file.items(merged, section.what("merges"))?.compactMap { topic($0, section.what("merges")) } ?? []
                return MethodDeparture(level: level, kind: .merges(topics))
            case (nil, let split?, nil):
                return topic(split, section.what("splits")).map { MethodDeparture(level: level, kind: .splits($0)) }
            case (nil, nil, let left?):
                let id = file.scalar(section["aspect"], section.what("aspect"))
                guard let aspect = aspects.firstIndex(where: { $0 == id }) else {
                    file.fault(section.line, "\(name) leaves a topic out of which aspect? write one of \(aspects.joined(separator: ", "))")
                    return nil
                }
                return topic(left, section.what("leavesOut")).map { MethodDeparture(level: level, kind: .leavesOut($0, aspect: aspect)) }
            default:
                file.fault(section.line, "\(name) must have one of \"merges\", \"splits\" and \"leavesOut\"")
                return nil
            }
        }
    }

    private mutating func topic(_ node: Node, _ what: String) -> String? {
        guard let id = file.scalar(node, what) else { return nil }
        guard topicLines[id] != nil else {
            file.fault(node.line, "\(what) has \"\(TextEncodingCheck.excerpt(id))\", which is no topic; correct it")
            return nil
        }
        return id
    }
}
