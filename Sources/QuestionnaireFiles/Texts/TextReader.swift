/// Reads one language's wording and compares it with the structure.
/// Lengths are counted in Unicode scalars; the limits keep tables, charts and the two-page report whole.
struct TextReader: Sendable {
    private(set) var file: FileReader
    private let outline: Outline
    /// Where each question stands and what it may have, to report what only other languages have.
    private(set) var optionalKeys: [String: (line: Int, keys: Set<String>)] = [:]

    init(file: FileReader, outline: Outline) {
        self.file = file
        self.outline = outline
    }

    /// Meaningful only where `file.faults` stays empty.
    mutating func read(_ root: Node) -> QuestionnaireText? {
        var required = ["title", "summary", "levels", "aspects", "scale", "domains", "questions"]
        if let topics = outline.topics, !topics.isEmpty { required.append("topics") }
        if let groups = outline.groups, !groups.isEmpty { required.append("groups") }
        let optional = ["disclaimer"] + (outline.topics == nil ? ["topics"] : []) + (outline.groups == nil ? ["groups"] : [])
        guard let section = file.section(root, Section.file, required: required, optional: optional) else { return nil }
        return QuestionnaireText(
            title: file.wording(section["title"], section.what("title")),
            summary: file.wording(section["summary"], section.what("summary")),
            disclaimer: section["disclaimer"].map { file.wording($0, section.what("disclaimer")) },
            levels: levels(section["levels"]),
            aspects: names(section["aspects"], "aspect", outline.aspects),
            scale: scale(section["scale"]),
            groups: names(section["groups"], "group", outline.groups),
            domains: domains(section["domains"]),
            topics: topics(section["topics"]),
            questions: questions(section["questions"]))
    }

    private mutating func levels(_ node: Node?) -> [String: LevelText] {
        var texts: [String: LevelText] = [:]
        for (id, section) in sections(node, "level", outline.levels, required: ["title", "summary"]) {
            texts[id] = LevelText(title: wording(section, "title"), summary: wording(section, "summary"))
        }
        return texts
    }

    private mutating func names(_ node: Node?, _ kind: String, _ ids: [String]?) -> [String: String] {
        guard let node else { return [:] }
        var names: [String: String] = [:]
        for (id, node) in file.named(node, kind, ids) { names[id] = file.wording(node, "the name of \(kind) \(id)") }
        return names
    }

    private mutating func scale(_ node: Node?) -> [String: [StepText]] {
        guard let node else { return [:] }
        var scale: [String: [StepText]] = [:]
        for (id, node) in file.named(node, "aspect", outline.aspects) {
            guard let items = file.items(node, "the scale of aspect \(id)") else { continue }
            if let steps = outline.steps, items.count != steps {
                file.fault(node.line, "the scale of aspect \(id) has \(items.count) steps for \(steps) scores; write one per score")
            }
            scale[id] = items.enumerated().compactMap { index, item in
                guard
                    let section = file.section(
                        item, "step \(index + 1) of aspect \(id)", required: ["name", "meaning"], optional: ["example"])
                else { return nil }
                return StepText(
                    name: wording(section, "name"), meaning: wording(section, "meaning"),
                    example: section["example"] == nil ? nil : wording(section, "example", limit: 300))
            }
        }
        return scale
    }

    private mutating func domains(_ node: Node?) -> [String: DomainText] {
        var texts: [String: DomainText] = [:]
        for (id, section) in sections(node, "domain", outline.domains, required: ["title", "short", "summary"]) {
            texts[id] = DomainText(
                title: wording(section, "title"), short: wording(section, "short", limit: 16),
                summary: wording(section, "summary"))
        }
        return texts
    }

    private mutating func topics(_ node: Node?) -> [String: TopicText] {
        var texts: [String: TopicText] = [:]
        for (id, section) in sections(node, "topic", outline.topics, required: ["title"]) {
            texts[id] = TopicText(title: wording(section, "title"))
        }
        return texts
    }

    private mutating func questions(_ node: Node?) -> [String: QuestionText] {
        let required = ["title", "ask", "step", "firstStep"]
        var texts: [String: QuestionText] = [:]
        for (id, section) in sections(node, "question", outline.questions, required: required, optional: Self.optional) {
            optionalKeys[id] = (section.line, Set(Self.optional.filter { section[$0] != nil }))
            let title = wording(section, "title", limit: 45)
            if title.unicodeScalars.contains("?"), let line = section["title"]?.line {
                file.fault(line, "\(section.what("title")) has a question mark; write a name, not a question")
            }
            texts[id] = QuestionText(
                title: title, ask: wording(section, "ask", limit: 190), hint: optional(section, "hint", limit: 160),
                why: optional(section, "why", limit: 260), inPlace: inPlace(section, id),
                evidence: optional(section, "evidence", limit: 150), step: wording(section, "step", limit: 70),
                firstStep: wording(section, "firstStep", limit: 300))
        }
        return texts
    }

    static let optional = ["hint", "why", "inPlace", "evidence"]

    /// One text, or with several aspects one for each.
    private mutating func inPlace(_ section: Section, _ id: String) -> [String] {
        guard let node = section["inPlace"] else { return [] }
        guard let aspects = outline.aspects, aspects.count > 1 else { return [wording(section, "inPlace", limit: 300)] }
        guard let texts = file.section(node, "\"inPlace\" of question \(id)", required: aspects) else { return [] }
        return aspects.map { wording(texts, $0, limit: 300) }
    }

    private mutating func optional(_ section: Section, _ key: String, limit: Int) -> String? {
        section[key] == nil ? nil : wording(section, key, limit: limit)
    }

    private mutating func sections(
        _ node: Node?, _ kind: String, _ ids: [String]?, required: [String], optional: [String] = []
    ) -> [(id: String, section: Section)] {
        guard let node else { return [] }
        return file.named(node, kind, ids).compactMap { id, node in
            file.section(node, "\(kind) \(TextEncodingCheck.excerpt(id))", required: required, optional: optional).map { (id, $0) }
        }
    }

    private mutating func wording(_ section: Section, _ key: String, limit: Int = 1000) -> String {
        file.wording(section[key], section.what(key), limit: limit)
    }
}
