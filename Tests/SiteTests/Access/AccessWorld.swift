import Assessment
import QuestionnaireFiles
import Store
import Testing

@testable import Site

/// Who comes, for the access table.
enum Kind: String, CaseIterable {
    /// Without an account.
    case visitor
    /// Members of an organisation.
    case reader, editor, owner
    /// An owner who has not taken the second step yet.
    case half
    /// An owner in an organisation that is a buyer.
    case buyer
    /// Staff without an organisation.
    case analyst, administrator
    /// An owner whose account was disabled while she was signed in.
    case disabled

    var role: MemberRole? {
        switch self {
        case .reader: .reader
        case .editor: .editor
        case .owner, .half, .buyer, .disabled: .owner
        case .visitor, .analyst, .administrator: nil
        }
    }

    var roles: Set<InstallationRole> {
        switch self {
        case .buyer: [.buyer]
        case .analyst: [.analyst]
        case .administrator: [.administrator]
        default: []
        }
    }

    var signIn: Viewer.SignIn {
        switch self {
        case .visitor, .disabled: .none
        case .half: .half
        default: .whole
        }
    }
}

/// What she comes to: an assessment or an organisation.
enum Relation: String, CaseIterable {
    /// Of her own organisation; for those without one, an assessment that her browser began.
    case own
    /// Of another organisation.
    case other
    /// Of another organisation, which let her have a part of it: a contributor's link, an invitation.
    case granted
    /// The same, taken back.
    case withdrawn
    /// Of nobody that she knows: an assessment that another browser began, an organisation that does not exist.
    case anonymous
}

/// What a route is about.
enum ObjectKind {
    case assessment, organisation, none

    init(_ place: String) {
        self = place.contains("{assessment}") ? .assessment : place.contains("{organisation}") ? .organisation : .none
    }
}

extension Viewer {
    /// What the rules are told of this kind of viewer with regard to this object.
    init(_ kind: Kind, _ relation: Relation, place: String) {
        self.init(signIn: kind.signIn, roles: kind.signIn == .whole ? kind.roles : [])
        section = place.contains("{section}") ? AccessWorld.section : nil
        if ObjectKind(place) == .organisation { memberRole = relation == .own ? kind.role : nil }
        guard ObjectKind(place) == .assessment, kind != .disabled else { return }
        var standing = Standing(isAdopted: relation != .anonymous)
        if kind.signIn == .whole { standing.account = kind.rawValue }
        switch relation {
        case .own:
            standing.holds = kind.role == nil
            standing.isAdopted = kind.role != nil
            if kind.signIn == .whole { standing.role = kind.role }
        case .granted: standing.sections = [AccessWorld.section: "contribution"]
        case .other, .withdrawn, .anonymous: break
        }
        self.standing = standing
    }
}

/// A database with every kind of viewer, and everything that she may come to.
struct AccessWorld {
    static let section = "GOV"

    let test: TestSite
    private(set) var browsers: [Kind: Browser] = [:]
    /// What stands in the braces of a path.
    private(set) var parts: [Kind: [Relation: [String: String]]] = [:]
    private static let password = Result<String, any Error> {
        try Argon2.hash(Array("nobody's".utf8), salt: Array(repeating: 7, count: Argon2.saltBytes))
    }
    private let stranger = SessionSecret(bytes: Site.systemRandom(32))
    private var now: Timestamp { test.now }
    private var store: Store { test.site.store }

    init() async throws {
        test = try TestSite { $0.mailProgram = "/bin/true" }
        for kind in Kind.allCases { try await add(kind) }
    }

    private mutating func add(_ kind: Kind) async throws {
        let browser = Browser(test)
        _ = try await browser.get("/en/sign-in")
        browsers[kind] = browser
        let own = try await assessment("\(kind)-own", SessionSecret(cookie: browser.sid ?? "") ?? stranger)
        if kind != .visitor { try await makeAccount(kind) }
        if let role = kind.role {
            try await organisation("org-\(kind)", owner: role == .owner ? "\(kind)" : "stranger-\(kind)")
            if role != .owner { try await join("\(kind)", "org-\(kind)", role) }
            try await adopt(own, by: "stranger-adopter", organisation: "org-\(kind)")
            if kind == .buyer { try await store.setBuyer(true, organisation: "org-\(kind)", by: .console, now: now) }
        }
        for relation in [Relation.other, .granted, .withdrawn] {
            let id = try await assessment("\(kind)-\(relation)", stranger)
            try await organisation("org-\(kind)-\(relation)", owner: "stranger-\(kind)-\(relation)")
            try await adopt(id, by: "stranger-\(kind)-\(relation)", organisation: "org-\(kind)-\(relation)")
        }
        _ = try await assessment("\(kind)-anonymous", stranger)
        if kind != .visitor {
            try await join("\(kind)", "org-\(kind)-withdrawn", .owner)
            try await store.leave(
                member: "\(kind)", of: "org-\(kind)-withdrawn", account: "\(kind)", permit: { _ in true }, by: .console, now: now)
        }
        try await signIn(kind, browser)
        try await contribute(kind, browser)
        var all: [Relation: [String: String]] = [:]
        for relation in Relation.allCases {
            let organisation =
                relation == .anonymous ? "AAAAAAAAAAAAAAAAAAAAAA" : relation == .own ? "org-\(kind)" : "org-\(kind)-\(relation)"
            all[relation] = [
                "assessment": "\(kind)-\(relation)", "organisation": organisation, "contribution": "\(kind)-\(relation)-contribution",
            ]
            let invitation = test.site.issue(.invite, organisation: organisation, role: .reader, email: "\(kind)@anvil.example")
            if let owner = try store.organisation(organisation).flatMap({ try store.members(of: $0.id).first?.account }) {
                try await store.invite(
                    invitation.ticket, mail: nil, account: owner, permit: { _ in true }, by: .console, now: now)
                all[relation]?["invitation"] = invitation.ticket.id
                all[relation]?["member"] = owner
            }
        }
        parts[kind] = all
        if kind == .disabled { try await store.setDisabled(true, account: "\(kind)", by: .console, now: now) }
    }

