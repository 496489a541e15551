/// What a link that works once is for.
public enum TicketPurpose: String, Sendable, Hashable, CaseIterable {
    /// Makes an account for the address that it was sent to.
    case register
    /// Makes somebody a member of an organisation, with an account of her own.
    case invite
    /// Lets the owner of an account that was made for her choose the first password.
    case welcome
    /// Chooses a new password.
    case reset
    /// Confirms a change of address at the old one, and at the new one.
    case leaveEmail, takeEmail
    /// Shows that somebody reads mail at the organisation's domain (NOT-8).
    case proveDomain

    /// How long it works, in milliseconds. A reset: SEC-25.
    public var lifetime: Int64 {
        switch self {
        case .reset: 30 * 60_000
        case .register, .leaveEmail, .takeEmail, .proveDomain: Timestamp.millisecondsPerDay
        case .invite, .welcome: 7 * Timestamp.millisecondsPerDay
        }
    }
}

/// A link that works once.
public struct Ticket: Sendable, Hashable {
    public let id: String
    public let purpose: TicketPurpose
    public let account: String?
    public let organisation: String?
    /// Of an invitation.
    public let role: MemberRole?
    /// Whom it is for, or which address it is about.
    public let email: String
    public let madeBy: String?
    public let madeAt: Timestamp
    public let expiresAt: Timestamp
    public let usedAt: Timestamp?

    public func works(at now: Timestamp) -> Bool { usedAt == nil && now < expiresAt }
}

/// A ticket to write.
public struct NewTicket: Sendable, Hashable {
    public let id: String
    public let token: Digest32
    public let purpose: TicketPurpose
    public var account: String?
    public var organisation: String?
    public var role: MemberRole?
    public var email: String
    public var madeBy: String?

    public init(
        id: String, token: Digest32, purpose: TicketPurpose, account: String? = nil, organisation: String? = nil,
        role: MemberRole? = nil, email: String = "", madeBy: String? = nil
    ) {
        self.id = id
        self.token = token
        self.purpose = purpose
        self.account = account
        self.organisation = organisation
        self.role = role
        self.email = email
        self.madeBy = madeBy
    }
}

/// A message to write to the outbox together with its cause (NOT-1).
public struct NewMail: Sendable, Hashable {
    /// Part of the Message-ID, the same at every try.
    public let id: String
    /// Which of the site's texts.
    public let kind: String
    public let language: String
    public let email: String
    /// What fills the text's placeholders; no secret and no answer.
    public let facts: [String: String]
    /// The link in it.
    public let ticket: String?
    /// Goes with this account.
    public let account: String?

    public init(
        id: String, kind: String, language: String, email: String, facts: [String: String] = [:], ticket: String? = nil,
        account: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.language = language
        self.email = email
        self.facts = facts
        self.ticket = ticket
        self.account = account
    }
}
