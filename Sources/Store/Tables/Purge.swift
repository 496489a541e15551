import GRDB

/// What a purge removed, and whom it had told.
public struct Purged: Sendable, Hashable {
    public var sessions = 0
    public var assessments = 0
    public var accounts = 0
    /// Owners of accounts who were told that these will go.
    public var notices = 0
}

/// The message that tells the owner of an account when it will go.
public typealias RetentionNotice = @Sendable (_ account: Account, _ end: Timestamp) -> NewMail?

extension Store {
    /// Removes what has reached the end of its time (`Retention`), and traces that an erasure could not take out. Each thing
    /// goes in a write of its own, which looks at it again: saves come in between.
    /// - Parameter notice: `nil` where the service sends no mail. Where it does, no account goes without one.
    ///
    /// A cancelled one stops between two things; the next one goes on.
    @discardableResult
    public func purge(now: Timestamp, notice: RetentionNotice? = nil) async throws -> Purged {
        var purged = Purged()
        purged.sessions = try await writer.write { try $0.change("DELETE FROM session WHERE expires_at <= ?", now.milliseconds) }
        for id in try read({ try $0.untouchedAssessments(now: now) + $0.idleAssessments(now: now) }) {
            try Task.checkCancellation()
            if try await writer.write({ try $0.purge(assessment: id, now: now) }) { purged.assessments += 1 }
        }
        for id in try read({ try $0.idleAccounts(now: now) }) {
            try Task.checkCancellation()
            switch try await writer.write({ try $0.purge(account: id, notice: notice, now: now) }) {
            case .kept: break
            case .told: purged.notices += 1
            case .erased: purged.accounts += 1
            }
        }
        try await purgeTraces(now: now)
        if try read({ try $0.isSweepOwed() }) { _ = await sweeper.sweep() }
        return purged
    }

    private func purgeTraces(now: Timestamp) async throws {
        let linkEnd = now.adding(days: -Retention.linkDays).milliseconds
        try await writer.write { try $0.run("DELETE FROM outbox WHERE failed_at <= ?", linkEnd) }
        try await writer.write { try $0.run("DELETE FROM ticket WHERE expires_at <= ?", linkEnd) }
        let signInEnd = now.adding(days: -Retention.signInDays).milliseconds
        try await inParts {
            try $0.change(
                "DELETE FROM signin WHERE (account, number) IN (SELECT account, number FROM signin WHERE at <= ? LIMIT ?)", signInEnd,
                Self.part)
        }
        let addressEnd = now.adding(months: -Retention.addressMonths).milliseconds
        // Rows are numbered in the order of their times, so the oldest addresses are the first.
        try await inParts {
            try $0.change(
                """
                DELETE FROM audit_origin WHERE number IN (SELECT number FROM audit_origin ORDER BY number LIMIT ?2)
                    AND (SELECT at FROM audit WHERE audit.number = audit_origin.number) <= ?1
                """, addressEnd, Self.part)
        }
    }

    /// The most rows that one write removes.
    private static let part = 1_000

    private func inParts(_ remove: @escaping @Sendable (Database) throws -> Int) async throws {
        while try await writer.write(remove) == Self.part {}
    }
}

extension Database {
    fileprivate func untouchedAssessments(now: Timestamp) throws -> [String] {
        try all(
            """
            SELECT id FROM assessment
            WHERE changed_at <= ? AND organisation IS NULL
                AND NOT EXISTS (SELECT 1 FROM submission WHERE submission.assessment = assessment.id)
                AND NOT EXISTS (SELECT 1 FROM field WHERE field.assessment = assessment.id AND field.form <> '')
            """, now.adding(days: -Retention.untouchedDays).milliseconds
        ) { try $0.text(0) }
    }

    fileprivate func idleAssessments(now: Timestamp) throws -> [String] {
        try all(
            "SELECT id FROM assessment WHERE changed_at <= ? AND organisation IS NULL",
            now.adding(months: -Retention.months).milliseconds
        ) { try $0.text(0) }
    }

    /// False where it was changed, adopted or erased meanwhile.
    fileprivate func purge(assessment id: String, now: Timestamp) throws -> Bool {
        let isDue = try any(
            """
            SELECT 1 FROM assessment WHERE id = ?1 AND organisation IS NULL AND (changed_at <= ?2 OR changed_at <= ?3
                AND NOT EXISTS (SELECT 1 FROM submission WHERE submission.assessment = ?1)
                AND NOT EXISTS (SELECT 1 FROM field WHERE field.assessment = ?1 AND field.form <> ''))
            """, id, now.adding(months: -Retention.months).milliseconds, now.adding(days: -Retention.untouchedDays).milliseconds)
        if isDue { try erase(id) }
        return isDue
    }
}
