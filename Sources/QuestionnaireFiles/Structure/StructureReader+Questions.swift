import Assessment

extension StructureReader {
    mutating func readQuestions(_ node: Node, _ parent: Section) -> [Question] {
        guard let items = file.items(node, parent.what("questions")) else { return [] }
        return items.enumerated().compactMap { index, item in
            readQuestion(item, item.name("question", number: index + 1))
        }
    }

    private mutating func readQuestion(_ node: Node, _ name: String) -> Question? {
        guard
            let section = file.section(
                node, name, required: ["id", "level"],
                optional: ["keyMeasure", "mustApply", "weight", "effort", "when", "references", "equals"])
        else { return nil }
        let id = file.uniqueID(section["id"], name, "question", in: &questions.lines) ?? ""
        let condition = readCondition(section["when"], of: name)
        questions.add(id)
        let level = readLevel(section, "level")
        let references = readReferences(section["references"], "references of \(name)")
        return Question(
            id: id, level: level ?? 0,
            keyMeasureFrom: readLevel(section, "keyMeasure", notBelow: level),
            mustApplyFrom: readLevel(section, "mustApply", notBelow: level),
            weight: readWeight(section), effort: readEffort(section), condition: condition,
            references: references, equals: readEquals(section["equals"], name, among: references))
    }

    mutating func readLevel(_ section: Section, _ key: String, notBelow lowest: Int? = nil) -> Int? {
        guard let node = section[key], let id = file.scalar(node, section.what(key)), !levels.isEmpty else { return nil }
        guard let index = levels.firstIndex(where: { $0.id == id }) else {
            let known = levels.map(\.id).joined(separator: ", ")
            file.fault(node.line, "\(section.what(key)) is \"\(TextEncodingCheck.excerpt(id))\", which is no level; use one of \(known)")
            return nil
        }
        if let lowest, index < lowest {
            let asked = levels[lowest].id
            file.fault(node.line, "\(section.what(key)) is \(id), but only \(asked) asks the question; write \(asked) or a higher level")
        }
        return index
    }

    private mutating func readEffort(_ section: Section) -> Effort {
        guard let node = section["effort"], let text = file.scalar(node, section.what("effort")) else { return .medium }
        guard let effort = Effort(rawValue: text) else {
            let known = Effort.allCases.map(\.rawValue).joined(separator: ", ")
            file.fault(node.line, "\(section.what("effort")) is \"\(TextEncodingCheck.excerpt(text))\"; use one of \(known)")
            return .medium
        }
        return effort
    }

    /// Of the references, those that ask the very same.
    private mutating func readEquals(_ node: Node?, _ question: String, among references: [Reference]) -> [Reference] {
        let equals = readReferences(node, "equals of \(question)")
        for one in equals {
            for id in one.ids where references.first(where: { $0.scheme == one.scheme })?.ids.contains(id) != true {
                file.fault(
                    node?.line ?? 1,
                    "\"equals\" of \(question) has \(one.scheme) \(TextEncodingCheck.excerpt(id)), which its references lack; add it there")
            }
        }
        return equals
    }

    private mutating func readReferences(_ node: Node?, _ name: String) -> [Reference] {
        guard let node else { return [] }
        let schemes = classifications?.referenceSchemes
        guard
            let section = file.section(
                node, name, required: [], optional: schemes?.map(\.id) ?? node.keys)
        else { return [] }
        return node.keys.compactMap { scheme in
            guard let items = file.items(section[scheme], section.what(scheme)) else { return nil }
            let known = schemes?.first { $0.id == scheme }?.ids
            var ids: [String] = []
            for item in items {
                guard let id = file.scalar(item, section.what(scheme)) else { continue }
                if let known, !known.contains(id) {
                    file.fault(
                        item.line,
                        "\(section.what(scheme)) has \"\(TextEncodingCheck.excerpt(id))\", which is not in references.yaml; correct it")
                }
                if ids.contains(id) {
                    file.fault(item.line, "\(section.what(scheme)) has \(TextEncodingCheck.excerpt(id)) twice; remove one")
                }
                ids.append(id)
            }
            return Reference(scheme: scheme, ids: ids)
        }
    }
}
