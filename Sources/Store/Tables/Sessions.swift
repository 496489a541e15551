import GRDB

extension Database {
    /// Lets a session hold an assessment, and last until `expires`. A session that is over starts anew, holding nothing else.
    func grantAccess(to assessment: String, session: SessionKey, expires: Timestamp, now: Timestamp) throws {
        let key = session.hexadecimal
        try run("DELETE FROM session WHERE key = ? AND expires_at <= ?", key, now.milliseconds)
        try run(
            """
            INSERT INTO session (key, expires_at, lifetime, extended_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET
                expires_at = excluded.expires_at, lifetime = excluded.lifetime, extended_at = excluded.extended_at
            """, key, expires.milliseconds, expires.since(now), now.milliseconds)
        try run(
            "INSERT INTO access (session, assessment) VALUES (?, ?) ON CONFLICT (session, assessment) DO NOTHING", key, assessment)
    }

    /// Throws `.noAccess` unless the session is not over and holds the assessment.
    func requireAccess(_ session: SessionKey, to assessment: String, now: Timestamp) throws {
        guard try mayAccess(session, assessment, now: now) else { throw StoreError.noAccess }
    }

    func mayAccess(_ session: SessionKey, _ assessment: String, now: Timestamp) throws -> Bool {
        try any(
            """
            SELECT 1 FROM access JOIN session ON session.key = access.session
            WHERE access.session = ? AND access.assessment = ? AND session.expires_at > ?
            """, session.hexadecimal, assessment, now.milliseconds)
    }

    /// Prolongs a session until `expires`, by its own lifetime where that is `nil`; at most once an hour, and never shortens it.
    /// Done by writes only, so that reading a page writes nothing.
    func extend(_ session: SessionKey, until expires: Timestamp? = nil, now: Timestamp) throws {
        try run(
            """
            UPDATE session SET expires_at = COALESCE(?3, ?2 + lifetime), extended_at = ?2
            WHERE key = ?1 AND extended_at <= ?2 - 3600000 AND expires_at < COALESCE(?3, ?2 + lifetime)
            """, session.hexadecimal, now.milliseconds, expires?.milliseconds)
    }
}
