/// Why a figure is what it is: one operation on terms that are shown in full.
public struct Explanation: Sendable, Equatable {
    public enum Figure: Sendable, Hashable {
        /// Over all aspects, or of one of them (an index into `Questionnaire.aspects`).
        case total(aspect: Int?)
        case domain(String, aspect: Int?)
        case topic(String, aspect: Int?)
        case question(String)
    }

    /// Done on the terms that have a value.
    public enum Operation: Sendable, Equatable {
        /// All weights are equal.
        case mean
        case weightedMean
        /// Each term times its weight, added up.
        case sum
        /// The one term as it is.
        case taken
    }

    public let figure: Figure
    public let operation: Operation
    public let terms: [Term]
    /// The figure of the scorecard; `nil` while a term is open, and where none counts.
    public let result: Fraction?
    /// The same operation on the terms that have a value, whatever is still open.
    public let answeredPart: Fraction?

    public init(figure: Figure, operation: Operation, terms: [Term], result: Fraction?, answeredPart: Fraction?) {
        self.figure = figure
        self.operation = operation
        self.terms = terms
        self.result = result
        self.answeredPart = answeredPart
    }

    public struct Term: Sendable, Equatable {
        /// Of a domain, topic or question, or the aspect's own.
        public let id: String
        /// `nil` where the term is left out.
        public let value: Fraction?
        public let weight: Int
        public let origin: Origin

        public init(id: String, value: Fraction?, weight: Int, origin: Origin) {
            self.id = id
            self.value = value
            self.weight = weight
            self.origin = origin
        }
    }

    /// Where a term's value comes from, or why it has none.
    public enum Origin: Sendable, Equatable {
        /// The figure of the same id, explained in its turn.
        case figure
        /// The figure of the same id so far: a question below it is unanswered.
        case figureSoFar
        /// Chosen; with points, the value is what this score brings.
        case score(Int)
        case unknown(countsAs: Int)
        /// Counts as the level's rule says; without a value it is left out.
        case notApplicable
        /// "Not applicable" where it may not be: counts as the lowest score.
        case notApplicableRefused(countsAs: Int)
        case unanswered

        /// The figure above cannot be final yet.
        public var isOpen: Bool { self == .unanswered || self == .figureSoFar }
    }
}
