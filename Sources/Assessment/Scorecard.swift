/// The engine's result for one set of answers at one level. Every figure is exact.
/// A figure is `nil` while a question below it is unanswered, or where everything below it does not apply.
public struct Scorecard: Sendable, Equatable {
    /// Index into `Questionnaire.levels`.
    public let level: Int
    public let total: Fraction?
    /// The total per aspect, in the questionnaire's order.
    public let aspects: [Fraction?]
    /// The same over the answered questions only, to show while some are missing.
    public let answeredPart: Fraction?
    /// The highest total that these questions allow (means: the top of the scale; points: what "not applicable" leaves).
    public let maximum: Fraction
    /// Only domains that are asked.
    public let domains: [DomainScore]
    public let completeness: Completeness
    public let verdict: Verdict
    /// Every condition that does not hold, in the questionnaire's order: total, domains, key measures,
    /// not-applicable rules, unanswered questions.
    public let unmet: [Unmet]

    public init(
        level: Int, total: Fraction?, aspects: [Fraction?], answeredPart: Fraction?, maximum: Fraction,
        domains: [DomainScore], completeness: Completeness, verdict: Verdict, unmet: [Unmet]
    ) {
        self.level = level
        self.total = total
        self.aspects = aspects
        self.answeredPart = answeredPart
        self.maximum = maximum
        self.domains = domains
        self.completeness = completeness
        self.verdict = verdict
        self.unmet = unmet
    }

    /// - Parameters:
    ///   - id: The total where it is `nil`.
    ///   - aspect: The mean of all aspects where it is `nil`.
    public func score(ofDomain id: String?, aspect: Int? = nil) -> Fraction? {
        guard let id else { return aspect.map { aspects[$0] } ?? total }
        guard let domain = domains.first(where: { $0.id == id }) else { return nil }
        return aspect.map { domain.aspects[$0] } ?? domain.score
    }
}

public struct DomainScore: Sendable, Equatable {
    public let id: String
    public let weight: Int
    public let score: Fraction?
    public let aspects: [Fraction?]
    public let answeredPart: Fraction?
    /// What the level asks of this domain: its domain threshold, else its total threshold (as guidance).
    public let target: Fraction?
    public let topics: [TopicScore]
    public let completeness: Completeness

    public init(
        id: String, weight: Int, score: Fraction?, aspects: [Fraction?], answeredPart: Fraction?, target: Fraction?,
        topics: [TopicScore], completeness: Completeness
    ) {
        self.id = id
        self.weight = weight
        self.score = score
        self.aspects = aspects
        self.answeredPart = answeredPart
        self.target = target
        self.topics = topics
        self.completeness = completeness
    }
}

public struct TopicScore: Sendable, Equatable {
    public let id: String
    public let weight: Int
    public let score: Fraction?
    public let aspects: [Fraction?]
    public let questions: [QuestionScore]

    public init(id: String, weight: Int, score: Fraction?, aspects: [Fraction?], questions: [QuestionScore]) {
        self.id = id
        self.weight = weight
        self.score = score
        self.aspects = aspects
        self.questions = questions
    }
}

public struct QuestionScore: Sendable, Equatable {
    public enum State: Sendable, Equatable { case answered, unknown, notApplicable, unanswered }

    public let id: String
    public let weight: Int
    public let state: State
    /// The mean of the aspects, or the points; `nil` when unanswered or left out.
    public let score: Fraction?
    public let aspects: [Fraction?]
    public let isKeyMeasure: Bool

    public init(
        id: String, weight: Int, state: State, score: Fraction?, aspects: [Fraction?], isKeyMeasure: Bool
    ) {
        self.id = id
        self.weight = weight
        self.state = state
        self.score = score
        self.aspects = aspects
        self.isKeyMeasure = isKeyMeasure
    }
}

/// How much was answered, and how sure it is.
public struct Completeness: Sendable, Equatable {
    public let asked: Int
    /// Questions with an answer of any kind, in every aspect.
    public let answered: Int
    /// Questions with at least one "I don't know".
    public let unknown: Int
    public let notApplicable: Int

    public init(asked: Int, answered: Int, unknown: Int, notApplicable: Int) {
        self.asked = asked
        self.answered = answered
        self.unknown = unknown
        self.notApplicable = notApplicable
    }

    /// How much of what was asked is "I don't know", 0…1.
    public var unknownShare: Fraction { asked == 0 ? 0 : Fraction(unknown, asked) }
    /// How much of what was asked does not apply, 0…1.
    public var notApplicableShare: Fraction { asked == 0 ? 0 : Fraction(notApplicable, asked) }
}

extension Completeness {
    /// With one more question, in this state.
    func counting(_ state: QuestionScore.State) -> Completeness {
        Completeness(
            asked: asked + 1,
            answered: answered + (state == .unanswered ? 0 : 1),
            unknown: unknown + (state == .unknown ? 1 : 0),
            notApplicable: notApplicable + (state == .notApplicable ? 1 : 0))
    }

    /// What was counted after `earlier`.
    func since(_ earlier: Completeness) -> Completeness {
        Completeness(
            asked: asked - earlier.asked,
            answered: answered - earlier.answered,
            unknown: unknown - earlier.unknown,
            notApplicable: notApplicable - earlier.notApplicable)
    }
}

public enum Verdict: String, Sendable, Equatable { case met, notMet, incomplete }

/// A condition of the level that does not hold.
public enum Unmet: Sendable, Equatable {
    case total(score: Fraction, required: Fraction)
    case domain(id: String, score: Fraction, required: Fraction)
    case keyMeasure(id: String, score: Fraction, required: Fraction)
    case notApplicableLimit(count: Int, allowed: Int)
    /// A key measure, or a question that must apply at this level, was marked "not applicable".
    case notApplicableKeyMeasure(id: String)
    case unanswered(id: String)
}
