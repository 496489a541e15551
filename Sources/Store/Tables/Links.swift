import GRDB

extension Store {
    /// Opens the assessment of a private link for a session, beside those it holds. `nil` for a wrong or revoked link.
    public func open(
        link: Digest32, session: SessionKey, expires: Timestamp, by actor: Actor = Actor("visitor"), now: Timestamp
    ) async throws -> String? {
        guard let id = try read({ db in try db.assessment(link: link) }) else { return nil }
        return try await writer.write { db in
            guard try db.assessment(link: link) == id else { return nil }
            try db.grantAccess(to: id, session: session, expires: expires, now: now)
            try db.auditAssessment(.linkOpened, id, of: id, by: actor, now: now)
            return id
        }
    }

    /// Notes in the audit trail who looked at results of organisations' assessments.
    public func note(_ looks: [Look]) async throws {
        try await writer.write { db in
            for look in looks { try db.auditAssessment(.resultSeen, look.assessment, of: look.assessment, by: look.actor, now: look.at) }
        }
    }

    /// Gives an assessment a private link, and so revokes the one before; `nil` only revokes. Who came in by the link before
    /// is shut out: only the calling session still holds the assessment. Throws `.noAccess`.
    public func setLink(
        _ token: Digest32?, assessment: String, session: SessionKey, permit: @escaping Permit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, session, to: assessment, now: now)
            try db.run(
                "UPDATE assessment SET link = ?, link_made_at = ?, link_kept_at = NULL WHERE id = ?",
                token?.hexadecimal, token == nil ? nil : now.milliseconds, assessment)
            try db.run("DELETE FROM access WHERE assessment = ? AND session <> ?", assessment, session.hexadecimal)
            // Of an organisation's assessment only members are left; otherwise whoever calls may have made them herself.
            if try db.isAdopted(assessment) { try db.endContributions(madeBy: Actor.visitor(address: "").id, to: assessment, now: now) }
            try db.extend(session, now: now)
            try db.auditAssessment(token == nil ? .linkWithdrawn : .linkMade, assessment, of: assessment, by: actor, now: now)
        }
    }

    /// Notes that the visitor kept the link, so that it is not shown again. Throws `.noAccess`.
    public func markLinkKept(assessment: String, session: SessionKey, permit: @escaping Permit, now: Timestamp) async throws {
        try await writer.write { db in
            try db.require(permit, session, to: assessment, now: now)
            try db.run(
                "UPDATE assessment SET link_kept_at = ? WHERE id = ? AND link IS NOT NULL AND link_kept_at IS NULL",
                now.milliseconds, assessment)
            try db.extend(session, now: now)
        }
    }
}

extension Database {
    fileprivate func assessment(link: Digest32) throws -> String? {
        try first("SELECT id FROM assessment WHERE link = ?", link.hexadecimal) { try $0.text(0) }
    }

    func isAdopted(_ assessment: String) throws -> Bool {
        try any("SELECT 1 FROM assessment WHERE id = ? AND organisation IS NOT NULL", assessment)
    }

    /// Adds a row to the audit trail of the organisation that adopted an assessment. Nobody answers to anybody for one that
    /// nobody adopted: nothing of it outlasts it.
    func auditAssessment(
        _ action: AuditAction, _ object: String, of assessment: String, detail: String = "", by actor: Actor, now: Timestamp
    ) throws {
        let organisation = try first("SELECT organisation FROM assessment WHERE id = ?", assessment) { $0.optionalText(0) }
        guard let organisation, let organisation else { return }
        try audit(action, object, organisation: organisation, detail: detail, by: actor, now: now)
    }
}
