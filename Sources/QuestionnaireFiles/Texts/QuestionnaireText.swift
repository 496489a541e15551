/// The wording of one questionnaire in one language, by the ids of its structure.
public struct QuestionnaireText: Sendable, Equatable {
    public let title: String
    public let summary: String
    /// What every page and file with a result says of it; `nil` where there is nothing more to say.
    public let disclaimer: String?
    public let levels: [String: LevelText]
    /// Names.
    public let aspects: [String: String]
    /// Per aspect one step per score, lowest first.
    public let scale: [String: [StepText]]
    /// Names of what domains are listed under.
    public let groups: [String: String]
    public let domains: [String: DomainText]
    /// Only topics that stand in the structure; a shorthand domain has none.
    public let topics: [String: TopicText]
    public let questions: [String: QuestionText]

    /// The id itself where there is no such level; so are the others.
    public func title(ofLevel id: String) -> String { levels[id]?.title ?? id }
    public func title(ofDomain id: String) -> String { domains[id]?.title ?? id }
    public func title(ofQuestion id: String) -> String { questions[id]?.title ?? id }
    public func name(ofAspect id: String) -> String { aspects[id] ?? id }
}

public struct LevelText: Sendable, Equatable {
    public let title: String
    public let summary: String
}

/// What a score means; shown as "name: meaning".
public struct StepText: Sendable, Equatable {
    public let name: String
    public let meaning: String
    /// Something from everyday life; the help page on the scale shows it. All steps have one, or none has.
    public let example: String?
}

public struct DomainText: Sendable, Equatable {
    public let title: String
    /// At most 16 characters, for charts.
    public let short: String
    public let summary: String
}

public struct TopicText: Sendable, Equatable {
    public let title: String
}

public struct QuestionText: Sendable, Equatable {
    /// A short name for tables, no question.
    public let title: String
    public let ask: String
    /// Examples. All languages of a question have one, or none has.
    public let hint: String?
    public let why: String?
    /// Per aspect, what "in place" (or the middle of the scale) looks like at a small firm; empty where no question says so.
    public let inPlace: [String]
    /// One thing that a reviewer would accept.
    public let evidence: String?
    /// Imperative title of the first step.
    public let step: String
    /// What costs under a day.
    public let firstStep: String
}
