import GRDB

extension Store {
    /// Freezes an assessment (REL-13). The same form again gets the first result; an assessment that has another revision
    /// than the one that was scored is not submitted. Throws `.noAccess`, `.referenceTaken`.
    public func submit(
        _ new: NewSubmission, session: SessionKey, permit: @escaping Permit, by actor: Actor, now: Timestamp
    ) async throws -> SubmitOutcome {
        try await writer.write { db in
            try db.require(permit, session, to: new.assessment, now: now)
            if let first = try db.submission(form: new.formID, of: new.assessment) { return .replayed(first) }
            let revision = try db.revision(of: new.assessment)
            guard revision == new.revision else { return .changedMeanwhile(revision: revision) }
            guard try !db.any("SELECT 1 FROM submission WHERE reference = ?", new.reference) else { throw StoreError.referenceTaken }
            let number = (try db.lastSubmission(of: new.assessment)?.number ?? 0) + 1
            try db.insert(new, number: number, now: now)
            try db.extend(session, now: now)
            try db.auditAssessment(
                .assessmentConfirmed, new.assessment, of: new.assessment, detail: new.reference, by: actor, now: now)
            return .accepted(
                Submission(
                    number: number, reference: new.reference, at: now, edition: new.edition, level: new.level,
                    language: new.language, facts: new.facts, answers: new.answers, scorecard: new.scorecard, revision: revision))
        }
    }

    /// The newest submission of an assessment, in short; `nil` where there is none or the session may not see it.
    public func lastSubmission(of assessment: String, session: SessionKey, permit: Permit, now: Timestamp) throws -> LastSubmission? {
        try read { db in try db.may(permit, session, assessment, now: now) ? db.lastSubmission(of: assessment) : nil }
    }

    /// All submissions of an assessment, newest first; none where the session may not see it.
    public func submissions(of assessment: String, session: SessionKey, permit: Permit, now: Timestamp) throws -> [Submission] {
        try read { db in
            guard try db.may(permit, session, assessment, now: now) else { return [] }
            return try db.submissions(of: assessment)
        }
    }

    /// One submission of an assessment; `nil` where there is none or the session may not see it.
    public func submission(number: Int, of assessment: String, session: SessionKey, permit: Permit, now: Timestamp) throws -> Submission? {
        try read { db in
            guard try db.may(permit, session, assessment, now: now) else { return nil }
            return try db.first(
                Submission.select + "WHERE assessment = ? AND number = ?", assessment, number, decode: Submission.init(row:))
        }
    }
}

extension Database {
    /// Newest first.
    func submissions(of assessment: String) throws -> [Submission] {
        try all(
            Submission.select + "WHERE assessment = ? ORDER BY number DESC", assessment, decode: Submission.init(row:))
    }

    fileprivate func lastSubmission(of assessment: String) throws -> LastSubmission? {
        try first(
            """
            SELECT number, reference, submitted_at, revision FROM submission
            WHERE assessment = ? ORDER BY number DESC LIMIT 1
            """, assessment
        ) { row in
            LastSubmission(number: try row.count(0), reference: try row.text(1), at: try row.time(2), revision: try row.integer(3))
        }
    }

    fileprivate func submission(form: String, of assessment: String) throws -> Submission? {
        try first(
            Submission.select + "WHERE assessment = ? AND form = ?", assessment, form, decode: Submission.init(row:))
    }

    fileprivate func insert(_ new: NewSubmission, number: Int, now: Timestamp) throws {
        try run(
            """
            INSERT INTO submission (assessment, number, form, revision, reference, submitted_at, edition, level, language,
                sector, size_class, region, name, enterprise_number, answers, scorecard)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """, new.assessment, number, new.formID, new.revision, new.reference, now.milliseconds, new.edition, new.level,
            new.language, new.facts.sector, new.facts.sizeClass, new.facts.region, new.facts.name, new.facts.enterpriseNumber,
            new.answers, new.scorecard)
    }
}

extension Submission {
    fileprivate static let select: ConstantSQL = """
        SELECT number, reference, submitted_at, edition, level, language, sector, size_class, region, name,
            enterprise_number, answers, scorecard, revision
        FROM submission
        """

    fileprivate init(row: Columns) throws {
        self.init(
            number: try row.count(0), reference: try row.text(1), at: try row.time(2), edition: try row.text(3),
            level: try row.text(4), language: try row.text(5),
            facts: Facts(
                sector: try row.text(6), sizeClass: try row.text(7), region: try row.text(8), name: try row.text(9),
                enterpriseNumber: try row.text(10)),
            answers: try row.text(11), scorecard: try row.text(12), revision: try row.integer(13))
    }
}
