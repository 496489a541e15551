/// What the database holds about people: every column, and for personal data what it is, why and how long (SEC-28; GDPR,
/// articles 5 and 30). A new column without a line here fails the tests; the privacy page shows the kinds in words.
public enum PersonalData {
    /// Data that is kept for one purpose, on one ground, for one time.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Who can sign in: so that she can, and that colleagues know her.
        case account
        /// What proves that it is her.
        case secrets
        /// When and from where somebody signed in or tried: so that she notices a stranger.
        case visits
        /// Who belongs to which organisation in which role.
        case memberships
        /// What was answered and by whom, and the results; notes may name people.
        case answers
        /// What is said of a firm: those of sole traders are personal data.
        case firm
        /// Links that work once, with the address that they are for.
        case links
        /// How somebody is called who was asked to help without an account.
        case contributors
        /// Messages on their way.
        case mail
        /// Who did what to which object, when and from where: so that misuse can be found.
        case trail

        public var basis: Basis {
            switch self {
            case .account, .secrets, .memberships, .answers, .firm, .links, .contributors, .mail: .service
            case .visits, .trail: .safety
            }
        }

        public var keeping: Keeping {
            switch self {
            case .account, .secrets, .memberships, .answers, .firm, .contributors: .whileUsed
            case .visits: .visits
            case .links: .links
            case .mail: .mail
            case .trail: .trail
            }
        }
    }

    /// GDPR, article 6(1).
    public enum Basis: Sendable, Hashable, CaseIterable {
        /// (b): the service that she asked for.
        case service
        /// (f): the interest of all in a safe service.
        case safety
    }

    /// Until when; `Retention` has the figures, and deleting ends all but the trail at once.
    public enum Keeping: Sendable, Hashable, CaseIterable {
        /// Until it is deleted, or nobody used it for 24 months.
        case whileUsed
        /// Sessions until they end, history for 180 days.
        case visits
        /// Until 30 days after a link ran out.
        case links
        /// Until it is sent, or 30 days after it could not be.
        case mail
        /// Rows for good, with random ids for names; addresses for 12 months.
        case trail
    }

    struct Column: Sendable, Hashable {
        let name: String
        /// `nil` for what says nothing about a person.
        let kind: Kind?
        let what: String
    }

    static let tables: [String: [Column]] = [
        "account": personal(
            .account, "id: random, stands for the person", "email: as typed", "email_key: what addresses are compared by",
            "name: as she wants to be called", "language: for pages and messages", "is_administrator: role", "is_analyst: role",
            "created_at: when the account was made", "active_at: last sign-in", "disabled_at: when it was locked",
            "noticed_at: when she was told that it will go")
            + personal(
                .secrets, "password: Argon2id hash", "totp: salt of the second step", "totp_step: last code's half minute"),
        "recovery_code": personal(.secrets, "account: whose", "code: digest"),
        "session": personal(
            .visits, "key: digest of the cookie", "account: whose", "address: IP address at sign-in", "browser: kind of browser",
            "began_at: sign-in", "ends_at: end at the latest", "extended_at: last save", "expires_at: end", "is_half: one step done")
            + other("lifetime: chosen length"),
        "signin": personal(
            .visits, "account: whose", "number: order", "at: when", "outcome: right or wrong", "address: IP address",
            "browser: kind of browser"),
        "access": personal(.visits, "session: whose browser", "assessment: which it opened"),
        "contribution_access": personal(.visits, "session: whose browser", "contribution: which link it opened"),
        "organisation": personal(
            .firm, "id: random", "number: enterprise or VAT number", "name: as its owner typed it", "sector: NACE division",
            "size_class: number of people", "region: NUTS code", "proof: how far it is proven", "proof_by: mail domain, or whose account",
            "proof_at: when", "buyer_at: when admitted as a buyer", "created_at: when made", "changed_at: when changed"),
        "membership": personal(
            .memberships, "organisation: which", "account: who", "role: what she may", "since: when she joined"),
        "assessment": personal(
            .answers, "id: random", "organisation: whose", "link: digest of the private link", "link_made_at: when",
            "link_kept_at: when it was said to be kept", "created_at: when begun", "changed_at: last save")
            + other(
                "questionnaire: which", "edition: which", "language: of its first page", "revision: number of saves",
                "noticed_at: not in use"),
        "field": personal(
            .answers, "assessment: whose", "name: which question", "value: answer, note or fact about the firm",
            "author: account or contribution that wrote it", "changed_at: when")
            + other("version: number of changes", "form: random id of the form"),
        "submission": personal(
            .answers, "assessment: whose", "submitted_at: when", "answers: with notes", "scorecard: result",
            "reference: how people name it")
            + personal(
                .firm, "sector: NACE division", "size_class: number of people", "region: NUTS code", "name: of the firm",
                "enterprise_number: of the firm")
            + other(
                "number: order", "form: random id of the form", "revision: number of saves", "edition: which", "level: which",
                "language: of the page"),
        "ticket": personal(
            .links, "id: random", "token: digest", "purpose: what the link does", "account: for whom", "organisation: which",
            "role: of an invitation", "email: for whom or about which address", "made_by: who asked for it", "made_at: when",
            "expires_at: end", "used_at: when used"),
        "contribution": personal(
            .contributors, "id: random", "assessment: for which", "token: digest", "sections: which", "name: as the one who asked put it",
            "made_by: who asked", "made_at: when", "expires_at: end", "withdrawn_at: when taken back"),
        "outbox": personal(
            .mail, "id: random, in the message's id", "kind: which text", "language: of the text", "email: to whom",
            "facts: names and addresses in the text", "ticket: link in it", "account: for whom", "detail: what the mail program said",
            "created_at: when written", "next_at: next try", "attempts: number of tries", "failed_at: when given up"),
        "audit": personal(
            .trail, "actor: who, by random id", "action: what", "object: to what, by random id", "organisation: whose business",
            "detail: one more word", "at: when", "origin: salted digest of the address")
            + other("number: order", "hash: over this row and the one before"),
        "audit_origin": personal(.trail, "address: IP address", "salt: random, without which the digest says nothing")
            + other("number: of the row"),
        "edition": other("questionnaire: which", "edition: which", "checksum: of its files", "recorded_at: when first answered"),
        "erasure": other("assessment: what is being erased at this moment"),
        "upkeep": other("id: always 1", "checks: number of readiness checks", "sweep_owed: yes or no", "key_check: digest of the key"),
    ]

    private static func personal(_ kind: Kind, _ columns: String...) -> [Column] { columns.map { column($0, kind) } }

    private static func other(_ columns: String...) -> [Column] { columns.map { column($0, nil) } }

    /// From `name: what`.
    private static func column(_ text: String, _ kind: Kind?) -> Column {
        let name = text.prefix { $0 != ":" }
        return Column(name: String(name), kind: kind, what: String(text.dropFirst(name.count + 2)))
    }
}
