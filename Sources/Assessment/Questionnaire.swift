/// The structure of one edition of a questionnaire: what is asked, at which level, and how it is scored.
/// Wording lives elsewhere; the engine knows ids only.
public struct Questionnaire: Sendable, Equatable {
    public let id: String
    public let edition: String
    /// What every question is scored on, at least one. CyFun: documentation and implementation.
    public let aspects: [String]
    /// The whole numbers an aspect can be given.
    public let scale: ClosedRange<Int>
    public let scoring: Scoring
    /// What "I don't know" counts as, within `scale`.
    public let unknownCountsAs: Int
    /// Nested levels, lowest first: each asks its own questions and those of every lower level.
    public let levels: [Level]
    public let domains: [Domain]
    /// Where the owner's own workbook departs from the method.
    public let departures: [MethodDeparture]
    /// Its place in lists: lower ones first.
    public let order: Int
    /// What references of other questionnaires call this one; `nil` where none refers to it.
    public let scheme: String?
    /// Where each question stands, by id, so that looking one up takes no walk.
    let places: [String: Place]
    /// By question.
    let fieldNames: [String: [String]]
    /// The questions that conditions look at.
    let consulted: Set<String>

    public init(
        id: String, edition: String, aspects: [String], scale: ClosedRange<Int>, scoring: Scoring = .means,
        unknownCountsAs: Int, levels: [Level], domains: [Domain], departures: [MethodDeparture] = [], order: Int = 0,
        scheme: String? = nil
    ) {
        self.id = id
        self.edition = edition
        self.aspects = aspects
        self.scale = scale
        self.scoring = scoring
        self.unknownCountsAs = unknownCountsAs
        self.levels = levels
        self.domains = domains
        self.departures = departures
        self.order = order
        self.scheme = scheme
        places = Self.places(in: domains)
        consulted = Self.consulted(in: domains)
        let parts = aspects + ["reason", "note"]
        fieldNames = Dictionary(uniqueKeysWithValues: places.keys.map { id in (id, parts.map { "\(id).\($0)" }) })
    }
}

/// How answers become figures.
public enum Scoring: Sendable, Equatable {
    /// Weighted means of means: question → topic → domain → total, per aspect and over the aspects.
    case means
    /// Points are added up. A score `s` brings `ordinary[s - scale.lowerBound]`, or for a key measure
    /// `key[…]` (DIN SPEC 27076: +1/0, and +3/−3 for key requirements).
    case points(ordinary: [Int], key: [Int])
}

/// A nested ambition with the conditions under which it is met. All thresholds are inclusive.
public struct Level: Sendable, Equatable {
    public let id: String
    /// Minutes that filling in this level usually takes.
    public let minutes: Int
    public let total: Fraction?
    /// What every domain must reach.
    public let domain: Fraction?
    /// What every key measure must reach (the mean of its aspects).
    public let keyMeasure: Fraction?
    /// `nil` where "not applicable" is never allowed.
    public let notApplicable: NotApplicableRule?

    public init(
        id: String, minutes: Int = 0, total: Fraction? = nil, domain: Fraction? = nil, keyMeasure: Fraction? = nil,
        notApplicable: NotApplicableRule? = nil
    ) {
        self.id = id
        self.minutes = minutes
        self.total = total
        self.domain = domain
        self.keyMeasure = keyMeasure
        self.notApplicable = notApplicable
    }
}

/// How many questions may be "not applicable", and what they count as.
public struct NotApplicableRule: Sendable, Equatable {
    public enum Limit: Sendable, Equatable {
        case count(Int)
        /// A share of the questions asked, rounded down.
        case share(Fraction)
    }

    public let limit: Limit
    /// The score that takes the answer's place; `nil` leaves the question out of the mean.
    public let countsAs: Fraction?

    public init(limit: Limit, countsAs: Fraction?) {
        self.limit = limit
        self.countsAs = countsAs
    }
}

/// A control domain: the tier that people read scores by.
public struct Domain: Sendable, Equatable {
    public let id: String
    public let weight: Int
    /// The domain is asked only where this holds.
    public let condition: Condition?
    /// What it is listed under (CyFun: the function), for people only; `nil` where domains stand alone.
    public let group: String?
    public let topics: [Topic]

    public init(id: String, weight: Int = 1, condition: Condition? = nil, group: String? = nil, topics: [Topic]) {
        self.id = id
        self.group = group
        self.weight = weight
        self.condition = condition
        self.topics = topics
    }
}

/// Questions whose mean counts as one within the domain. A domain without explicit topics has one of its own id.
public struct Topic: Sendable, Equatable {
    public let id: String
    public let weight: Int
    public let questions: [Question]

    public init(id: String, weight: Int = 1, questions: [Question]) {
        self.id = id
        self.weight = weight
        self.questions = questions
    }
}

public struct Question: Sendable, Equatable {
    public let id: String
    /// Index into `Questionnaire.levels` of the lowest level that asks it.
    public let level: Int
    /// From which level on it is a key measure; `nil` for never.
    public let keyMeasureFrom: Int?
    /// From which level on "not applicable" is refused although it is no key measure; `nil` for never.
    public let mustApplyFrom: Int?
    public let weight: Int
    public let effort: Effort
    public let condition: Condition?
    public let references: [Reference]
    /// Those of `references` that ask the very same: their answers carry over as they are.
    public let equals: [Reference]

    public init(
        id: String, level: Int = 0, keyMeasureFrom: Int? = nil, mustApplyFrom: Int? = nil, weight: Int = 1,
        effort: Effort = .medium, condition: Condition? = nil, references: [Reference] = [], equals: [Reference] = []
    ) {
        self.id = id
        self.level = level
        self.keyMeasureFrom = keyMeasureFrom
        self.mustApplyFrom = mustApplyFrom
        self.weight = weight
        self.effort = effort
        self.condition = condition
        self.references = references
        self.equals = equals
    }

    public func isKeyMeasure(at level: Int) -> Bool { keyMeasureFrom.map { level >= $0 } ?? false }
}

/// What bringing a question in order costs: under a day, some days, weeks.
public enum Effort: String, Sendable, Equatable, CaseIterable, Comparable {
    case small, medium, large

    public static func < (left: Effort, right: Effort) -> Bool { left.rank < right.rank }
    private var rank: Int { self == .small ? 0 : self == .medium ? 1 : 2 }
}

/// Where a question touches another framework, by that framework's ids.
public struct Reference: Sendable, Equatable {
    /// `cyfun2025`, `nis2`, `iso27001`, `csf20` …
    public let scheme: String
    public let ids: [String]

    public init(scheme: String, ids: [String]) {
        self.scheme = scheme
        self.ids = ids
    }
}

/// When a domain or question is asked.
public indirect enum Condition: Sendable, Equatable {
    /// The organisation's NACE division is one of these.
    case sector([String])
    /// An earlier question was answered with at least this score in every aspect.
    /// Unknown, not applicable and unanswered do not count.
    case answer(question: String, atLeast: Int)
    case all([Condition])
    case any([Condition])
    case not(Condition)
}
