import GRDB

extension Store {
    /// The members of an organisation: owners first, then by name.
    public func members(of organisation: String) throws -> [Member] {
        try read.once { try $0.members(of: organisation) }
    }

    /// Invites somebody. An invitation to the same address that is still open is replaced; the same ticket again does nothing
    /// (REL-13). Throws `.noAccess`.
    public func invite(
        _ ticket: NewTicket, mail: NewMail?, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            guard let organisation = ticket.organisation else { throw StoreError.noAccess }
            try db.require(permit, account: account, in: organisation)
            guard try !db.any("SELECT 1 FROM ticket WHERE id = ?", ticket.id) else { return }
            try db.run(
                """
                UPDATE ticket SET used_at = ? WHERE organisation = ? AND purpose = 'invite' AND lower(email) = lower(?) AND used_at IS NULL
                """, now.milliseconds, organisation, ticket.email)
            try db.insert(ticket, now: now)
            if let mail { try db.insert(mail, now: now) }
            try db.audit(
                .memberInvited, ticket.id, organisation: organisation, detail: ticket.role?.rawValue ?? "", by: actor, now: now)
        }
    }

    /// The invitations of an organisation that still work, newest first.
    public func invitations(of organisation: String, now: Timestamp) throws -> [Ticket] {
        try read.once { db in
            try db.all(
                Ticket.select
                    + "WHERE organisation = ? AND purpose = 'invite' AND used_at IS NULL AND expires_at > ? ORDER BY made_at DESC, id",
                organisation, now.milliseconds, decode: Ticket.init(row:))
        }
    }

    /// All of them that are kept, also those that were used, taken back or too old, for the export.
    public func allInvitations(of organisation: String, limit: Int = 1_000) throws -> [Ticket] {
        try read.once { db in
            try db.all(
                Ticket.select + "WHERE organisation = ? AND purpose = 'invite' ORDER BY made_at DESC, id LIMIT ?", organisation, limit,
                decode: Ticket.init(row:))
        }
    }

    /// Takes an invitation back. Throws `.noAccess`.
    public func withdrawInvitation(
        _ ticket: String, of organisation: String, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, account: account, in: organisation)
            let withdrawn = try db.change(
                "UPDATE ticket SET used_at = ? WHERE id = ? AND organisation = ? AND purpose = 'invite' AND used_at IS NULL",
                now.milliseconds, ticket, organisation)
            if withdrawn > 0 { try db.audit(.invitationWithdrawn, ticket, organisation: organisation, by: actor, now: now) }
        }
    }

    /// Accepts an invitation, with an account that exists or one that is made with it. Returns the organisation. For a member it
    /// does nothing: a second press on the button neither fails nor uses the next one's invitation up.
    /// Throws `.ticketOver`, `.emailTaken`, `.noAccess`.
    public func join(
        ticket token: Digest32, account: String, new: NewAccount? = nil, by actor: Actor, now: Timestamp
    ) async throws -> String {
        try await writer.write { db in
            if let known = try db.ticket(token), known.purpose == .invite, let organisation = known.organisation,
                try db.role(of: account, in: organisation) != nil
            {
                return organisation
            }
            let ticket = try db.use(token, .invite, now: now)
            guard let organisation = ticket.organisation, let role = ticket.role else { throw StoreError.ticketOver }
            if let new {
                guard new.id == account, new.email == ticket.email else { throw StoreError.ticketOver }
                try db.insert(new, by: Actor(new.id, address: actor.address), now: now)
            }
            guard let joining = try db.account(id: account), joining.disabledAt == nil else { throw StoreError.noAccess }
            try db.join(organisation, account: account, role: role, now: now)
            try db.audit(
                .memberJoined, account, organisation: organisation, detail: role.rawValue, by: Actor(account, address: actor.address),
                now: now)
            return organisation
        }
    }

    /// Gives a member another role. What an owner invited people with ends with her being one. Throws `.noAccess`, `.lastOwner`.
    public func setRole(
        _ role: MemberRole, member: String, of organisation: String, account: String, permit: @escaping MemberPermit, by actor: Actor,
        now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, account: account, in: organisation)
            guard let old = try db.role(of: member, in: organisation) else { throw StoreError.noAccess }
            guard old != role else { return }
            if old == .owner {
                try db.keepAnOwner(of: organisation, without: member)
                try db.endInvitations(of: organisation, now: now)
            }
            try db.run(
                "UPDATE membership SET role = ? WHERE organisation = ? AND account = ?", role.rawValue, organisation, member)
            // A reader asks nobody for answers, nor gives any herself by a link.
            if role == .reader { try db.endContributions(madeBy: member, in: organisation, now: now) }
            try db.audit(.memberRoleChanged, member, organisation: organisation, detail: role.rawValue, by: actor, now: now)
        }
    }

    /// Lets a member go: herself, or one whom an owner sends away. Throws `.noAccess`, `.lastOwner`.
    public func leave(
        member: String, of organisation: String, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            if member != account { try db.require(permit, account: account, in: organisation) }
            guard let role = try db.role(of: member, in: organisation) else { throw StoreError.noAccess }
            if role == .owner {
                try db.keepAnOwner(of: organisation, without: member)
                try db.endInvitations(of: organisation, now: now)
            }
            try db.run("DELETE FROM membership WHERE organisation = ? AND account = ?", organisation, member)
            try db.releaseSecondStep(account: member)
            try db.endContributions(madeBy: member, in: organisation, now: now)
            // What her browser once opened by a private link must not outlast it.
            try db.run(
                """
                DELETE FROM access WHERE session IN (SELECT key FROM session WHERE account = ?)
                    AND assessment IN (SELECT id FROM assessment WHERE organisation = ?)
                """, member, organisation)
            try db.audit(.memberLeft, member, organisation: organisation, by: actor, now: now)
        }
    }
}

extension Database {
    func members(of organisation: String) throws -> [Member] {
        try all(
            """
            SELECT account, name, email, role, since FROM membership JOIN account ON account.id = membership.account
            WHERE organisation = ? ORDER BY CASE role WHEN 'owner' THEN 0 WHEN 'editor' THEN 1 ELSE 2 END, name, account
            """, organisation
        ) { row in
            Member(
                account: try row.text(0), name: try row.text(1), email: try row.text(2),
                role: MemberRole(rawValue: try row.text(3)) ?? .reader, since: try row.time(4))
        }
    }

    /// An owner has seen the links of every open invitation: with one of them she could come back.
    fileprivate func endInvitations(of organisation: String, now: Timestamp) throws {
        try run(
            "UPDATE ticket SET used_at = ? WHERE organisation = ? AND purpose = 'invite' AND used_at IS NULL", now.milliseconds,
            organisation)
    }

    /// Throws `.lastOwner` where nobody else could run the organisation.
    func keepAnOwner(of organisation: String, without account: String) throws {
        let isAnother = try any(
            """
            SELECT 1 FROM membership JOIN account ON account.id = membership.account
            WHERE organisation = ? AND role = 'owner' AND account <> ? AND disabled_at IS NULL
            """, organisation, account)
        guard isAnother else { throw StoreError.lastOwner }
    }
}
