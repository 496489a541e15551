import GRDB

/// A message that waits for the mail program.
public struct WaitingMail: Sendable, Hashable {
    public let id: String
    public let kind: String
    public let language: String
    public let email: String
    public let facts: [String: String]
    public let ticket: String?
    public let createdAt: Timestamp
    /// How often it was tried.
    public let attempts: Int
}

/// Where a message stands, for administrators: to whom and about what stays out.
public struct MailState: Sendable, Hashable {
    public let id: String
    public let kind: String
    public let createdAt: Timestamp
    public let attempts: Int
    public let nextAt: Timestamp?
    public let failedAt: Timestamp?
    /// What the mail program said last.
    public let detail: String
}

/// What became of handing a message over.
public enum MailOutcome: Sendable, Hashable {
    case sent
    case later(at: Timestamp, detail: String)
    case failed(detail: String)
}

extension Store {
    /// Messages that are due, oldest first.
    public func dueMail(now: Timestamp, limit: Int = 20) throws -> [WaitingMail] {
        try read.once { db in
            try db.all(
                """
                SELECT id, kind, language, email, facts, ticket, created_at, attempts FROM outbox
                WHERE next_at <= ? ORDER BY next_at, created_at, id LIMIT ?
                """, now.milliseconds, limit
            ) { row in
                WaitingMail(
                    id: try row.text(0), kind: try row.text(1), language: try row.text(2), email: try row.text(3),
                    facts: MailFacts.facts(try row.text(4)), ticket: row.optionalText(5), createdAt: try row.time(6),
                    attempts: try row.count(7))
            }
        }
    }

    /// Notes what became of a message. A sent one goes at once: nobody needs the address any more.
    public func note(_ outcome: MailOutcome, mail id: String, now: Timestamp) async throws {
        try await writer.write { db in
            switch outcome {
            case .sent: try db.run("DELETE FROM outbox WHERE id = ?", id)
            case .later(let next, let detail):
                try db.run(
                    "UPDATE outbox SET attempts = attempts + 1, next_at = ?, detail = ? WHERE id = ?", next.milliseconds, detail, id)
            case .failed(let detail):
                try db.run(
                    "UPDATE outbox SET attempts = attempts + 1, next_at = NULL, failed_at = ?, detail = ? WHERE id = ?", now.milliseconds,
                    detail, id)
            }
        }
    }

    /// What waits and what failed, newest first.
    public func mailStates(limit: Int = 100) throws -> [MailState] {
        try read.once { db in
            try db.all(
                "SELECT id, kind, created_at, attempts, next_at, failed_at, detail FROM outbox ORDER BY created_at DESC, id LIMIT ?", limit,
                decode: MailState.init(row:))
        }
    }
}

extension MailState {
    /// Seven columns: id, kind, created_at, attempts, next_at, failed_at, detail.
    init(row: Columns) throws {
        self.init(
            id: try row.text(0), kind: try row.text(1), createdAt: try row.time(2), attempts: try row.count(3),
            nextAt: row.optionalTime(4), failedAt: row.optionalTime(5), detail: try row.text(6))
    }
}
