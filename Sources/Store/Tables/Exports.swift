import GRDB

/// A field that somebody wrote, for the export of what is kept about her.
public struct WrittenField: Sendable, Hashable {
    public let assessment: String
    public let name: String
    public let value: String
    public let changedAt: Timestamp
}

/// All of one assessment, for the export of its organisation.
public struct AssessmentContents: Sendable {
    public let fields: [String: StoredField]
    public let submissions: [Submission]
    public let contributions: [Contribution]
}

extension Store {
    /// Leaves a row in the audit trail: an account's file was taken along.
    public func noteExport(account: String, by actor: Actor, now: Timestamp) async throws {
        try await writer.write { db in try db.audit(.accountExported, account, by: actor, now: now) }
    }

    /// The same for an organisation's, which its members see. Throws `.noAccess`.
    public func noteExport(
        organisation id: String, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, account: account, in: id)
            try db.audit(.organisationExported, id, organisation: id, by: actor, now: now)
        }
    }
}

/// Reads for exports. Each is bounded, so that the largest export takes no more memory than a page (SEC-28, PERF-6).
extension Store {
    /// Links for an account or by it, newest first.
    public func tickets(for account: Account, limit: Int = 1_000) throws -> [Ticket] {
        try read.once { db in
            try db.all(
                Ticket.select + "WHERE account = ?1 OR made_by = ?1 OR lower(email) = lower(?2) ORDER BY made_at DESC, id LIMIT ?3",
                account.id, account.email, limit, decode: Ticket.init(row:))
        }
    }

    /// The assessments that an account's sessions have opened, also as a contributor.
    public func opened(by account: String, limit: Int = 1_000) throws -> [String] {
        try read.once { db in
            try db.all(
                """
                SELECT assessment FROM access JOIN session ON session.key = access.session WHERE session.account = ?1
                UNION SELECT contribution.assessment FROM contribution_access
                    JOIN session ON session.key = contribution_access.session
                    JOIN contribution ON contribution.id = contribution_access.contribution WHERE session.account = ?1
                ORDER BY 1 LIMIT ?2
                """, account, limit
            ) { try $0.text(0) }
        }
    }

    /// What stands in an assessment that belongs to nobody else than those who opened it; empty where it does (by now). To who was
    /// only asked for some sections it is what was written by her link.
    public func fields(ofOpened assessment: String, by account: String) throws -> [String: StoredField] {
        try read { db in
            guard try db.any("SELECT 1 FROM assessment WHERE id = ? AND organisation IS NULL", assessment) else { return [:] }
            let fields = try db.fields(of: assessment, .all)
            let holds = try db.any(
                """
                SELECT 1 FROM access JOIN session ON session.key = access.session WHERE access.assessment = ? AND session.account = ?
                """, assessment, account)
            guard !holds else { return fields }
            let links = try db.all(
                """
                SELECT contribution.id FROM contribution_access JOIN session ON session.key = contribution_access.session
                    JOIN contribution ON contribution.id = contribution_access.contribution
                WHERE contribution.assessment = ? AND session.account = ?
                """, assessment, account
            ) { try $0.text(0) }
            return fields.filter { links.contains($0.value.author) }
        }
    }

    /// Whom an account asked to fill in sections, newest first.
    public func contributions(askedBy account: String, limit: Int = 1_000) throws -> [Contribution] {
        try read.once { db in
            try db.all(
                Contribution.select + "WHERE made_by = ? ORDER BY made_at DESC, id LIMIT ?", account, limit, decode: Contribution.init(row:)
            )
        }
    }

    /// Messages to an account that wait or failed.
    public func mailStates(to account: Account, limit: Int = 1_000) throws -> [MailState] {
        try read.once { db in
            try db.all(
                """
                SELECT id, kind, created_at, attempts, next_at, failed_at, detail FROM outbox
                WHERE account = ?1 OR lower(email) = lower(?2) ORDER BY created_at DESC, id LIMIT ?3
                """, account.id, account.email, limit, decode: MailState.init(row:))
        }
    }

    /// What an account wrote, in the order of assessments and names, behind a field that was read before.
    public func fields(writtenBy account: String, after last: WrittenField?, limit: Int) throws -> [WrittenField] {
        try read.once { db in
            try db.all(
                """
                SELECT assessment, name, value, changed_at FROM field
                WHERE author = ?1 AND author <> '' AND (assessment, name) > (?2, ?3) ORDER BY assessment, name LIMIT ?4
                """, account, last?.assessment ?? "", last?.name ?? "", limit
            ) { row in
                WrittenField(
                    assessment: try row.text(0), name: try row.text(1), value: try row.text(2), changedAt: try row.time(3))
            }
        }
    }

    /// Rows of the audit trail of what an account did, oldest first, behind a row that was read before.
    public func audit(by account: String, after number: Int64, limit: Int) throws -> [AuditEntry] {
        try read.once { db in
            try db.all(
                AuditEntry.select + "WHERE actor = ? AND audit.number > ? ORDER BY audit.number LIMIT ?", account, number, limit,
                decode: AuditEntry.init(row:))
        }
    }

    /// The same for what others did to it. From where is not hers to know.
    public func audit(about account: String, after number: Int64, limit: Int) throws -> [AuditEntry] {
        try read.once { db in
            try db.all(
                """
                SELECT number, at, actor, action, object, organisation, detail, NULL FROM audit
                WHERE object = ?1 AND actor <> ?1 AND number > ?2 ORDER BY number LIMIT ?3
                """, account, number, limit, decode: AuditEntry.init(row:))
        }
    }

    /// All of an assessment; `nil` where it does not belong to the organisation (any more).
    public func contents(of assessment: String, organisation: String) throws -> AssessmentContents? {
        try read { db in
            guard try db.any("SELECT 1 FROM assessment WHERE id = ? AND organisation = ?", assessment, organisation) else { return nil }
            return AssessmentContents(
                fields: try db.fields(of: assessment, .all), submissions: try db.submissions(of: assessment),
                contributions: try db.contributions(to: assessment))
        }
    }
}
