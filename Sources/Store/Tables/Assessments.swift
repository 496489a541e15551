import GRDB

extension Store {
    /// Begins an assessment, and opens the session for it. Records the edition when first answered.
    /// Throws `.editionChanged`, `.assessmentExists`.
    public func begin(_ new: NewAssessment, session: SessionKey, expires: Timestamp, now: Timestamp) async throws {
        try await writer.write { db in
            try db.insert(new, now: now)
            try db.grantAccess(to: new.id, session: session, expires: expires, now: now)
        }
    }

    /// One page's read: how the browser stands to the assessment, and the assessment with its fields. One statement, and so of
    /// one moment. `nil` where the session is over, or where there is no such assessment: whether the standing is enough is
    /// for the caller to say.
    public func assessment(
        _ id: String, session: SessionKey, now: Timestamp, fields selection: FieldSelection = .all
    ) throws -> OpenAssessment? {
        try read.once { db in
            var open: OpenAssessment?
            var fields = [String: StoredField](minimumCapacity: 24)
            try db.each(
                """
                SELECT questionnaire, edition, language, revision, created_at, assessment.changed_at, link, link_made_at, link_kept_at,
                    assessment.organisation, session.account, session.is_half, access.session, membership.role,
                    (SELECT group_concat(id || sections, ';') FROM contribution_access
                        JOIN contribution ON contribution.id = contribution_access.contribution
                        WHERE contribution_access.session = ?1 AND assessment = ?2 AND withdrawn_at IS NULL
                            AND contribution.expires_at > ?3),
                    NULL, NULL, NULL, NULL, NULL, NULL
                FROM session JOIN assessment ON assessment.id = ?2
                LEFT JOIN access ON access.session = session.key AND access.assessment = assessment.id
                LEFT JOIN membership ON membership.account = session.account AND membership.organisation = assessment.organisation
                WHERE session.key = ?1 AND session.expires_at > ?3
                UNION ALL
                SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                    name, value, version, form, changed_at, author
                FROM field WHERE assessment = ?2 AND name >= ?4 AND name < ?5
                UNION ALL
                SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
                    name, value, version, form, changed_at, author
                FROM field WHERE assessment = ?2 AND name >= ?6 AND name < ?7
                """, session.hexadecimal, id, now.milliseconds, selection.one.first, selection.one.end, selection.other.first,
                selection.other.end
            ) { row in
                if row.isNull(Self.nameColumn) {
                    open = try row.assessment(id)
                } else {
                    fields[try row.text(Self.nameColumn)] = try row.field(from: Self.nameColumn + 1)
                }
            }
            open?.fields = fields
            return open
        }
    }

    private static let nameColumn = 15
}

extension Database {
    func insert(_ new: NewAssessment, organisation: String? = nil, now: Timestamp) throws {
        try recordEdition(of: new, now: now)
        guard try !any("SELECT 1 FROM assessment WHERE id = ?", new.id) else { throw StoreError.assessmentExists }
        try run(
            """
            INSERT INTO assessment (id, questionnaire, edition, language, revision, created_at, changed_at, organisation)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)
            """, new.id, new.questionnaire, new.edition, new.language, new.fields.isEmpty ? 0 : 1, now.milliseconds, organisation)
        for (name, value) in new.fields.sorted(by: { $0.key < $1.key }) {
            try write(StoredField(value: value, version: 1, form: "", changedAt: now, author: ""), name: name, assessment: new.id)
        }
    }

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
    /// Fifteen columns: questionnaire to link_kept_at, and the standing.
    fileprivate func assessment(_ id: String) throws -> OpenAssessment {
        OpenAssessment(
            id: id, questionnaire: try text(0), edition: try text(1), language: try text(2), revision: try integer(3),
            createdAt: try time(4), changedAt: try time(5), link: link(from: 6), organisation: optionalText(9),
            standing: try standing(from: 9), fields: [:])
    }

    /// Three columns: link, link_made_at, link_kept_at.
    fileprivate func link(from column: Int) -> StoredLink? {
        guard let digest = optionalText(column).flatMap({ Digest32(hexadecimal: $0) }), let madeAt = optionalTime(column + 1) else {
            return nil
        }
        return StoredLink(digest: digest, madeAt: madeAt, keptAt: optionalTime(column + 2))
    }
}
