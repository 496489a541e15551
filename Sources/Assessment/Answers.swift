/// What was said to one question.
public enum Answer: Sendable, Equatable {
    /// One mark per aspect, in the questionnaire's order; `nil` where nothing was chosen yet.
    case marks([Mark?])
    case notApplicable(reason: String)

    /// Why the question does not apply; `nil` where it does.
    public var reason: String? { if case .notApplicable(let reason) = self { reason } else { nil } }
}

/// What was said to one aspect of a question.
public enum Mark: Sendable, Equatable {
    case score(Int)
    /// "I don't know": counted as `Questionnaire.unknownCountsAs`, reported apart.
    case unknown

    /// `nil` for "I don't know".
    public var score: Int? { if case .score(let score) = self { score } else { nil } }
}

/// Checked answers by question id.
public typealias Answers = [String: Answer]

/// What is known of the organisation, as far as questions depend on it.
public struct Profile: Sendable, Equatable {
    /// NACE Rev. 2.1 division, two digits.
    public let sector: String?

    public init(sector: String? = nil) { self.sector = sector }
}
