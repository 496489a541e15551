import Assessment

extension StructureReader {
    /// - Parameter owner: "question GOV-2" or "domain CHE", whose condition this is.
    mutating func readCondition(_ node: Node?, of owner: String) -> Condition? {
        guard let node else { return nil }
        let name = "the condition of \(owner)"
        let kinds = ["sector", "question", "all", "any", "not"]
        guard let section = file.section(node, name, required: [], optional: kinds + ["atLeast"]) else { return nil }
        let given = kinds.filter { section[$0] != nil }
        guard given.count == 1, let kind = given.first, let value = section[kind] else {
            file.fault(node.line, "\(name) must have exactly one of \(kinds.joined(separator: ", ")); correct it")
            return nil
        }
        if kind == "question" { return readAnswer(section, value, of: owner) }
        if let stray = section["atLeast"] {
            file.fault(stray.line, "\(section.what("atLeast")) belongs to \"question\"; remove it")
        }
        switch kind {
        case "sector": return .sector(readSectors(section, value))
        case "not": return readCondition(value, of: owner).map { .not($0) }
        case "all": return .all(readConditions(section, value, kind, of: owner))
        default: return .any(readConditions(section, value, kind, of: owner))
        }
    }

    private mutating func readConditions(_ section: Section, _ node: Node, _ key: String, of owner: String) -> [Condition] {
        (file.items(node, section.what(key)) ?? []).compactMap { readCondition($0, of: owner) }
    }

    private mutating func readSectors(_ section: Section, _ node: Node) -> [String] {
        var sectors: [String] = []
        for item in file.items(node, section.what("sector")) ?? [] {
            guard let id = file.scalar(item, section.what("sector")) else { continue }
            if let classifications, classifications.division(id) == nil {
                file.fault(
                    item.line,
                    "\(section.what("sector")) has \"\(TextEncodingCheck.excerpt(id))\", which is no division of sectors.yaml; correct it")
            }
            if sectors.contains(id) {
                file.fault(item.line, "\(section.what("sector")) has \(TextEncodingCheck.excerpt(id)) twice; remove one")
            }
            sectors.append(id)
        }
        return sectors
    }

    private mutating func readAnswer(_ section: Section, _ node: Node, of owner: String) -> Condition? {
        let atLeast =
            outline.steps == nil
            ? scale.lowerBound : file.wholeNumber(section["atLeast"], section.what("atLeast"), in: scale)
        if section["atLeast"] == nil { file.fault(section.line, "\(section.name) has no \"atLeast\"; add it") }
        guard let question = file.scalar(node, section.what("question")) else { return nil }
        questions.consult(question, line: node.line, owner: owner)
        return atLeast.map { .answer(question: question, atLeast: $0) }
    }
}
