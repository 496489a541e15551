/// An assessment to freeze.
public struct NewSubmission: Sendable, Hashable {
    public let assessment: String
    /// One-time id of the form; the same id again gets the first result (REL-13).
    public let formID: String
    /// The revision that was checked and scored.
    public let revision: Int64
    public let edition: String
    public let level: String
    public let language: String
    public let facts: Facts
    /// JSON.
    public let answers: String
    /// JSON.
    public let scorecard: String
    /// How people name it; unique in the store.
    public let reference: String

    public init(
        assessment: String, formID: String, revision: Int64, edition: String, level: String, language: String, facts: Facts,
        answers: String, scorecard: String, reference: String
    ) {
        self.assessment = assessment
        self.formID = formID
        self.revision = revision
        self.edition = edition
        self.level = level
        self.language = language
        self.facts = facts
        self.answers = answers
        self.scorecard = scorecard
        self.reference = reference
    }
}

/// What became of a submission.
public enum SubmitOutcome: Sendable, Hashable {
    case accepted(Submission)
    /// The same form came before; this is what it made then.
    case replayed(Submission)
    /// The assessment has another revision than the one that was scored; nothing was written.
    case changedMeanwhile(revision: Int64)
}

/// A frozen assessment. It never changes.
public struct Submission: Sendable, Hashable {
    /// 1, 2, 3 … within its assessment.
    public let number: Int
    public let reference: String
    public let at: Timestamp
    public let edition: String
    public let level: String
    public let language: String
    public let facts: Facts
    /// JSON.
    public let answers: String
    /// JSON.
    public let scorecard: String
    /// The assessment's revision that was submitted.
    public let revision: Int64
}

/// The newest submission of an assessment, in short.
public struct LastSubmission: Sendable, Hashable {
    public let number: Int
    public let reference: String
    public let at: Timestamp
    /// The assessment's revision that was submitted.
    public let revision: Int64
}
