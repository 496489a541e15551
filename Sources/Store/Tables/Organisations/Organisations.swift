import GRDB

/// Decides by a member's role in an organisation and by whether she is signed in with everything that takes; asked inside the
/// transaction that writes.
public typealias MemberPermit = @Sendable (MemberRole) -> Bool

extension Store {
    /// Makes an organisation and its first owner. The same id again makes nothing (REL-13).
    public func make(_ facts: OrganisationFacts, id: String, owner account: String, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            guard try !db.any("SELECT 1 FROM organisation WHERE id = ?", id) else { return }
            try db.run(
                """
                INSERT INTO organisation (id, number, name, sector, size_class, region, proof, proof_by, created_at, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'self', '', ?7, ?7)
                """, id, facts.number, facts.name, facts.sector, facts.sizeClass, facts.region, now.milliseconds)
            try db.join(id, account: account, role: .owner, now: now)
            try db.audit(.organisationMade, id, organisation: id, by: actor, now: now)
        }
    }

    /// The organisation and the account's role in it; `nil` where she is no member, or where there is none: no difference.
    public func organisation(_ id: String, account: String) throws -> (organisation: Organisation, role: MemberRole)? {
        try read.once { db in
            try db.first(
                """
                SELECT id, number, name, sector, size_class, region, proof, proof_by, proof_at, buyer_at, created_at, role
                FROM organisation JOIN membership ON membership.organisation = organisation.id WHERE id = ? AND account = ?
                """, id, account
            ) { row in (try row.organisation(from: 0), MemberRole(rawValue: try row.text(11)) ?? .reader) }
        }
    }

    /// For administrators: by number or part of a name, newest first.
    public func organisations(search: String = "", limit: Int = 100, offset: Int = 0) async throws -> [Organisation] {
        try await read.scan { db in
            try db.all(
                Organisation.select + """
                    WHERE ?1 = '' OR number = ?1 OR instr(lower(name), lower(?1)) > 0
                    ORDER BY created_at DESC, id LIMIT ?2 OFFSET ?3
                    """, search, limit, offset, decode: { try $0.organisation(from: 0) })
        }
    }

    public func organisation(_ id: String) throws -> Organisation? { try read { try $0.organisation(id) } }

    /// The organisations that an account belongs to, by name.
    public func memberships(of account: String) throws -> [Membership] {
        try read.once { db in
            try db.all(
                """
                SELECT id, name, role, since FROM membership JOIN organisation ON organisation.id = membership.organisation
                WHERE account = ? ORDER BY name, id
                """, account
            ) { row in
                Membership(
                    organisation: try row.text(0), name: try row.text(1), role: MemberRole(rawValue: try row.text(2)) ?? .reader,
                    since: try row.time(3))
            }
        }
    }

    /// Changes what an organisation says of itself. Another number or name is no longer proven. Throws `.noAccess`.
    public func change(
        _ facts: OrganisationFacts, of id: String, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, account: account, in: id)
            guard let old = try db.organisation(id) else { throw StoreError.noAccess }
            guard old.facts != facts else { return }
            try db.run(
                """
                UPDATE organisation SET number = ?, name = ?, sector = ?, size_class = ?, region = ?, changed_at = ? WHERE id = ?
                """, facts.number, facts.name, facts.sector, facts.sizeClass, facts.region, now.milliseconds, id)
            try db.audit(.organisationChanged, id, organisation: id, by: actor, now: now)
            if old.facts.number != facts.number || old.facts.name != facts.name, old.proof != .selfDeclared {
                try db.prove(.selfDeclared, by: "", organisation: id, actor: actor, now: now)
            }
        }
    }

    /// Notes how far an organisation is proven. Throws `.numberProven` where another one has proven the same number.
    /// - Parameter shown: What the one who confirms it looked at.
    /// - Returns: False, and nothing is noted, where the organisation has another number or name meanwhile.
    @discardableResult
    public func prove(
        _ proof: OrganisationProof, by: String, organisation id: String, ifStill shown: (number: String, name: String)? = nil,
        by actor: Actor, now: Timestamp
    ) async throws -> Bool {
        try await writer.write { db in
            if let shown, let facts = try db.organisation(id)?.facts, (facts.number, facts.name) != shown { return false }
            try db.prove(proof, by: by, organisation: id, actor: actor, now: now)
            return true
        }
    }

    /// Notes that somebody reads mail at the organisation's domain: what a ticket of `.proveDomain` shows. Throws `.ticketOver`.
    public func proveDomain(ticket token: Digest32, domain: String, by actor: Actor, now: Timestamp) async throws -> String {
        try await writer.write { db in
            guard let id = try db.use(token, .proveDomain, now: now).organisation else { throw StoreError.ticketOver }
            // A member of staff has said more than a mail can.
            if try db.organisation(id)?.proof != .staff {
                try db.prove(.mail, by: domain, organisation: id, actor: actor, now: now)
            }
            return id
        }
    }

    /// Admits an organisation as a buyer, or ends that. Its members need a second step from now on.
    public func setBuyer(_ isBuyer: Bool, organisation id: String, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            guard let old = try db.organisation(id) else { throw StoreError.noAccess }
            guard (old.buyerAt != nil) != isBuyer else { return }
            try db.run("UPDATE organisation SET buyer_at = ? WHERE id = ?", isBuyer ? now.milliseconds : nil, id)
            for member in try db.members(of: id) {
                if isBuyer { try db.demandSecondStep(account: member.account) } else { try db.releaseSecondStep(account: member.account) }
            }
            try db.audit(isBuyer ? .buyerAdmitted : .buyerDismissed, id, organisation: id, by: actor, now: now)
        }
    }
}

