import Store

/// Who may call a route. Every route names its rule when it is declared; `Access` decides by it.
enum AccessRule: Sendable, Hashable {
    case anyone
    case assessment(AssessmentAction)
    /// Somebody whose password was right; the second step may still be to come.
    case halfSignedIn
    case signedIn
    case organisation(OrganisationAction)
    case role(InstallationRole)
}

/// What can be done with an assessment.
enum AssessmentAction: String, Sendable, Hashable, CaseIterable {
    /// Come to its first page, if only to some of its sections.
    case enter
    /// Look at a section and fill it in.
    case answer
    /// Look at all answers and results.
    case see
    /// Change the facts about the firm.
    case edit
    /// Confirm the answers.
    case confirm
    /// Ask somebody without an account to fill in sections.
    case ask
    /// Make and withdraw the private link; delete.
    case manage
    /// Take it into an organisation.
    case adopt
}

/// What can be done with an organisation.
enum OrganisationAction: String, Sendable, Hashable, CaseIterable {
    /// Look at its members, assessments and audit trail; leave it.
    case see
    /// Begin assessments, take assessments in.
    case contribute
    /// Change what it says of itself, who is in it, and delete it.
    case manage
}

/// Why somebody may not.
enum Refusal: Sendable, Hashable {
    /// To her there is no such thing.
    case unknown
    /// She must sign in first.
    case signIn
    /// She must take, or set up, the second step first.
    case secondStep
    /// Her role is not enough.
    case role
    /// It can be done once, and was.
    case done
}

enum Decision: Sendable, Hashable {
    case allowed
    case refused(Refusal)
}
