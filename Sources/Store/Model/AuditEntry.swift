/// Who does something, and from where.
public struct Actor: Sendable, Hashable {
    /// An account's or contribution's id, or one of the words below.
    public let id: String
    /// An IP address, or empty.
    public let address: String

    public init(_ id: String, address: String = "") {
        self.id = id
        self.address = address
    }

    /// Somebody without an account who holds a private link, or nobody yet.
    public static func visitor(address: String) -> Actor { Actor("visitor", address: address) }
    /// The command line.
    public static let console = Actor("console")
    /// The service by itself, such as at the end of a retention period.
    public static let service = Actor("service")
}

/// What can be done that others must be able to look up. Answers are not in it, secrets neither (SEC-18).
public enum AuditAction: String, Sendable, Hashable, CaseIterable {
    case accountMade, accountDisabled, accountEnabled, accountErased, accountExported, accountReset
    case emailChanged, passwordChanged, secondStepOn, secondStepOff, recoveryCodesMade, recoveryCodeUsed, roleGiven, roleTaken
    case signedIn, signedOut, sessionEnded
    case organisationMade, organisationChanged, organisationErased, organisationExported, proofChanged, buyerAdmitted, buyerDismissed
    case memberInvited, invitationWithdrawn, memberJoined, memberRoleChanged, memberLeft
    case assessmentBegun, assessmentAdopted, assessmentErased, assessmentConfirmed, resultSeen, linkMade, linkOpened, linkWithdrawn
    case contributorInvited, contributorOpened, contributorWithdrawn
}

/// One row of the audit trail.
public struct AuditEntry: Sendable, Hashable {
    public let number: Int64
    public let at: Timestamp
    public let actor: String
    public let action: String
    /// The id of what it was done to.
    public let object: String
    /// The organisation whose business it is, or empty.
    public let organisation: String
    /// One more word, such as a role.
    public let detail: String
    /// An IP address; empty where unknown or erased.
    public let address: String
}

/// Somebody looked at a result of an assessment.
public struct Look: Sendable, Hashable {
    public let assessment: String
    public let actor: Actor
    public let at: Timestamp

    public init(assessment: String, actor: Actor, at: Timestamp) {
        self.assessment = assessment
        self.actor = actor
        self.at = at
    }
}

/// What the ids in rows of an organisation's audit trail stand for.
public struct AuditNames: Sendable, Hashable {
    /// People who are or were in the organisation, contributors, and addresses of invitations, by id.
    public internal(set) var names: [String: String] = [:]
    /// Accounts that never were in the organisation: staff of the installation.
    public internal(set) var staff: Set<String> = []
    /// The questionnaires of its assessments, by the assessment's id.
    public internal(set) var questionnaires: [String: String] = [:]

    /// Of no rows.
    public init() {}
}

/// A row's number and hash. Kept elsewhere, it shows later whether rows were cut off or written anew.
public struct AuditMark: Sendable, Hashable {
    public let number: Int64
    /// 64 hexadecimal digits.
    public let hash: String

    init(number: Int64, hash: String) {
        self.number = number
        self.hash = hash
    }

    /// Reads what `text` wrote; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int64(parts[0]), number > 0, let hash = Digest32(hexadecimal: String(parts[1])) else {
            return nil
        }
        self.init(number: number, hash: hash.hexadecimal)
    }

    /// `123:0a1b…`
    public var text: String { "\(number):\(hash)" }
}
