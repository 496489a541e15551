import GRDB

extension Store {
    /// Begins an assessment, and opens the session for it. Records the edition when first answered.
    /// Throws `.editionChanged`, `.assessmentExists`.
    public func begin(_ new: NewAssessment, session: SessionKey, expires: Timestamp, now: Timestamp) async throws {
        try await writer.write { db in
            try db.recordEdition(of: new, now: now)
            guard try !db.any("SELECT 1 FROM assessment WHERE id = ?", new.id) else { throw StoreError.assessmentExists }
            try db.run(
                """
                INSERT INTO assessment (id, questionnaire, edition, language, revision, created_at, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
                """, new.id, new.questionnaire, new.edition, new.language, new.fields.isEmpty ? 0 : 1, now.milliseconds)
            for (name, value) in new.fields.sorted(by: { $0.key < $1.key }) {
                let field = StoredField(value: value, version: 1, form: "", changedAt: now)
                try db.write(field, name: name, assessment: new.id)
            }
            try db.grantAccess(to: new.id, session: session, expires: expires, now: now)
        }
    }

    /// One page's read: checks that the session may, and reads the assessment with all its fields.
    /// `nil` where the session is over or does not hold it, or where it does not exist: no difference.
    /// - Parameter spans: Which fields to read of a questionnaire's edition; `nil` for all of them.
    public func assessment(
        _ id: String, session: SessionKey, now: Timestamp, spans: (_ questionnaire: String, _ edition: String) -> [FieldSpan]? = { _, _ in nil }
    ) throws -> OpenAssessment? {
        try read { db in
            try db.first(
                """
                SELECT questionnaire, edition, language, revision, created_at, changed_at, link, link_made_at, link_kept_at
                FROM access JOIN session ON session.key = access.session JOIN assessment ON assessment.id = access.assessment
                WHERE access.session = ? AND access.assessment = ? AND session.expires_at > ?
                """, session.hexadecimal, id, now.milliseconds
            ) { row in
                let (questionnaire, edition) = (try row.text(0), try row.text(1))
                return OpenAssessment(
                    id: id, questionnaire: questionnaire, edition: edition, language: try row.text(2), revision: try row.integer(3),
                    createdAt: try row.time(4), changedAt: try row.time(5), link: row.link(from: 6),
                    fields: try db.fields(of: id, spans(questionnaire, edition)))
            }
        }
    }
}

extension Database {
    func revision(of assessment: String) throws -> Int64 {
        let revision = try first("SELECT revision FROM assessment WHERE id = ?", assessment) { try $0.integer(0) }
        guard let revision else { throw StoreError.noAccess }
        return revision
    }

    /// Counts a save that wrote something, and returns the new revision.
    func countRevision(of assessment: String, now: Timestamp) throws -> Int64 {
        try run("UPDATE assessment SET revision = revision + 1, changed_at = ? WHERE id = ?", now.milliseconds, assessment)
        return try revision(of: assessment)
    }
}

extension Columns {
    /// Three columns: link, link_made_at, link_kept_at.
    fileprivate func link(from column: Int) -> StoredLink? {
        guard let digest = optionalText(column).flatMap({ Digest32(hexadecimal: $0) }), let madeAt = optionalTime(column + 1) else {
            return nil
        }
        return StoredLink(digest: digest, madeAt: madeAt, keptAt: optionalTime(column + 2))
    }
}
