import Assessment

/// Reads questionnaire.yaml.
struct StructureReader {
    var file: FileReader
    /// `nil` where they could not be read: then sectors and references are not compared with them.
    let classifications: Classifications?
    private(set) var outline = Outline()
    var scale = 1...1
    var addsPoints = false
    var levels: [Level] = []
    var questions = QuestionRegister()
    var domainLines: [String: Int] = [:]
    var topicLines: [String: Int] = [:]
    var explicitTopics: [String] = []
    var groups: [String] = []
    /// The line of `id`, for a questionnaire that exists twice.
    private(set) var identityLine = 1

    init(file: FileReader, classifications: Classifications?) {
        self.file = file
        self.classifications = classifications
    }

    /// Meaningful only where `file.faults` stays empty.
    mutating func read(_ root: Node) -> Questionnaire? {
        let required = ["id", "edition", "aspects", "scale", "levels", "domains"]
        guard
            let section = file.section(
                root, Section.file, required: required, optional: ["scheme", "order", "departures", "unknownCountsAs", "scoring"])
        else { return nil }
        let id = file.id(section["id"], section.what("id"))
        let edition = file.id(section["edition"], section.what("edition"))
        identityLine = section["id"]?.line ?? 1
        let scheme = file.id(section["scheme"], section.what("scheme"))
        let order = file.wholeNumber(section["order"], section.what("order"), in: 0...1_000)
        let aspects = readAspects(section["aspects"])
        readScale(section["scale"])
        let unknown =
            outline.steps == nil
            ? nil : file.wholeNumber(section["unknownCountsAs"], section.what("unknownCountsAs"), in: scale)
        let scoring = readScoring(section["scoring"])
        readLevels(section["levels"])
        if !levels.isEmpty { outline.levels = levels.map(\.id) }
        let domains = readDomains(section["domains"])
        if !questions.ids.isEmpty {
            outline.domains = domains.map(\.id)
            outline.topics = explicitTopics
            outline.groups = groups
            outline.questions = questions.ids
        }
        let departures = readDepartures(section["departures"], aspects)
        for fault in questions.faults { file.fault(fault.line, fault.message) }

        guard file.faults.isEmpty, let id, let edition else { return nil }
        let questionnaire = Questionnaire(
            id: id, edition: edition, aspects: aspects, scale: scale, scoring: scoring,
            unknownCountsAs: unknown ?? scale.lowerBound, levels: levels, domains: domains, departures: departures, order: order ?? 0,
            scheme: scheme)
        if let problem = questionnaire.exactness {
            file.fault(1, "\(problem); use smaller weights, points or scores")
        }
        return questionnaire
    }

    /// Names that the JSON format of answers gives another meaning.
    private static let reservedAspects = ["note", "unknown", "notApplicable"]

    private mutating func readAspects(_ node: Node?) -> [String] {
        guard let items = file.items(node, "\"aspects\"") else { return [] }
        var aspects: [String] = []
        for item in items {
            guard let id = file.id(item, "aspect") else { continue }
            if aspects.contains(id) { file.fault(item.line, "duplicate aspect \(id); remove one of them") }
            if Self.reservedAspects.contains(id) {
                file.fault(item.line, "aspect \(id) has a name with another meaning in answers; choose another")
            }
            aspects.append(id)
        }
        if !aspects.isEmpty { outline.aspects = aspects }
        return aspects
    }

    private mutating func readScale(_ node: Node?) {
        guard let node, let section = file.section(node, "the scale", required: ["lowest", "highest"]) else { return }
        let limits = -1_000_000...1_000_000
        guard let lowest = file.wholeNumber(section["lowest"], section.what("lowest"), in: limits),
            let highest = file.wholeNumber(section["highest"], section.what("highest"), in: limits)
        else { return }
        guard lowest < highest else {
            file.fault(node.line, "the scale's lowest \(lowest) is not below its highest \(highest); correct them")
            return
        }
        scale = lowest...highest
        outline.steps = highest - lowest + 1
    }

    private mutating func readScoring(_ node: Node?) -> Scoring {
        guard let node else { return .means }
        if case .text(let text) = node.content {
            if text != "means" {
                file.fault(
                    node.line,
                    "scoring \"\(TextEncodingCheck.excerpt(text))\" is unknown; write means, or {points: {ordinary: […], key: […]}}")
            }
            return .means
        }
        addsPoints = true
        guard let scoring = file.section(node, "the scoring", required: ["points"]), let points = scoring["points"],
            let section = file.section(points, "the points", required: ["ordinary", "key"])
        else { return .means }
        return .points(
            ordinary: readPoints(section["ordinary"], "\"ordinary\" of the points"),
            key: readPoints(section["key"], "\"key\" of the points"))
    }

    private mutating func readPoints(_ node: Node?, _ what: String) -> [Int] {
        guard let node, let items = file.items(node, what) else { return [] }
        if let steps = outline.steps, items.count != steps {
            file.fault(node.line, "\(what) has \(items.count) numbers for \(steps) scores; give one per score")
        }
        return items.map { file.wholeNumber($0, what, in: -1_000_000...1_000_000) ?? 0 }
    }
}
