/// How far it is proven that an organisation is who it says (NOT-8).
public enum OrganisationProof: String, Sendable, Hashable, CaseIterable {
    case selfDeclared = "self"
    /// A member of staff of the coalition confirmed it.
    case staff
    /// Somebody reads mail at the organisation's own domain.
    case mail
}

/// A firm or another body that people belong to.
public struct Organisation: Sendable, Hashable {
    public let id: String
    public let facts: OrganisationFacts
    public let proof: OrganisationProof
    /// The mail domain or the staff member's account, where proven.
    public let proofBy: String
    public let proofAt: Timestamp?
    /// When it was admitted as a buyer.
    public let buyerAt: Timestamp?
    public let createdAt: Timestamp
}

/// What an organisation says of itself; empty where not given.
public struct OrganisationFacts: Sendable, Hashable {
    /// An enterprise or VAT number as it is stored, such as "0403227515" or "NL123456789B01".
    public var number: String
    public var name: String
    public var sector: String
    public var sizeClass: String
    public var region: String

    public init(number: String = "", name: String, sector: String = "", sizeClass: String = "", region: String = "") {
        self.number = number
        self.name = name
        self.sector = sector
        self.sizeClass = sizeClass
        self.region = region
    }
}

/// Somebody in an organisation.
public struct Member: Sendable, Hashable {
    public let account: String
    public let name: String
    public let email: String
    public let role: MemberRole
    public let since: Timestamp
}

/// An organisation as one of its members sees it in a list.
public struct Membership: Sendable, Hashable {
    public let organisation: String
    public let name: String
    public let role: MemberRole
    public let since: Timestamp
}

/// An assessment in an organisation's list.
public struct AssessmentSummary: Sendable, Hashable {
    public let id: String
    public let questionnaire: String
    public let edition: String
    /// Empty where none was chosen.
    public let level: String
    public let revision: Int64
    public let createdAt: Timestamp
    public let changedAt: Timestamp
    public let last: LastSubmission?
}
