@testable import Store

let owners: MemberPermit = { $0 == .owner }
let contributors: MemberPermit = { $0 != .reader }
let everyMember: MemberPermit = { _ in true }
/// Who holds an assessment or may answer in its organisation.
let editing: Permit = { $0.holds || $0.role == .owner || $0.role == .editor }
let answering: Permit = { $0.holds || $0.role != nil || !$0.sections.isEmpty }

/// What people do, for tests to begin in the middle.
extension Store {
    /// An account with this id.
    func person(_ id: String, roles: Set<InstallationRole> = []) async throws {
        try await add(
            NewAccount(
                id: id, email: "\(id)@firm.example", emailKey: "\(id)@firm.example", name: id.prefix(1).uppercased() + id.dropFirst(),
                language: "nl", roles: roles),
            ticket: NewTicket(id: "welcome-\(id)", token: digest("welcome \(id)"), purpose: .welcome, account: id), by: .console, now: noon)
    }

    /// Signs somebody in, for twenty hours; what the browser held goes with it.
    @discardableResult
    func enter(_ id: String, isHalf: Bool = false, replacing: SessionKey? = nil, now: Timestamp = noon) async throws -> SessionKey {
        let key = digest("session \(id) \(replacing?.hexadecimal ?? "")")
        try await signIn(
            account: id,
            NewSession(key: key, replacing: replacing, isHalf: isHalf, lifetime: 72_000_000, limit: 72_000_000, origin: Origin()), now: now)
        return key
    }

    /// An organisation with its first owner.
    func organisation(_ id: String, owner: String, number: String = "", name: String = "Anvil") async throws {
        try await make(OrganisationFacts(number: number, name: name), id: id, owner: owner, by: Actor(owner), now: noon)
    }

    @discardableResult
    func invite(
        _ role: MemberRole = .editor, to organisation: String, email: String, id: String, by account: String,
        permit: @escaping MemberPermit = owners, now: Timestamp = noon
    ) async throws -> Digest32 {
        let token = digest("ticket \(id)")
        try await invite(
            NewTicket(id: id, token: token, purpose: .invite, organisation: organisation, role: role, email: email, madeBy: account),
            mail: nil, account: account, permit: permit, by: Actor(account), now: now)
        return token
    }

    /// Makes somebody with an account a member.
    func add(_ member: String, to organisation: String, as role: MemberRole, by owner: String) async throws {
        let token = try await invite(
            role, to: organisation, email: "\(member)@firm.example", id: "\(organisation) \(member) \(UInt64.random(in: 0 ... .max))",
            by: owner)
        _ = try await join(ticket: token, account: member, by: Actor(member), now: noon)
    }

    func roles(in organisation: String) throws -> [String: MemberRole] {
        try members(of: organisation).reduce(into: [:]) { $0[$1.account] = $1.role }
    }

    func standing(_ session: SessionKey, _ assessment: String = "a1", now: Timestamp = noon) throws -> Standing? {
        let standing = try read { try $0.standing(session, assessment, now: now) }
        // The read of a page and the check inside a write are two statements that must say the same.
        let other = try self.assessment(assessment, session: session, now: now)?.standing
        return standing == other ? standing : nil
    }

    /// What the audit trail says of an organisation, oldest first.
    func trail(_ organisation: String) throws -> [String] {
        try audit(organisation: organisation).reversed().map { "\($0.actor) \($0.action) \($0.detail)" }
    }
}

func digest(_ text: String) -> Digest32 { Digest32(of: Array(text.utf8)) }
