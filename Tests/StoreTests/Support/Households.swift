@testable import Store

extension Store {
    /// An account that was signed in to once, and its session.
    @discardableResult
    func resident(_ id: String, roles: Set<InstallationRole> = [], now: Timestamp = noon) async throws -> SessionKey {
        let new = NewAccount(
            id: id, email: "\(id)@anvil.example", emailKey: "\(id)@anvil.example", name: "Name-of-\(id)", language: "nl",
            password: "hash-of-\(id)", roles: roles)
        try await add(new, ticket: written("welcome-\(id)", .welcome, account: id), by: .console, now: now)
        return try await comeIn(id, now: now)
    }

    /// Signs in with a new session.
    @discardableResult
    func comeIn(_ id: String, from address: String = "192.0.2.7", now: Timestamp) async throws -> SessionKey {
        let key = SessionKey(of: Array("\(id) \(now.milliseconds)".utf8))
        let hour: Int64 = 3_600_000
        let origin = Origin(address: address, browser: "Firefox, Linux")
        try await signIn(
            account: id, NewSession(key: key, replacing: nil, isHalf: false, lifetime: 2 * hour, limit: 20 * hour, origin: origin), now: now
        )
        return key
    }

    func household(_ id: String, owner: String, members: [(String, MemberRole)] = [], now: Timestamp = noon) async throws {
        try await make(OrganisationFacts(name: "Firm-\(id)"), id: id, owner: owner, by: Actor(owner), now: now)
        for (member, role) in members {
            try await writer.write { try $0.join(id, account: member, role: role, now: now) }
        }
    }

    /// An assessment of an organisation, with one answer by a member.
    func takenIn(_ id: String, by account: String, session: SessionKey, organisation: String, now: Timestamp = noon) async throws {
        try await begin(sample(id), session: session, expires: now.adding(days: 1), now: now)
        _ = try await save(
            [FieldChange(name: "GOV-1.note", value: "note of \(id)", base: 0)], form: "f", assessment: id, session: session, now: now)
        try await adopt(
            id, organisation: organisation, keepsLink: false, session: session, permit: holding, memberPermit: { _ in true },
            by: Actor(account), now: now)
    }

    /// What a table holds, as one number.
    func count(_ sql: ConstantSQL, _ argument: String? = nil) throws -> Int {
        try read { db in
            guard let argument else { return try db.first(sql) { try $0.count(0) } ?? 0 }
            return try db.first(sql, argument) { try $0.count(0) } ?? 0
        }
    }
}

func written(
    _ id: String, _ purpose: TicketPurpose, account: String? = nil, organisation: String? = nil, email: String = "", madeBy: String? = nil
) -> NewTicket {
    NewTicket(
        id: id, token: Digest32(of: Array(id.utf8)), purpose: purpose, account: account, organisation: organisation,
        role: organisation == nil ? nil : .editor, email: email, madeBy: madeBy)
}

func newMail(_ id: String, kind: String = "reset", to email: String, ticket: String? = nil, facts: [String: String] = [:]) -> NewMail {
    NewMail(id: id, kind: kind, language: "nl", email: email, facts: facts, ticket: ticket)
}
