import GRDB

extension Store {
    /// Lets an organisation adopt an assessment that nobody adopted before. `keepsLink` says whether the private link goes on
    /// working; without it, everybody who came in by the link is shut out. Throws `.noAccess`.
    public func adopt(
        _ assessment: String, organisation: String, keepsLink: Bool, session: SessionKey, permit: @escaping Permit,
        memberPermit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            let standing = try db.require(permit, session, to: assessment, now: now)
            guard let account = standing.account, !standing.isAdopted else { throw StoreError.noAccess }
            try db.require(memberPermit, account: account, in: organisation)
            try db.run("UPDATE assessment SET organisation = ? WHERE id = ?", organisation, assessment)
            if !keepsLink {
                try db.run("UPDATE assessment SET link = NULL, link_made_at = NULL, link_kept_at = NULL WHERE id = ?", assessment)
                try db.run("DELETE FROM access WHERE assessment = ?", assessment)
                try db.endContributions(madeBy: Actor.visitor(address: "").id, to: assessment, now: now)
            }
            try db.extend(session, now: now)
            try db.audit(
                .assessmentAdopted, assessment, organisation: organisation, detail: keepsLink ? "link kept" : "link ended", by: actor,
                now: now)
        }
    }

    /// Begins an assessment that belongs to an organisation from the start: its members come to it by their role.
    /// Throws `.noAccess`, `.editionChanged`, `.assessmentExists`.
    public func begin(
        _ new: NewAssessment, organisation: String, account: String, permit: @escaping MemberPermit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, account: account, in: organisation)
            try db.insert(new, organisation: organisation, now: now)
            try db.audit(.assessmentBegun, new.id, organisation: organisation, by: actor, now: now)
        }
    }

    /// The assessments of an organisation, the last changed first.
    public func assessments(of organisation: String) throws -> [AssessmentSummary] {
        try read.once { db in
            try db.all(
                """
                SELECT id, questionnaire, assessment.edition, assessment.revision, created_at, assessment.changed_at, field.value,
                    number, reference, submitted_at, submission.revision
                FROM assessment LEFT JOIN submission ON submission.assessment = assessment.id
                    AND number = (SELECT max(number) FROM submission WHERE submission.assessment = assessment.id)
                LEFT JOIN field ON field.assessment = assessment.id AND field.name = 'firm.level'
                WHERE organisation = ? ORDER BY assessment.changed_at DESC, id
                """, organisation
            ) { row in
                let last =
                    row.isNull(7)
                    ? nil
                    : LastSubmission(
                        number: try row.count(7), reference: try row.text(8), at: try row.time(9), revision: try row.integer(10))
                return AssessmentSummary(
                    id: try row.text(0), questionnaire: try row.text(1), edition: try row.text(2), level: row.optionalText(6) ?? "",
                    revision: try row.integer(3), createdAt: try row.time(4), changedAt: try row.time(5), last: last)
            }
        }
    }
}
