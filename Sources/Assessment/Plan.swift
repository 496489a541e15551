/// What to do next, most useful first.
public struct Plan: Sendable, Equatable {
    /// Aspects that count below their target, raised to it. The target is the lowest score that reaches every
    /// threshold that bears on the question (total, domain, key measure), or the top of the scale where none does.
    /// Points: the score that brings most.
    public let steps: [PlanStep]
    /// What is on target but below the top of the scale, raised by one: for when little is left to do.
    public let further: [PlanStep]
    /// What the total would gain if everything marked "I don't know" turned out to be on target.
    public let unknownCost: Fraction

    public init(steps: [PlanStep], further: [PlanStep], unknownCost: Fraction) {
        self.steps = steps
        self.further = further
        self.unknownCost = unknownCost
    }
}

/// One thing to do next: bring one aspect of one question to `to`.
public struct PlanStep: Sendable, Equatable {
    public let question: String
    public let domain: String
    /// Index into `Questionnaire.aspects`.
    public let aspect: Int
    /// The score it counts as now.
    public let from: Int
    public let to: Int
    /// What this step alone adds to the total (while questions are unanswered: to its answered part).
    public let gain: Fraction
    public let effort: Effort
    public let isKeyMeasure: Bool
    /// The step takes part in a condition that is unmet now (its own key measure, its domain, or a refused n/a).
    public let helpsUnmetCondition: Bool
    public let isUnknown: Bool

    public init(
        question: String, domain: String, aspect: Int, from: Int, to: Int, gain: Fraction, effort: Effort,
        isKeyMeasure: Bool, helpsUnmetCondition: Bool, isUnknown: Bool
    ) {
        self.question = question
        self.domain = domain
        self.aspect = aspect
        self.from = from
        self.to = to
        self.gain = gain
        self.effort = effort
        self.isKeyMeasure = isKeyMeasure
        self.helpsUnmetCondition = helpsUnmetCondition
        self.isUnknown = isUnknown
    }
}
