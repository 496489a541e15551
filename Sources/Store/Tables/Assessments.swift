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
                INSERT INTO assessment (id, questionnaire, edition, level, language, revision, created_at, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
                """, new.id, new.questionnaire, new.edition, new.level, new.language, new.fields.isEmpty ? 0 : 1, now.milliseconds)
            for (name, value) in new.fields.sorted(by: { $0.key < $1.key }) {
                let field = StoredField(value: value, version: 1, form: "", changedAt: now)
                try db.write(field, name: name, assessment: new.id)
            }
            try db.grantAccess(to: new.id, session: session, expires: expires, now: now)
        }
    }

    /// One page's read: checks that the session may, and reads the assessment with all its fields.
    /// `nil` where the session is over or does not hold it, or where it does not exist: no difference.
    public func assessment(_ id: String, session: SessionKey, now: Timestamp) throws -> OpenAssessment? {
        try read { db in
            try db.first(
                """
                SELECT questionnaire, edition, level, language, sector, size_class, region, name, enterprise_number,
                    facts_completed, revision, created_at, changed_at, link, link_made_at, link_kept_at
                FROM access JOIN session ON session.key = access.session JOIN assessment ON assessment.id = access.assessment
                WHERE access.session = ? AND access.assessment = ? AND session.expires_at > ?
                """, session.hexadecimal, id, now.milliseconds
            ) { row in
                OpenAssessment(
                    id: id, questionnaire: try row.text(0), edition: try row.text(1), level: try row.text(2),
                    language: try row.text(3), facts: try row.facts(from: 4), revision: try row.integer(10),
                    createdAt: try row.time(11), changedAt: try row.time(12), link: row.link(from: 13),
                    fields: try db.fields(of: id), lastSubmission: try db.lastSubmission(of: id))
            }
        }
    }

    /// What the session holds, last changed first.
    public func assessments(session: SessionKey, now: Timestamp) throws -> [AssessmentSummary] {
        try read { db in
            try db.all(
                """
                SELECT id, questionnaire, edition, level, name, created_at, changed_at,
                    (SELECT COUNT(*) FROM submission WHERE submission.assessment = assessment.id)
                FROM access JOIN session ON session.key = access.session JOIN assessment ON assessment.id = access.assessment
                WHERE access.session = ? AND session.expires_at > ?
                ORDER BY changed_at DESC, id
                """, session.hexadecimal, now.milliseconds
            ) { row in
                AssessmentSummary(
                    id: try row.text(0), questionnaire: try row.text(1), edition: try row.text(2), level: try row.text(3),
                    name: try row.text(4), createdAt: try row.time(5), changedAt: try row.time(6), submissions: try row.count(7))
            }
        }
    }

    /// Writes the facts about the firm and the level. The revision grows where something changed. Throws `.noAccess`.
    public func saveFacts(
        _ facts: Facts, level: String, assessment: String, session: SessionKey, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.requireAccess(session, to: assessment, now: now)
            try db.run(
                """
                UPDATE assessment SET sector = ?2, size_class = ?3, region = ?4, name = ?5, enterprise_number = ?6,
                    facts_completed = ?7, level = ?8, revision = revision + 1, changed_at = ?9
                WHERE id = ?1 AND NOT (sector = ?2 AND size_class = ?3 AND region = ?4 AND name = ?5
                    AND enterprise_number = ?6 AND facts_completed = ?7 AND level = ?8)
                """, assessment, facts.sector, facts.sizeClass, facts.region, facts.name, facts.enterpriseNumber,
                facts.completed ? 1 : 0, level, now.milliseconds)
            try db.extend(session, now: now)
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
    /// Six columns: sector, size_class, region, name, enterprise_number, facts_completed.
    func facts(from column: Int) throws -> Facts {
        Facts(
            sector: try text(column), sizeClass: try text(column + 1), region: try text(column + 2), name: try text(column + 3),
            enterpriseNumber: try text(column + 4), completed: try flag(column + 5))
    }

    /// Three columns: link, link_made_at, link_kept_at.
    fileprivate func link(from column: Int) -> StoredLink? {
        guard let digest = optionalText(column).flatMap({ Digest32(hexadecimal: $0) }), let madeAt = optionalTime(column + 1) else {
            return nil
        }
        return StoredLink(digest: digest, madeAt: madeAt, keptAt: optionalTime(column + 2))
    }
}
