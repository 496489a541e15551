/// An edition that was answered at least once, and so never changes.
public struct KnownEdition: Sendable, Hashable {
    public let questionnaire: String
    public let edition: String
    public let checksum: String
}

/// What a new assessment starts from. `id` is random text of the caller's making.
public struct NewAssessment: Sendable, Hashable {
    public let id: String
    public let questionnaire: String
    public let edition: String
    public let checksum: String
    public let language: String
    /// Fields that are filled in from the start, such as the answers of an earlier submission; their version is 1.
    public let fields: [String: String]

    public init(
        id: String, questionnaire: String, edition: String, checksum: String, language: String, fields: [String: String] = [:]
    ) {
        self.id = id
        self.questionnaire = questionnaire
        self.edition = edition
        self.checksum = checksum
        self.language = language
        self.fields = fields
    }
}

/// What a submission says about the firm; empty where not given.
public struct Facts: Sendable, Hashable {
    public var sector: String
    public var sizeClass: String
    public var region: String
    public var name: String
    public var enterpriseNumber: String

    public init(
        sector: String = "", sizeClass: String = "", region: String = "", name: String = "", enterpriseNumber: String = ""
    ) {
        self.sector = sector
        self.sizeClass = sizeClass
        self.region = region
        self.name = name
        self.enterpriseNumber = enterpriseNumber
    }
}

/// An assessment as a page needs it: everything in one consistent read.
public struct OpenAssessment: Sendable, Hashable {
    public let id: String
    public let questionnaire: String
    public let edition: String
    public let language: String
    /// Grows by one with each save that wrote something.
    public let revision: Int64
    public let createdAt: Timestamp
    public let changedAt: Timestamp
    public let link: StoredLink?
    /// The organisation that adopted it.
    public let organisation: String?
    /// How the browser that asked stands to it.
    public let standing: Standing
    /// By field name: all, or those that were asked for. A cleared field stays, with an empty value.
    public internal(set) var fields: [String: StoredField]

    public var hasLink: Bool { link != nil }
}

/// A private link, by its digest.
public struct StoredLink: Sendable, Hashable {
    public let digest: Digest32
    public let madeAt: Timestamp
    /// When the visitor said that she kept it.
    public let keptAt: Timestamp?
}
