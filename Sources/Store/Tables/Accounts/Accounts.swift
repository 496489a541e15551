import GRDB

/// An account to make.
public struct NewAccount: Sendable, Hashable {
    public let id: String
    public let email: String
    /// What two addresses are compared by.
    public let emailKey: String
    public let name: String
    public let language: String
    public let password: String?
    public let roles: Set<InstallationRole>

    public init(
        id: String, email: String, emailKey: String, name: String, language: String, password: String? = nil,
        roles: Set<InstallationRole> = []
    ) {
        self.id = id
        self.email = email
        self.emailKey = emailKey
        self.name = name
        self.language = language
        self.password = password
        self.roles = roles
    }
}

extension Store {
    public func account(emailKey: String) throws -> Account? {
        try read { try $0.account(emailKey: emailKey) }
    }

    public func account(id: String) throws -> Account? {
        try read { try $0.account(id: id) }
    }

    /// Makes an account whose owner chooses a password by `ticket`. For the command line and administrators.
    /// Throws `.emailTaken`.
    public func add(_ new: NewAccount, ticket: NewTicket, mail: NewMail? = nil, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            try db.insert(new, by: actor, now: now)
            try db.insert(ticket, now: now)
            if let mail { try db.insert(mail, now: now) }
        }
    }

    /// Sets a new password, ends every other session of the account, and gives this one a new key. Throws `.noAccess` where the
    /// session is over.
    public func setPassword(
        _ password: String, account: String, _ new: NewSession, mail: NewMail? = nil, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.requireSession(new, account: account, now: now)
            try db.setPassword(password, account: account, keeping: new.replacing, by: actor, now: now)
            try db.begin(new, account: account, now: now)
            if let mail { try db.insert(mail, now: now) }
        }
    }

    /// Replaces a stored hash by one of the same password with today's parameters (SEC-23); nothing else changes.
    public func rehash(_ password: String, account: String, replacing old: String) async throws {
        try await writer.write { db in
            try db.run("UPDATE account SET password = ? WHERE id = ? AND password = ?", password, account, old)
        }
    }

    /// Changes how the account is shown and spoken to.
    public func setProfile(account: String, name: String, language: String) async throws {
        try await writer.write { db in
            try db.run("UPDATE account SET name = ?, language = ? WHERE id = ?", name, language, account)
        }
    }

    /// Disables or enables an account; its sessions end at once (SEC-4). Throws `.noAccess` for none, `.lastAdministrator`.
    public func setDisabled(_ isDisabled: Bool, account id: String, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            guard let account = try db.account(id: id) else { throw StoreError.noAccess }
            guard (account.disabledAt != nil) != isDisabled else { return }
            if isDisabled { try db.keepAnAdministrator(without: account) }
            try db.run("UPDATE account SET disabled_at = ? WHERE id = ?", isDisabled ? now.milliseconds : nil, id)
            if isDisabled { try db.run("DELETE FROM session WHERE account = ?", id) }
            try db.audit(isDisabled ? .accountDisabled : .accountEnabled, id, by: actor, now: now)
        }
    }

    /// Gives or takes a role. Whoever gets one and has no second step yet must set it up first: her sessions become half.
    /// Throws `.lastAdministrator`.
    public func setRole(
        _ role: InstallationRole, _ isGiven: Bool, account id: String, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            guard let account = try db.account(id: id) else { throw StoreError.noAccess }
            guard account.roles.contains(role) != isGiven else { return }
            if role == .administrator, !isGiven { try db.keepAnAdministrator(without: account) }
            switch role {
            case .administrator: try db.run("UPDATE account SET is_administrator = ? WHERE id = ?", isGiven ? 1 : 0, id)
            case .analyst: try db.run("UPDATE account SET is_analyst = ? WHERE id = ?", isGiven ? 1 : 0, id)
            case .buyer: return
            }
            if isGiven { try db.demandSecondStep(account: id) } else { try db.releaseSecondStep(account: id) }
            try db.audit(isGiven ? .roleGiven : .roleTaken, id, detail: role.rawValue, by: actor, now: now)
        }
    }

    /// Accounts for administrators; `search` is part of a name or address. Newest first.
    public func accounts(search: String = "", limit: Int = 100, offset: Int = 0) async throws -> [Account] {
        try await read.scan { db in
            try db.all(
                Account.select + """
                    WHERE ?1 = '' OR instr(lower(name), lower(?1)) > 0 OR instr(email_key, lower(?1)) > 0
                    ORDER BY created_at DESC, id LIMIT ?2 OFFSET ?3
                    """, search, limit, offset, decode: { try $0.account(from: 0) })
        }
    }
}

