import GRDB

extension Database {
    /// Lets a session hold an assessment, and last until `expires`.
    func grantAccess(to assessment: String, session: SessionKey, expires: Timestamp, now: Timestamp) throws {
        try keep(session, until: expires, now: now)
        try run(
            "INSERT INTO access (session, assessment) VALUES (?, ?) ON CONFLICT (session, assessment) DO NOTHING",
            session.hexadecimal, assessment)
    }

    /// Begins a session without account, or makes it last until `expires`. One that is over starts anew, holding nothing.
    /// One that somebody signed in to keeps its own times.
    func keep(_ session: SessionKey, until expires: Timestamp, now: Timestamp) throws {
        let key = session.hexadecimal
        try run("DELETE FROM session WHERE key = ? AND expires_at <= ?", key, now.milliseconds)
        try run(
            """
            INSERT INTO session (key, expires_at, lifetime, extended_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (key) DO UPDATE SET
                expires_at = excluded.expires_at, lifetime = excluded.lifetime, extended_at = excluded.extended_at
            WHERE account IS NULL
            """, key, expires.milliseconds, expires.since(now), now.milliseconds)
    }

    /// Prolongs a session by its own lifetime, at most until its end; at most once in a twentieth of it, and never shortens it.
    /// Done by writes only, so that reading a page writes nothing.
    func extend(_ session: SessionKey, now: Timestamp) throws {
        try run(
            """
            UPDATE session SET expires_at = min(ends_at, ?2 + lifetime), extended_at = ?2
            WHERE key = ?1 AND extended_at <= ?2 - lifetime / 20 AND expires_at < min(ends_at, ?2 + lifetime)
            """, session.hexadecimal, now.milliseconds)
    }
}
