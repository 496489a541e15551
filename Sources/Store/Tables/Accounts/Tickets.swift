import GRDB

extension Store {
    /// Writes a link that works once, with the message that carries it.
    public func issue(_ ticket: NewTicket, mail: NewMail? = nil, now: Timestamp) async throws {
        try await writer.write { db in
            try db.insert(ticket, now: now)
            if let mail { try db.insert(mail, now: now) }
        }
    }

    /// The two links of a change of address. One that was asked for before comes to nothing.
    public func issueEmailChange(_ tickets: [NewTicket], mails: [NewMail], account: String, now: Timestamp) async throws {
        try await writer.write { db in
            try db.endEmailChange(of: account, now: now)
            for ticket in tickets { try db.insert(ticket, now: now) }
            for mail in mails { try db.insert(mail, now: now) }
        }
    }

    /// Writes a message that carries no link.
    public func send(_ mail: NewMail, now: Timestamp) async throws {
        try await writer.write { try $0.insert(mail, now: now) }
    }

    /// The ticket of a token, used and expired ones included; `nil` where there is none.
    public func ticket(_ token: Digest32) throws -> Ticket? {
        try read.once { try $0.ticket(token) }
    }

    /// A ticket by its id, for who writes the message with it; `nil` where it is gone.
    public func ticket(id: String) throws -> Ticket? {
        try read.once { db in
            try db.first(
                Ticket.select + "WHERE id = ?", id, decode: Ticket.init(row:))
        }
    }

    /// Makes the account that a ticket of `.register` stands for, and uses the ticket up.
    /// Throws `.ticketOver`, `.emailTaken`.
    public func register(_ new: NewAccount, ticket token: Digest32, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            let ticket = try db.use(token, .register, now: now)
            guard ticket.email == new.email else { throw StoreError.ticketOver }
            try db.insert(new, by: actor, now: now)
        }
    }

    /// Sets the password of the account that a ticket of `.reset` or `.welcome` stands for; all its sessions end.
    /// Throws `.ticketOver`.
    public func setPassword(
        _ password: String, ticket token: Digest32, purpose: TicketPurpose, mail: NewMail? = nil, from origin: Origin, now: Timestamp
    ) async throws {
        try await writer.write { db in
            let ticket = try db.use(token, purpose, now: now)
            guard let id = ticket.account, let account = try db.account(id: id), account.disabledAt == nil else {
                throw StoreError.ticketOver
            }
            try db.setPassword(password, account: id, keeping: nil, by: Actor(id, address: origin.address), now: now)
            try db.noteSignIn(.passwordChosen, account: id, origin, now: now)
            if let mail { try db.insert(mail, now: now) }
        }
    }

    /// Confirms a change of address at one of the two; true once both have confirmed and the new one is in force.
    /// Throws `.ticketOver`, `.emailTaken`.
    public func confirmEmail(
        ticket token: Digest32, purpose: TicketPurpose, email: String, emailKey: String, by actor: Actor, now: Timestamp
    ) async throws -> Bool {
        try await writer.write { db in
            let ticket = try db.use(token, purpose, now: now)
            guard let account = ticket.account, ticket.email == email else { throw StoreError.ticketOver }
            let other = purpose == .takeEmail ? TicketPurpose.leaveEmail : .takeEmail
            let isConfirmed = try db.any(
                """
                SELECT 1 FROM ticket
                WHERE account = ? AND purpose = ? AND email = ? AND made_at = ? AND used_at IS NOT NULL AND expires_at > ?
                """, account, other.rawValue, ticket.email, ticket.madeAt.milliseconds, now.milliseconds)
            guard isConfirmed else { return false }
            try db.setEmail(email, key: emailKey, account: account, by: Actor(account, address: actor.address), now: now)
            return true
        }
    }

    /// Gives an account another address at once, on an operator's word (NOT-3). Throws `.emailTaken`.
    public func setEmail(_ email: String, key: String, account: String, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { try $0.setEmail(email, key: key, account: account, by: actor, now: now) }
    }
}

extension Database {
    fileprivate func setEmail(_ email: String, key: String, account: String, by actor: Actor, now: Timestamp) throws {
        guard try !any("SELECT 1 FROM account WHERE email_key = ? AND id <> ?", key, account) else { throw StoreError.emailTaken }
        try forgetFormerAddress(of: account)
        try run("UPDATE account SET email = ?, email_key = ? WHERE id = ?", email, key, account)
        try endEmailChange(of: account, now: now)
        // A link that lies in the old mailbox chooses no password any more.
        try endPasswordLinks(of: account, now: now)
        try audit(.emailChanged, account, by: actor, now: now)
    }
}

extension Database {
    func insert(_ new: NewTicket, now: Timestamp) throws {
        try run(
            """
            INSERT INTO ticket (id, token, purpose, account, organisation, role, email, made_by, made_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.id, new.token.hexadecimal, new.purpose.rawValue, new.account, new.organisation, new.role?.rawValue ?? "", new.email,
            new.madeBy, now.milliseconds, now.adding(milliseconds: new.purpose.lifetime).milliseconds)
    }

    func insert(_ mail: NewMail, now: Timestamp) throws {
        try run(
            """
            INSERT INTO outbox (id, kind, language, email, facts, ticket, account, created_at, next_at, attempts, detail)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, 0, '')
            """, mail.id, mail.kind, mail.language, mail.email, MailFacts.text(mail.facts), mail.ticket, mail.account, now.milliseconds)
    }

    func ticket(_ token: Digest32) throws -> Ticket? {
        try first(
            Ticket.select + "WHERE token = ?", token.hexadecimal, decode: Ticket.init(row:))
    }

    /// Uses a ticket up. Throws `.ticketOver` where it is used, expired, unknown, or for something else.
    func use(_ token: Digest32, _ purpose: TicketPurpose, now: Timestamp) throws -> Ticket {
        guard let ticket = try ticket(token), ticket.purpose == purpose, ticket.works(at: now) else { throw StoreError.ticketOver }
        try run("UPDATE ticket SET used_at = ? WHERE id = ?", now.milliseconds, ticket.id)
        return ticket
    }
}

extension Ticket {
    static let select: ConstantSQL = """
        SELECT id, purpose, account, organisation, role, email, made_by, made_at, expires_at, used_at FROM ticket
        """

    init(row: Columns) throws {
        guard let purpose = TicketPurpose(rawValue: try row.text(1)) else {
            throw StoreError.corrupted(detail: "a ticket for an unknown purpose")
        }
        self.init(
            id: try row.text(0), purpose: purpose, account: row.optionalText(2), organisation: row.optionalText(3),
            role: MemberRole(rawValue: try row.text(4)), email: try row.text(5), madeBy: row.optionalText(6), madeAt: try row.time(7),
            expiresAt: try row.time(8), usedAt: row.optionalTime(9))
    }
}

/// The placeholders of a message as one text: names and values, each ended by the unit separator, which no form lets in.
enum MailFacts {
    private static let end: Character = "\u{1F}"

    static func text(_ facts: [String: String]) -> String {
        facts.sorted { $0.key < $1.key }.reduce(into: "") { $0 += "\($1.key)\(end)\($1.value.filter { $0 != end })\(end)" }
    }

    static func facts(_ text: String) -> [String: String] {
        let parts = text.split(separator: end, omittingEmptySubsequences: false).map(String.init)
        return stride(from: 0, to: parts.count - 1, by: 2).reduce(into: [:]) { $0[parts[$1]] = parts[$1 + 1] }
    }
}