extension Database {
    func account(emailKey: String) throws -> Account? {
        try first(
            Account.select + "WHERE email_key = ?", emailKey, decode: { try $0.account(from: 0) })
    }

    func account(id: String) throws -> Account? {
        try first(
            Account.select + "WHERE id = ?", id, decode: { try $0.account(from: 0) })
    }

    func insert(_ new: NewAccount, by actor: Actor, now: Timestamp) throws {
        guard try !any("SELECT 1 FROM account WHERE email_key = ?", new.emailKey) else { throw StoreError.emailTaken }
        try run(
            """
            INSERT INTO account (id, email, email_key, name, language, password, totp_step, is_administrator, is_analyst,
                created_at, active_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, ?9)
            """, new.id, new.email, new.emailKey, new.name, new.language, new.password,
            new.roles.contains(.administrator) ? 1 : 0, new.roles.contains(.analyst) ? 1 : 0, now.milliseconds)
        try audit(
            .accountMade, new.id, detail: new.roles.map(\.rawValue).sorted().joined(separator: " "), by: actor, now: now)
    }

    func setPassword(_ password: String, account: String, keeping session: SessionKey?, by actor: Actor, now: Timestamp) throws {
        try run("UPDATE account SET password = ? WHERE id = ?", password, account)
        try run("DELETE FROM session WHERE account = ? AND key <> ?", account, session?.hexadecimal ?? "")
        // Links that would set another one work no more, and a change of address that somebody asked for comes to nothing.
        try endPasswordLinks(of: account, now: now)
        try endEmailChange(of: account, now: now)
        try audit(.passwordChanged, account, by: actor, now: now)
    }

    /// Both halves, the confirmed one too.
    func endEmailChange(of account: String, now: Timestamp) throws {
        try run(
            "UPDATE ticket SET expires_at = ?1 WHERE account = ?2 AND purpose IN ('leaveEmail', 'takeEmail') AND expires_at > ?1",
            now.milliseconds, account)
    }

    func endPasswordLinks(of account: String, now: Timestamp) throws {
        try run(
            "UPDATE ticket SET used_at = ? WHERE account = ? AND purpose IN ('reset', 'welcome') AND used_at IS NULL",
            now.milliseconds, account)
    }

    /// An account that now needs a second step and has none: what it is signed in to waits for that.
    func demandSecondStep(account: String) throws {
        try run(
            "UPDATE session SET is_half = 1 WHERE account = ?1 AND EXISTS (SELECT 1 FROM account WHERE id = ?1 AND totp IS NULL)",
            account)
    }

    /// An account that needs none any more, and has none, is whole again where it was held up for it.
    func releaseSecondStep(account: String) throws {
        try run(
            """
            UPDATE session SET is_half = 0 WHERE account = ?1
                AND EXISTS (SELECT 1 FROM account WHERE id = ?1 AND totp IS NULL AND is_administrator = 0 AND is_analyst = 0)
                AND NOT EXISTS (SELECT 1 FROM membership JOIN organisation ON organisation.id = membership.organisation
                    WHERE membership.account = ?1 AND buyer_at IS NOT NULL)
            """, account)
    }

    /// Throws `.lastAdministrator` where nobody else could run the installation.
    func keepAnAdministrator(without account: Account) throws {
        guard account.roles.contains(.administrator) else { return }
        let isAnother = try any(
            "SELECT 1 FROM account WHERE is_administrator = 1 AND disabled_at IS NULL AND id <> ?", account.id)
        guard isAnother else { throw StoreError.lastAdministrator }
    }
}

extension Account {
    /// What `Columns.account(from:)` reads.
    static let columns: ConstantSQL = """
        account.id, email, name, language, password, totp, totp_step, is_administrator, is_analyst,
        EXISTS (SELECT 1 FROM membership JOIN organisation ON organisation.id = membership.organisation
            WHERE membership.account = account.id AND buyer_at IS NOT NULL),
        created_at, active_at, disabled_at
        """

    /// What every look at accounts begins with.
    static let select = "SELECT " + columns + " FROM account "
}

extension Columns {
    /// Thirteen columns, id to disabled_at.
    func account(from column: Int) throws -> Account {
        var roles: Set<InstallationRole> = []
        if try flag(column + 7) { roles.insert(.administrator) }
        if try flag(column + 8) { roles.insert(.analyst) }
        if try flag(column + 9) { roles.insert(.buyer) }
        let step = try integer(column + 6)
        return Account(
            id: try text(column), email: try text(column + 1), name: try text(column + 2), language: try text(column + 3), roles: roles,
            password: optionalText(column + 4), totp: optionalText(column + 5).map { StoredTOTP(salt: $0, lastStep: step) },
            createdAt: try time(column + 10), activeAt: try time(column + 11), disabledAt: optionalTime(column + 12))
    }
}
