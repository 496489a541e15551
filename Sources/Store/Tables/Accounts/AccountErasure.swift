import GRDB

/// What an account leaves behind, or takes with it, when it goes.
public struct Departure: Sendable, Hashable {
    /// Organisations that nobody else belongs to: they go with the account.
    public let alone: [Membership]
    /// Organisations with other members and no other owner: one of these must become an owner first.
    public let unled: [Membership]
    /// Nobody else could run the installation.
    public let isLastAdministrator: Bool
}

extension Store {
    /// What the erasure of an account would mean.
    public func departure(of account: String) throws -> Departure {
        try read { try $0.departure(of: account) }
    }

    /// Erases an account with all that leads to the person, and the organisations that nobody else belongs to (SEC-28). What she
    /// wrote for other organisations stays, without saying that it is hers. Assessments go that only her sessions hold.
    /// - Parameter organisations: Those that she was told would go; where there are more by now, nothing is erased.
    ///
    /// Throws `.noAccess` where the session is over, `.moreWouldGo`, `.lastOwner`, `.lastAdministrator`.
    @discardableResult
    public func erase(
        account id: String, organisations: Set<String>, session: SessionKey, by actor: Actor, now: Timestamp
    ) async throws -> Erasure {
        try await writer.write { db in
            let isOpen = try db.any(
                "SELECT 1 FROM session WHERE key = ? AND account = ? AND is_half = 0 AND expires_at > ?", session.hexadecimal, id,
                now.milliseconds)
            guard isOpen else { throw StoreError.noAccess }
            let departure = try db.departure(of: id)
            guard !departure.isLastAdministrator else { throw StoreError.lastAdministrator }
            guard departure.unled.isEmpty else { throw StoreError.lastOwner }
            let alone = departure.alone.map(\.organisation)
            guard organisations.isSuperset(of: alone) else { throw StoreError.moreWouldGo }
            try db.erase(account: id, with: alone, by: actor, now: now)
        }
        return await sweeper.sweep()
    }

    /// Erases an organisation with its assessments, results, links and invitations; its members keep their accounts (SEC-28).
    /// Throws `.noAccess`.
    @discardableResult
    public func erase(
        organisation id: String, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws -> Erasure {
        try await writer.write { db in
            try db.require(permit, account: account, in: id)
            try db.erase(organisation: id, by: actor, now: now)
        }
        return await sweeper.sweep()
    }
}

extension Database {
    func departure(of account: String) throws -> Departure {
        let owned = try all(
            """
            SELECT id, name, role, since,
                EXISTS (SELECT 1 FROM membership AS other WHERE other.organisation = organisation.id AND other.account <> ?1),
                EXISTS (SELECT 1 FROM membership AS other JOIN account ON account.id = other.account
                    WHERE other.organisation = organisation.id AND other.account <> ?1 AND other.role = 'owner'
                        AND disabled_at IS NULL)
            FROM membership JOIN organisation ON organisation.id = membership.organisation
            WHERE membership.account = ?1 ORDER BY name, id
            """, account
        ) { row in
            let role = MemberRole(rawValue: try row.text(2)) ?? .reader
            return (
                Membership(organisation: try row.text(0), name: try row.text(1), role: role, since: try row.time(3)),
                hasOthers: try row.flag(4), isLed: try row.flag(5) || role != .owner
            )
        }
        let isLastAdministrator = try any(
            """
            SELECT 1 FROM account WHERE id = ?1 AND is_administrator = 1 AND NOT EXISTS (
                SELECT 1 FROM account WHERE is_administrator = 1 AND disabled_at IS NULL AND id <> ?1)
            """, account)
        return Departure(
            alone: owned.filter { !$0.hasOthers }.map(\.0), unled: owned.filter { $0.hasOthers && !$0.isLed }.map(\.0),
            isLastAdministrator: isLastAdministrator)
    }

    /// Without asking whether it may go.
    func erase(account id: String, with organisations: [String], by actor: Actor, now: Timestamp) throws {
        for organisation in organisations { try erase(organisation: organisation, by: actor, now: now) }
        for assessment in try heldOnly(by: id, now: now) { try erase(assessment) }
        try audit(.accountErased, id, by: Actor(actor.id), now: now)
        for trace in Self.traces { try run(trace, id) }
        try forgetOrigins(of: id)
        // Codes, memberships, sessions, sign-ins, links and messages for her go along.
        try run("DELETE FROM account WHERE id = ?", id)
        try oweSweep()
    }

    /// Nothing leads from an account to an address that it had before: its rows go when it changes. Invitations that still wait stay
    /// with who made them.
    func forgetFormerAddress(of id: String) throws {
        try run(
            """
            DELETE FROM ticket WHERE lower(email) = (SELECT email_key FROM account WHERE id = ?1)
                AND (purpose = 'register' OR used_at IS NOT NULL)
            """, id)
        try run("DELETE FROM outbox WHERE lower(email) = (SELECT email_key FROM account WHERE id = ?1)", id)
        try oweSweep()
    }

    func erase(organisation id: String, by actor: Actor, now: Timestamp) throws {
        for assessment in try all("SELECT id FROM assessment WHERE organisation = ?", id, decode: { try $0.text(0) }) {
            try erase(assessment)
        }
        try audit(.organisationErased, id, organisation: id, by: actor, now: now)
        let members = try members(of: id)
        // Memberships, links and the messages with them go along.
        try run("DELETE FROM organisation WHERE id = ?", id)
        for member in members { try releaseSecondStep(account: member.account) }
        try oweSweep()
    }

    /// The assessments that nobody could open any more once the account's sessions have gone.
    private func heldOnly(by account: String, now: Timestamp) throws -> [String] {
        try all(
            """
            SELECT DISTINCT assessment.id FROM session JOIN access ON access.session = session.key
                JOIN assessment ON assessment.id = access.assessment
            WHERE session.account = ?1 AND organisation IS NULL AND link IS NULL AND NOT EXISTS (
                SELECT 1 FROM access AS other JOIN session AS holder ON holder.key = other.session
                WHERE other.assessment = assessment.id AND holder.account IS NOT ?1 AND holder.expires_at > ?2)
            """, account, now.milliseconds
        ) { try $0.text(0) }
    }

    /// What leads to an account from rows that stay, and rows that no key of the account takes along.
    private static let traces: [ConstantSQL] = [
        """
        DELETE FROM outbox WHERE lower(email) = (SELECT email_key FROM account WHERE id = ?1)
            OR kind = 'contribute' AND EXISTS (SELECT 1 FROM contribution WHERE made_by = ?1 AND instr(facts, contribution.id) > 0)
        """,
        "DELETE FROM ticket WHERE made_by = ?1 OR lower(email) = (SELECT email_key FROM account WHERE id = ?1)",
        "UPDATE contribution SET made_by = '' WHERE made_by = ?1",
        "UPDATE field SET author = '' WHERE author = ?1 AND author <> ''",
        "UPDATE organisation SET proof_by = '' WHERE proof_by = ?1",
    ]
}
