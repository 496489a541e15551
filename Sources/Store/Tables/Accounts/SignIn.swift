import GRDB

/// A session to begin for an account.
public struct NewSession: Sendable, Hashable {
    public let key: SessionKey
    /// The browser's session so far: what it holds moves over, and it ends (session fixation, SEC-4).
    public let replacing: SessionKey?
    public let isHalf: Bool
    /// In milliseconds after the last save.
    public let lifetime: Int64
    /// In milliseconds after signing in, whatever is saved.
    public let limit: Int64
    public let origin: Origin

    public init(key: SessionKey, replacing: SessionKey?, isHalf: Bool, lifetime: Int64, limit: Int64, origin: Origin) {
        self.key = key
        self.replacing = replacing
        self.isHalf = isHalf
        self.lifetime = lifetime
        self.limit = limit
        self.origin = origin
    }
}

extension Store {
    /// Who is signed in with a session; `nil` for a session without account, one that is over, and none.
    public func signedIn(_ session: SessionKey, now: Timestamp) throws -> SignedIn? {
        try read.once { db in
            try db.first(
                "SELECT " + Account.columns + """
                    , is_half, expires_at, lifetime, began_at, ends_at
                    FROM session JOIN account ON account.id = session.account WHERE session.key = ? AND expires_at > ?
                    """, session.hexadecimal, now.milliseconds
            ) { row in
                SignedIn(
                    account: try row.account(from: 0), isHalf: try row.flag(13), expiresAt: try row.time(14),
                    lifetime: try row.integer(15), beganAt: try row.time(16), endsAt: try row.time(17))
            }
        }
    }

    /// Signs somebody in whose password was right. Throws `.noAccess` where the account is gone or disabled meanwhile.
    public func signIn(account id: String, _ new: NewSession, now: Timestamp) async throws {
        try await writer.write { db in
            guard let account = try db.account(id: id), account.disabledAt == nil else { throw StoreError.noAccess }
            try db.begin(new, account: id, now: now)
            guard !new.isHalf else { return }
            try db.noteSignIn(.signedIn, account: id, new.origin, now: now)
        }
    }

    /// Notes a failed attempt in the account's history.
    public func noteFailure(_ outcome: SignInRecord.Outcome, account: String, origin: Origin, now: Timestamp) async throws {
        try await writer.write { try $0.noteSignIn(outcome, account: account, origin, now: now) }
    }

    /// Completes a half session with the code of a 30-second step: a new key, and the step is used. False where that step or a
    /// later one was used before (SEC-2), also by somebody else at this moment. Throws `.noAccess` where the session is over.
    public func completeSignIn(account id: String, step: Int64, _ new: NewSession, now: Timestamp) async throws -> Bool {
        try await writer.write { db in
            try db.requireSession(new, account: id, now: now)
            guard try db.useStep(step, account: id) else { return false }
            try db.begin(new, account: id, now: now)
            try db.noteSignIn(.signedIn, account: id, new.origin, now: now)
            return true
        }
    }

    /// The same with a recovery code, which then is gone. False where it is none of the account's.
    public func completeSignIn(
        account id: String, recoveryCode: Digest32, _ new: NewSession, mail: NewMail? = nil, now: Timestamp
    ) async throws -> Bool {
        try await writer.write { db in
            try db.requireSession(new, account: id, now: now)
            guard try db.change("DELETE FROM recovery_code WHERE account = ? AND code = ?", id, recoveryCode.hexadecimal) == 1 else {
                return false
            }
            try db.begin(new, account: id, now: now)
            try db.noteSignIn(.signedIn, account: id, new.origin, now: now)
            try db.audit(.recoveryCodeUsed, id, by: Actor(id, address: new.origin.address), now: now)
            if let mail { try db.insert(mail, now: now) }
            return true
        }
    }

    /// Turns the second step on, with new recovery codes; the session gets a new key and is whole. False where the step was used.
    public func setSecondStep(
        salt: String, step: Int64, recoveryCodes: [Digest32], account id: String, _ new: NewSession, mail: NewMail? = nil, now: Timestamp
    ) async throws -> Bool {
        try await writer.write { db in
            try db.requireSession(new, account: id, now: now)
            guard try db.change("UPDATE account SET totp = ?, totp_step = ? WHERE id = ?", salt, step, id) == 1 else { return false }
            try db.setRecoveryCodes(recoveryCodes, account: id)
            // Whoever signed in without it has to sign in again.
            try db.run("DELETE FROM session WHERE account = ? AND key <> ?", id, new.replacing?.hexadecimal ?? "")
            try db.begin(new, account: id, now: now)
            try db.audit(.secondStepOn, id, by: Actor(id, address: new.origin.address), now: now)
            if let mail { try db.insert(mail, now: now) }
            return true
        }
    }

