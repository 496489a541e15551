import Assessment

extension StructureReader {
    mutating func readDomains(_ node: Node?) -> [Domain] {
        guard let items = file.items(node, "\"domains\"") else { return [] }
        var domains: [Domain] = []
        for (index, item) in items.enumerated() {
            let name = item.name("domain", number: index + 1)
            guard
                let section = file.section(
                    item, name, required: ["id"], optional: ["weight", "group", "when", "topics", "questions"])
            else { continue }
            let id = file.uniqueID(section["id"], name, "domain", in: &domainLines) ?? ""
            let condition = readCondition(section["when"], of: name)
            let group = file.id(section["group"], section.what("group"))
            if let group, !groups.contains(group) { groups.append(group) }
            domains.append(
                Domain(
                    id: id, weight: readWeight(section), condition: condition, group: group, topics: readTopics(section, domain: id)))
        }
        return domains
    }

    private mutating func readTopics(_ domain: Section, domain id: String) -> [Topic] {
        switch (domain["topics"], domain["questions"]) {
        case (let topics?, nil):
            return readTopics(topics, domain)
        case (nil, let list?):
            if let first = topicLines[id] {
                file.fault(
                    domain.line, "topic id \(TextEncodingCheck.excerpt(id)) is on line \(first) already; choose another for this domain")
            }
            topicLines[id] = domain.line
            return [Topic(id: id, questions: readQuestions(list, domain))]
        case (nil, nil):
            file.fault(domain.line, "\(domain.name) has neither \"questions\" nor \"topics\"; add one of them")
        case (_?, _?):
            file.fault(domain.line, "\(domain.name) has both \"questions\" and \"topics\"; keep one of them")
        }
        return []
    }

    private mutating func readTopics(_ node: Node, _ domain: Section) -> [Topic] {
        guard let items = file.items(node, domain.what("topics")) else { return [] }
        var topics: [Topic] = []
        for (index, item) in items.enumerated() {
            let name = item.name("topic", number: index + 1)
            guard let section = file.section(item, name, required: ["id", "questions"], optional: ["weight"])
            else { continue }
            let id = file.uniqueID(section["id"], name, "topic", in: &topicLines) ?? ""
            explicitTopics.append(id)
            let questions = section["questions"].map { readQuestions($0, section) } ?? []
            topics.append(Topic(id: id, weight: readWeight(section), questions: questions))
        }
        return topics
    }

    mutating func readWeight(_ section: Section) -> Int {
        file.wholeNumber(section["weight"], section.what("weight"), in: 1...1_000_000) ?? 1
    }
}
