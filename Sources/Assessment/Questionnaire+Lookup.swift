/// Indices of a question, its topic and its domain.
struct Place: Sendable, Equatable {
    let domain: Int
    let topic: Int
    let question: Int
}

extension Questionnaire {
    /// Index into `levels`.
    public func levelIndex(of id: String) -> Int? { levels.firstIndex { $0.id == id } }

    /// Every question of every level, in order.
    public var questions: [Question] { domains.flatMap(\.topics).flatMap(\.questions) }

    public func question(_ id: String) -> Question? {
        places[id].map { domains[$0.domain].topics[$0.topic].questions[$0.question] }
    }

    /// The domain that a question belongs to.
    public func domain(ofQuestion id: String) -> Domain? { places[id].map { domains[$0.domain] } }

    /// Whether answers decide what is asked; where not, level and sector alone do.
    public var hasAnswerConditions: Bool { !consulted.isEmpty }

    /// Whether "not applicable" may be chosen: the level has a rule for it, and the question is neither a key
    /// measure nor one that must apply (CyFun 2025: controls linked to management aspects, at Essential).
    public func mayBeNotApplicable(_ question: Question, at level: Int) -> Bool {
        guard rules(at: level)?.notApplicable != nil, !question.isKeyMeasure(at: level) else { return false }
        return question.mustApplyFrom.map { level < $0 } ?? true
    }

    /// The level's conditions; `nil` for an index that does not exist, where nothing is asked for and none is set.
    func rules(at level: Int) -> Level? { levels.indices.contains(level) ? levels[level] : nil }

    /// Of two questions with one id (a fault that the loader reports), the first.
    static func places(in domains: [Domain]) -> [String: Place] {
        var places: [String: Place] = [:]
        for (d, domain) in domains.enumerated() {
            for (t, topic) in domain.topics.enumerated() {
                for (q, question) in topic.questions.enumerated() where places[question.id] == nil {
                    places[question.id] = Place(domain: d, topic: t, question: q)
                }
            }
        }
        return places
    }

    static func consulted(in domains: [Domain]) -> Set<String> {
        let questions = domains.flatMap(\.topics).flatMap(\.questions)
        return Set((domains.compactMap(\.condition) + questions.compactMap(\.condition)).flatMap(\.consulted))
    }
}

extension Condition {
    /// The questions whose answers this looks at.
    public var consulted: [String] {
        switch self {
        case .sector: []
        case .answer(let question, _): [question]
        case .all(let parts), .any(let parts): parts.flatMap(\.consulted)
        case .not(let part): part.consulted
        }
    }
}

extension Questionnaire {
    /// The score in the middle of the scale; the lower of two.
    public var middle: Int { (scale.lowerBound + scale.upperBound) / 2 }

    /// Whether a level has no threshold at all: then it is neither met nor not.
    public func isOpenEnded(_ level: Level) -> Bool { level.total == nil && level.domain == nil && level.keyMeasure == nil }
}