    /// Turns the second step off, ends the other sessions, and gives this one a new key. Throws `.noAccess` where the account's
    /// roles need the second step, or the session is over.
    /// False where the code's step was used before.
    public func removeSecondStep(
        account id: String, step: Int64, _ new: NewSession, mail: NewMail? = nil, by actor: Actor, now: Timestamp
    ) async throws -> Bool {
        try await writer.write { db in
            guard let account = try db.account(id: id), !account.needsSecondStep else { throw StoreError.noAccess }
            try db.requireSession(new, account: id, now: now)
            guard try db.useStep(step, account: id) else { return false }
            try db.run("UPDATE account SET totp = NULL WHERE id = ?", id)
            try db.run("DELETE FROM session WHERE account = ? AND key <> ?", id, new.replacing?.hexadecimal ?? "")
            try db.begin(new, account: id, now: now)
            try db.setRecoveryCodes([], account: id)
            try db.audit(.secondStepOff, id, by: actor, now: now)
            if let mail { try db.insert(mail, now: now) }
            return true
        }
    }

    /// Replaces the recovery codes. False where the code's step was used before.
    public func setRecoveryCodes(_ codes: [Digest32], account: String, step: Int64, by actor: Actor, now: Timestamp) async throws -> Bool {
        try await writer.write { db in
            guard try db.useStep(step, account: account) else { return false }
            try db.setRecoveryCodes(codes, account: account)
            try db.audit(.recoveryCodesMade, account, by: actor, now: now)
            return true
        }
    }

    public func recoveryCodesLeft(account: String) throws -> Int {
        try read.once { try $0.first("SELECT count(*) FROM recovery_code WHERE account = ?", account) { try $0.count(0) } } ?? 0
    }

    /// Ends a session on the server; the cookie opens nothing more.
    public func signOut(_ session: SessionKey, now: Timestamp, address: String) async throws {
        try await writer.write { db in
            let account = try db.first("SELECT account FROM session WHERE key = ?", session.hexadecimal) { $0.optionalText(0) }
            try db.run("DELETE FROM session WHERE key = ?", session.hexadecimal)
            if let account, let account { try db.audit(.signedOut, account, by: Actor(account, address: address), now: now) }
        }
    }

    /// The account's sessions, newest first; `current` is the one that asks, by its summary's id.
    public func sessions(of account: String, now: Timestamp) throws -> [SessionSummary] {
        try read.once { db in
            try db.all(
                """
                SELECT key, began_at, expires_at, is_half, address, browser FROM session
                WHERE account = ? AND expires_at > ? ORDER BY began_at DESC, key
                """, account, now.milliseconds
            ) { row in
                SessionSummary(
                    id: String(try row.text(0).prefix(SessionSummary.idLength)), beganAt: try row.time(1), expiresAt: try row.time(2),
                    isHalf: try row.flag(3), origin: Origin(address: try row.text(4), browser: try row.text(5)))
            }
        }
    }

    /// Ends one session of an account by its summary's id, or with `nil` all but `session`.
    public func endSessions(_ id: String?, of account: String, except session: SessionKey, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in
            let ended = try db.change(
                "DELETE FROM session WHERE account = ?1 AND key <> ?2 AND (?3 IS NULL OR substr(key, 1, ?4) = ?3)", account,
                session.hexadecimal, id, SessionSummary.idLength)
            if ended > 0 { try db.audit(.sessionEnded, account, detail: String(ended), by: actor, now: now) }
        }
    }

    /// The account's sign-ins and failed attempts, newest first.
    public func signInHistory(of account: String, limit: Int = 50) throws -> [SignInRecord] {
        try read.once { db in
            try db.all(
                "SELECT at, outcome, address, browser FROM signin WHERE account = ? ORDER BY number DESC LIMIT ?", account, limit
            ) { row in
                SignInRecord(
                    at: try row.time(0), outcome: SignInRecord.Outcome(rawValue: try row.text(1)) ?? .wrongPassword,
                    origin: Origin(address: try row.text(2), browser: try row.text(3)))
            }
        }
    }

    /// Whether somebody signed in to the account from this address lately, or chose its password by a link there: she goes first
    /// where many try (SEC-3).
    public func knows(address: String, account: String) throws -> Bool {
        try read.once { db in
            try db.any(
                "SELECT 1 FROM signin WHERE account = ? AND outcome IN ('signedIn', 'passwordChosen') AND address = ?", account, address)
        }
    }
}

