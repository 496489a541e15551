import GRDB

/// How much there is in an installation.
public struct InstallationCounts: Sendable, Hashable {
    public let accounts: Int
    public let organisations: Int
    public let waitingMail: Int
    public let failedMail: Int
}

extension Store {
    public func counts() async throws -> InstallationCounts {
        try await read.scan { db in
            InstallationCounts(
                accounts: try db.first("SELECT count(*) FROM account") { try $0.count(0) } ?? 0,
                organisations: try db.first("SELECT count(*) FROM organisation") { try $0.count(0) } ?? 0,
                waitingMail: try db.first("SELECT count(*) FROM outbox WHERE failed_at IS NULL") { try $0.count(0) } ?? 0,
                failedMail: try db.first("SELECT count(*) FROM outbox WHERE failed_at IS NOT NULL") { try $0.count(0) } ?? 0)
        }
    }

    /// Accounts by address, a piece at a time: those behind an address's key.
    public func accounts(after emailKey: String, limit: Int) async throws -> [Account] {
        try await read.scan { db in
            try db.all(
                Account.select + "WHERE email_key > ? ORDER BY email_key LIMIT ?", emailKey, limit,
                decode: { try $0.account(from: 0) })
        }
    }

    /// When somebody last signed in to an account; `nil` for never.
    public func lastSignIn(of account: String) throws -> Timestamp? {
        try read.once { db in
            try db.first("SELECT max(at) FROM signin WHERE account = ? AND outcome = 'signedIn'", account) { $0.optionalTime(0) } ?? nil
        }
    }

    /// What accounts and organisations are called, by their ids; others are left out.
    public func names(of ids: Set<String>) throws -> (accounts: [String: String], organisations: [String: String]) {
        try read { db in
            var (accounts, organisations) = ([String: String](), [String: String]())
            for id in ids {
                accounts[id] = try db.first("SELECT name FROM account WHERE id = ?", id) { try $0.text(0) }
                organisations[id] = try db.first("SELECT name FROM organisation WHERE id = ?", id) { try $0.text(0) }
            }
            return (accounts, organisations)
        }
    }

    /// Gives somebody who cannot get in a link to choose a password; older ones work no more. Throws `.noAccess` where the account
    /// is gone or disabled.
    public func reset(_ ticket: NewTicket, mail: NewMail? = nil, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            guard let id = ticket.account, let account = try db.account(id: id), account.disabledAt == nil else {
                throw StoreError.noAccess
            }
            try db.endPasswordLinks(of: id, now: now)
            try db.endEmailChange(of: id, now: now)
            try db.insert(ticket, now: now)
            if let mail { try db.insert(mail, now: now) }
            try db.audit(.accountReset, id, by: actor, now: now)
        }
    }

    /// Takes the second step and its recovery codes from somebody who has lost them, and ends all sessions of the account. Who
    /// needs one must set it up anew when she signs in. Throws `.noAccess`.
    public func dropSecondStep(account id: String, mail: NewMail? = nil, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            guard let account = try db.account(id: id) else { throw StoreError.noAccess }
            guard account.totp != nil else { return }
            try db.run("UPDATE account SET totp = NULL WHERE id = ?", id)
            try db.setRecoveryCodes([], account: id)
            try db.run("DELETE FROM session WHERE account = ?", id)
            if let mail { try db.insert(mail, now: now) }
            try db.audit(.secondStepOff, id, by: actor, now: now)
        }
    }

    /// The link to choose a password that somebody made for an account, while it works.
    public func passwordLink(of account: String, madeBy: String, now: Timestamp) throws -> Ticket? {
        try read.once { db in
            try db.first(
                Ticket.select
                    + "WHERE account = ? AND made_by = ? AND purpose = 'welcome' AND used_at IS NULL AND expires_at > ? ORDER BY made_at DESC LIMIT 1",
                account, madeBy, now.milliseconds, decode: Ticket.init(row:))
        }
    }
}
