import GRDB

/// What is left of an erased assessment.
public enum Erasure: Sendable, Hashable {
    /// Nothing, in any file of the data folder but copies that were made before.
    case complete
    /// The rows are gone and nothing shows them any more, but bytes of them may still be in the files: a long reader, such as
    /// a backup, or a full disk kept the sweep from finishing. The next sweep, at the latest at the next start, takes them.
    case tracesLeft
}

extension Store {
    /// Erases an assessment with everything that belongs to it, at once and for good (SEC-28); returns when no byte of it is
    /// left in the database's files. Sessions that hold nothing else end. Copies made before stay: backups, and
    /// `linchpin-before-….sqlite`. Throws `.noAccess`.
    @discardableResult
    public func erase(
        assessment: String, session: SessionKey, permit: @escaping Permit, by actor: Actor, now: Timestamp
    ) async throws -> Erasure {
        try await writer.write { db in
            try db.require(permit, session, to: assessment, now: now)
            try db.auditAssessment(.assessmentErased, assessment, of: assessment, by: actor, now: now)
            try db.erase(assessment)
        }
        return await sweeper.sweep()
    }
}

extension Database {
    func erase(_ assessment: String) throws {
        try run("INSERT INTO erasure (assessment) VALUES (?)", assessment)
        // A message that waits names whom it asks for help, and by whom.
        try run(
            """
            DELETE FROM outbox WHERE kind = 'contribute'
                AND EXISTS (SELECT 1 FROM contribution WHERE assessment = ? AND instr(facts, contribution.id) > 0)
            """, assessment)
        try run("DELETE FROM submission WHERE assessment = ?", assessment)
        try run("DELETE FROM field WHERE assessment = ?", assessment)
        try run(
            """
            DELETE FROM session WHERE key IN (SELECT session FROM access WHERE assessment = ?1)
                AND account IS NULL
                AND NOT EXISTS (SELECT 1 FROM access WHERE access.session = session.key AND access.assessment <> ?1)
                AND NOT EXISTS (SELECT 1 FROM contribution_access WHERE contribution_access.session = session.key)
            """, assessment)
        try run("DELETE FROM access WHERE assessment = ?", assessment)
        try run("DELETE FROM assessment WHERE id = ?", assessment)
        try run("DELETE FROM erasure WHERE assessment = ?", assessment)
        try oweSweep()
    }
}
