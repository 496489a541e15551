/// A link with which somebody without an account fills in some sections.
public struct Contribution: Sendable, Hashable {
    public let id: String
    /// Ids of domains.
    public let sections: [String]
    /// Who it is, as the one who asked her put it: "Our IT firm".
    public let name: String
    public let madeAt: Timestamp
    public let expiresAt: Timestamp
    public let withdrawnAt: Timestamp?

    public func works(at now: Timestamp) -> Bool { withdrawnAt == nil && now < expiresAt }
}

/// A contribution to write.
public struct NewContribution: Sendable, Hashable {
    public let id: String
    public let token: Digest32
    public let assessment: String
    public let sections: [String]
    public let name: String
    public let expiresAt: Timestamp

    public init(id: String, token: Digest32, assessment: String, sections: [String], name: String, expiresAt: Timestamp) {
        self.id = id
        self.token = token
        self.assessment = assessment
        self.sections = sections
        self.name = name
        self.expiresAt = expiresAt
    }
}

/// What a contributor's link is for, before she opens it.
public struct ContributionOffer: Sendable, Hashable {
    public let contribution: Contribution
    public let questionnaire: String
    public let edition: String
    /// The organisation that the assessment belongs to.
    public let organisation: String?
    /// Who asked, where she has an account.
    public let asker: String?
}
