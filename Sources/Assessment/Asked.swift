/// A domain with the part of it that is asked.
public struct AskedDomain: Sendable, Equatable {
    public let domain: Domain
    /// At least one.
    public let topics: [AskedTopic]

    public init(domain: Domain, topics: [AskedTopic]) {
        self.domain = domain
        self.topics = topics
    }

    public var questions: [Question] { topics.flatMap(\.questions) }
}

public struct AskedTopic: Sendable, Equatable {
    public let topic: Topic
    /// At least one.
    public let questions: [Question]

    public init(topic: Topic, questions: [Question]) {
        self.topic = topic
        self.questions = questions
    }
}

extension Questionnaire {
    /// What is asked at a level of this organisation after these answers, in order.
    /// Topics and domains without a question asked are left out.
    public func asked(level: Int, profile: Profile, answers: Answers) -> [AskedDomain] {
        var asking = Asking(self, level: level, profile: profile)
        return domains.compactMap { domain in
            guard asking.asks(domain, after: answers) else { return nil }
            let topics = domain.topics.compactMap { topic in
                let questions = topic.questions.filter { asking.asks($0, after: answers) }
                return questions.isEmpty ? nil : AskedTopic(topic: topic, questions: questions)
            }
            return topics.isEmpty ? nil : AskedDomain(domain: domain, topics: topics)
        }
    }
}

/// Tells, walking a questionnaire in order, which of its questions are asked.
///
/// A condition on a question that was not asked, or that comes later, is false; so no cycle can arise.
struct Asking {
    private let level: Int
    private let profile: Profile
    private let scale: ClosedRange<Int>
    private let aspects: Int
    private let consulted: Set<String>
    private var asked: Set<String> = []

    init(_ questionnaire: Questionnaire, level: Int, profile: Profile) {
        self.level = level
        self.profile = profile
        scale = questionnaire.scale
        aspects = questionnaire.aspects.count
        consulted = questionnaire.consulted
    }

    func asks(_ domain: Domain, after answers: Answers) -> Bool {
        domain.condition.map { holds($0, after: answers) } ?? true
    }

    /// To be called once for each question of the domains that are asked, in order.
    mutating func asks(_ question: Question, after answers: Answers) -> Bool {
        guard question.level <= level else { return false }
        if let condition = question.condition, !holds(condition, after: answers) { return false }
        if consulted.contains(question.id) { asked.insert(question.id) }
        return true
    }

    private func holds(_ condition: Condition, after answers: Answers) -> Bool {
        switch condition {
        case .sector(let sectors): profile.sector.map(sectors.contains) ?? false
        case .answer(let question, let least): asked.contains(question) && reaches(answers[question], least)
        case .all(let parts): parts.allSatisfy { holds($0, after: answers) }
        case .any(let parts): parts.contains { holds($0, after: answers) }
        case .not(let part): !holds(part, after: answers)
        }
    }

    private func reaches(_ answer: Answer?, _ least: Int) -> Bool {
        guard case .marks(let marks) = answer, marks.count == aspects else { return false }
        return marks.allSatisfy { mark in
            guard case .score(let score) = mark else { return false }
            return scale.contains(score) && score >= least
        }
    }
}