extension Database {
    func organisation(_ id: String) throws -> Organisation? {
        try first(
            Organisation.select + "WHERE id = ?", id, decode: { try $0.organisation(from: 0) })
    }

    func role(of account: String, in organisation: String) throws -> MemberRole? {
        try first("SELECT role FROM membership WHERE account = ? AND organisation = ?", account, organisation) {
            MemberRole(rawValue: try $0.text(0))
        } ?? nil
    }

    /// Throws `.noAccess` where the account is no member, its role is not enough, or it was disabled a moment ago.
    func require(_ permit: MemberPermit, account: String, in organisation: String) throws {
        guard let role = try role(of: account, in: organisation), permit(role),
            try any("SELECT 1 FROM account WHERE id = ? AND disabled_at IS NULL", account)
        else { throw StoreError.noAccess }
    }

    /// Makes somebody a member; a buyer's members need a second step.
    func join(_ organisation: String, account: String, role: MemberRole, now: Timestamp) throws {
        try run(
            "INSERT INTO membership (organisation, account, role, since) VALUES (?, ?, ?, ?)", organisation, account, role.rawValue,
            now.milliseconds)
        if try self.organisation(organisation)?.buyerAt != nil { try demandSecondStep(account: account) }
    }

    func prove(_ proof: OrganisationProof, by: String, organisation id: String, actor: Actor, now: Timestamp) throws {
        guard let old = try organisation(id) else { throw StoreError.noAccess }
        // A member of staff has looked at more than a mail shows: what another one proved by mail gives way.
        if proof == .staff, !old.facts.number.isEmpty {
            let other = try first(
                "SELECT id FROM organisation WHERE number = ? AND proof = 'mail' AND id <> ?", old.facts.number, id
            ) { try $0.text(0) }
            if let other { try prove(.selfDeclared, by: "", organisation: other, actor: actor, now: now) }
        }
        guard
            try proof == .selfDeclared || old.facts.number.isEmpty
                || !any("SELECT 1 FROM organisation WHERE number = ? AND proof <> 'self' AND id <> ?", old.facts.number, id)
        else { throw StoreError.numberProven }
        try run(
            "UPDATE organisation SET proof = ?, proof_by = ?, proof_at = ? WHERE id = ?", proof.rawValue, by,
            proof == .selfDeclared ? nil : now.milliseconds, id)
        try audit(.proofChanged, id, organisation: id, detail: proof.rawValue, by: actor, now: now)
    }
}

extension Organisation {
    static let select: ConstantSQL = """
        SELECT id, number, name, sector, size_class, region, proof, proof_by, proof_at, buyer_at, created_at FROM organisation
        """
}

extension Columns {
    /// Eleven columns, id to created_at.
    func organisation(from column: Int) throws -> Organisation {
        Organisation(
            id: try text(column),
            facts: OrganisationFacts(
                number: try text(column + 1), name: try text(column + 2), sector: try text(column + 3), sizeClass: try text(column + 4),
                region: try text(column + 5)),
            proof: OrganisationProof(rawValue: try text(column + 6)) ?? .selfDeclared, proofBy: try text(column + 7),
            proofAt: optionalTime(column + 8), buyerAt: optionalTime(column + 9), createdAt: try time(column + 10))
    }
}