    private func makeAccount(_ kind: Kind) async throws {
        try await account("\(kind)", roles: kind.roles.intersection([.analyst, .administrator]))
    }

    private func account(_ id: String, roles: Set<InstallationRole> = []) async throws {
        guard try store.account(id: id) == nil else { return }
        let new = NewAccount(
            id: id, email: "\(id)@anvil.example", emailKey: "\(id)@anvil.example", name: "A \(id)", language: "en",
            password: try Self.password.get(),
            roles: roles)
        try await store.add(new, ticket: test.site.issue(.welcome, account: id).ticket, by: .console, now: now)
    }

    private func organisation(_ id: String, owner: String) async throws {
        try await account(owner)
        try await store.make(OrganisationFacts(name: id), id: id, owner: owner, by: .console, now: now)
    }

    private func join(_ account: String, _ organisation: String, _ role: MemberRole) async throws {
        let invitation = test.site.issue(.invite, organisation: organisation, role: role, email: "x@anvil.example")
        try await store.issue(invitation.ticket, now: now)
        _ = try await store.join(ticket: invitation.token.digest, account: account, by: .console, now: now)
    }

    /// An assessment with one result.
    private func assessment(_ id: String, _ secret: SessionSecret) async throws -> String {
        let loaded = try #require(test.site.catalogue.current("supply-chain"))
        let definition = loaded.definition
        try await store.begin(
            NewAssessment(
                id: id, questionnaire: definition.id, edition: definition.edition, checksum: loaded.checksum, language: "en",
                fields: ["firm.level": definition.levels[0].id, "firm.sector": "10", "firm.size": "micro", "firm.region": "BE10"]),
            session: secret.key, expires: now.adding(days: 1), now: now)
        let submission = NewSubmission(
            assessment: id, formID: "form", revision: 1, edition: definition.edition, level: definition.levels[0].id, language: "en",
            facts: Facts(sector: "10"), answers: #"{"answers":{}}"#, scorecard: "{}", reference: id)
        _ = try await store.submit(submission, session: secret.key, permit: { $0.holds }, by: .console, now: now)
        return id
    }

    /// Takes an assessment into an organisation, and ends every other way to it.
    private func adopt(_ id: String, by adopter: String, organisation: String) async throws {
        let owner = try #require(try store.members(of: organisation).first { $0.role == .owner })
        let secret = SessionSecret(bytes: Site.systemRandom(32))
        let session = NewSession(
            key: secret.key, replacing: nil, isHalf: false, lifetime: 3_600_000, limit: 3_600_000, origin: Origin())
        try await store.signIn(account: owner.account, session, now: now)
        try await store.adopt(
            id, organisation: organisation, keepsLink: false, session: secret.key, permit: { _ in true }, memberPermit: { _ in true },
            by: .console, now: now)
    }

    private func signIn(_ kind: Kind, _ browser: Browser) async throws {
        guard kind != .visitor else { return }
        let secret = SessionSecret(bytes: Site.systemRandom(32))
        let old = browser.sid.flatMap { SessionSecret(cookie: $0)?.key }
        let session = NewSession(
            key: secret.key, replacing: old, isHalf: kind == .half, lifetime: 36_000_000, limit: 36_000_000, origin: Origin())
        try await store.signIn(account: "\(kind)", session, now: now)
        browser.setCookie(secret.cookie)
    }

    private func contribute(_ kind: Kind, _ browser: Browser) async throws {
        let session = try #require(browser.sid.flatMap { SessionSecret(cookie: $0)?.key })
        for relation in Relation.allCases where relation != .anonymous {
            let id = "\(kind)-\(relation)-contribution"
            let token = test.site.token(id)
            try await store.ask(
                NewContribution(
                    id: id, token: token.digest, assessment: "\(kind)-\(relation)", sections: [Self.section], name: "IT firm",
                    expiresAt: now.adding(days: 30)), session: session, permit: { _ in true }, by: .console, now: now)
            guard [.granted, .withdrawn].contains(relation) else { continue }
            _ = try await store.open(
                contribution: token.digest, session: session, expires: now.adding(days: 1), by: .console, now: now)
            guard relation == .withdrawn else { continue }
            try await store.withdraw(
                contribution: id, assessment: "\(kind)-\(relation)", session: session, permit: { _ in true }, by: .console, now: now)
        }
    }
}