extension SessionSummary {
    /// Digits of the stored digest: enough to tell an account's sessions apart.
    static let idLength = 16

    /// What a session is called on the page that lists it.
    public static func id(of key: SessionKey) -> String { String(key.hexadecimal.prefix(idLength)) }
}

extension Database {
    /// How many failed attempts an account's history keeps.
    private static let historyLength = 100

    func begin(_ new: NewSession, account: String, now: Timestamp) throws {
        let key = new.key.hexadecimal
        let end = now.adding(milliseconds: new.limit).milliseconds
        try run(
            """
            INSERT INTO session (key, expires_at, lifetime, extended_at, account, is_half, began_at, ends_at, address, browser)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4, ?7, ?8, ?9)
            """, key, min(end, now.adding(milliseconds: new.lifetime).milliseconds), new.lifetime, now.milliseconds, account,
            new.isHalf ? 1 : 0, end, new.origin.address, new.origin.browser)
        try run(
            """
            DELETE FROM session WHERE account = ?1
                AND key NOT IN (SELECT key FROM session WHERE account = ?1 ORDER BY began_at DESC, key = ?2 DESC LIMIT ?3)
            """, account, key, Self.sessionLimit)
        guard let old = new.replacing?.hexadecimal else { return }
        for statement in Self.moves { try run(statement, key, old) }
        try run("DELETE FROM session WHERE key = ?", old)
    }

    /// How many sessions an account may have at once; the oldest ends where there would be more (ASVS 7.1.2).
    private static let sessionLimit = 50

    /// What a browser opened without an account goes with it, unless its time is over.
    private static let moves: [ConstantSQL] = [
        """
        INSERT INTO access (session, assessment)
        SELECT ?1, assessment FROM access JOIN session ON session.key = access.session
        WHERE session.key = ?2 AND session.expires_at > (SELECT began_at FROM session WHERE key = ?1)
        """,
        """
        INSERT INTO contribution_access (session, contribution)
        SELECT ?1, contribution FROM contribution_access JOIN session ON session.key = contribution_access.session
        WHERE session.key = ?2 AND session.expires_at > (SELECT began_at FROM session WHERE key = ?1)
        """,
    ]

    func noteSignIn(_ outcome: SignInRecord.Outcome, account: String, _ origin: Origin, now: Timestamp) throws {
        guard try any("SELECT 1 FROM account WHERE id = ?", account) else { return }
        let number =
            try (first("SELECT max(number) FROM signin WHERE account = ?", account) { try $0.isNull(0) ? 0 : $0.integer(0) } ?? 0) + 1
        try run(
            "INSERT INTO signin (account, number, at, outcome, address, browser) VALUES (?, ?, ?, ?, ?, ?)", account, number,
            now.milliseconds, outcome.rawValue, origin.address, origin.browser)
        // Failures push only failures out.
        try run(
            "DELETE FROM signin WHERE account = ? AND outcome NOT IN ('signedIn', 'passwordChosen') AND number <= ?", account,
            number - Int64(Self.historyLength))
        if outcome == .signedIn {
            try run("UPDATE account SET active_at = ?, noticed_at = NULL WHERE id = ?", now.milliseconds, account)
        }
        // Failures are in the history, which is bounded, and in the log: the trail, which only grows, is not a stranger's to fill.
        if outcome == .signedIn { try audit(.signedIn, account, by: Actor(account, address: origin.address), now: now) }
    }

    /// Throws `.noAccess` unless the session to replace is the account's, not over, and the account not disabled: a disabling
    /// that comes at the same moment wins.
    func requireSession(_ new: NewSession, account: String, now: Timestamp) throws {
        let isOpen = try any(
            """
            SELECT 1 FROM session JOIN account ON account.id = session.account
            WHERE session.key = ? AND account.id = ? AND expires_at > ? AND disabled_at IS NULL
            """, new.replacing?.hexadecimal ?? "", account, now.milliseconds)
        guard isOpen else { throw StoreError.noAccess }
    }

    fileprivate func useStep(_ step: Int64, account: String) throws -> Bool {
        try change(
            "UPDATE account SET totp_step = ?1 WHERE id = ?2 AND totp IS NOT NULL AND totp_step < ?1 AND disabled_at IS NULL", step,
            account) == 1
    }

    func setRecoveryCodes(_ codes: [Digest32], account: String) throws {
        try run("DELETE FROM recovery_code WHERE account = ?", account)
        for code in codes { try run("INSERT INTO recovery_code (account, code) VALUES (?, ?)", account, code.hexadecimal) }
    }
}
