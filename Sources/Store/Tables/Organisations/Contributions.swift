import GRDB

extension Store {
    /// Asks somebody without an account to fill in some sections. The same id again does nothing (REL-13). Throws `.noAccess`.
    public func ask(
        _ new: NewContribution, mail: NewMail? = nil, session: SessionKey, permit: @escaping Permit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, session, to: new.assessment, now: now)
            guard try !db.any("SELECT 1 FROM contribution WHERE id = ?", new.id) else { return }
            try db.run(
                """
                INSERT INTO contribution (id, assessment, token, sections, name, made_by, made_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, new.id, new.assessment, new.token.hexadecimal, " " + new.sections.joined(separator: " ") + " ", new.name, actor.id,
                now.milliseconds, new.expiresAt.milliseconds)
            if let mail { try db.insert(mail, now: now) }
            try db.extend(session, now: now)
            try db.auditAssessment(.contributorInvited, new.id, of: new.assessment, detail: new.assessment, by: actor, now: now)
        }
    }

    /// Everybody who was asked, newest first. Throws `.noAccess`.
    public func contributions(
        to assessment: String, session: SessionKey, permit: Permit, now: Timestamp
    ) throws -> [Contribution] {
        try read { db in
            try db.require(permit, session, to: assessment, now: now)
            return try db.contributions(to: assessment)
        }
    }

    /// What a link for a contributor is for, withdrawn and expired ones included; `nil` where there is none.
    public func contribution(_ token: Digest32) throws -> ContributionOffer? {
        try read.once { db in
            try db.first(
                """
                SELECT contribution.id, sections, contribution.name, made_at, expires_at, withdrawn_at, questionnaire, edition,
                    organisation.name, account.name
                FROM contribution JOIN assessment ON assessment.id = contribution.assessment
                LEFT JOIN organisation ON organisation.id = assessment.organisation
                LEFT JOIN account ON account.id = contribution.made_by
                WHERE token = ?
                """, token.hexadecimal
            ) { row in
                ContributionOffer(
                    contribution: try Contribution(row: row), questionnaire: try row.text(6), edition: try row.text(7),
                    organisation: row.optionalText(8), asker: row.optionalText(9))
            }
        }
    }

    /// One by its id, for who writes the message with its link; `nil` where it is gone.
    public func contribution(_ id: String) throws -> Contribution? {
        try read.once { db in
            try db.first(
                Contribution.select + "WHERE id = ?", id,
                decode: Contribution.init(row:))
        }
    }

    /// Opens a contributor's sections for a session. The assessment's id; `nil` for a link that is wrong, withdrawn or too old.
    public func open(contribution token: Digest32, session: SessionKey, expires: Timestamp, by actor: Actor, now: Timestamp) async throws
        -> String?
    {
        guard try read.once({ try $0.any("SELECT 1 FROM contribution WHERE token = ?", token.hexadecimal) }) else { return nil }
        return try await writer.write { db in
            let found = try db.first(
                "SELECT id, assessment FROM contribution WHERE token = ? AND withdrawn_at IS NULL AND expires_at > ?", token.hexadecimal,
                now.milliseconds
            ) { (id: try $0.text(0), assessment: try $0.text(1)) }
            guard let found else { return nil }
            try db.keep(session, until: expires, now: now)
            try db.run(
                "INSERT INTO contribution_access (session, contribution) VALUES (?, ?) ON CONFLICT (session, contribution) DO NOTHING",
                session.hexadecimal, found.id)
            try db.auditAssessment(
                .contributorOpened, found.id, of: found.assessment, detail: found.assessment, by: Actor(found.id, address: actor.address),
                now: now)
            return found.assessment
        }
    }

    /// Takes a contributor's link back, at once. Throws `.noAccess`.
    public func withdraw(
        contribution id: String, assessment: String, session: SessionKey, permit: @escaping Permit, by actor: Actor, now: Timestamp
    ) async throws {
        try await writer.write { db in
            try db.require(permit, session, to: assessment, now: now)
            let withdrawn = try db.change(
                "UPDATE contribution SET withdrawn_at = ? WHERE id = ? AND assessment = ? AND withdrawn_at IS NULL", now.milliseconds, id,
                assessment)
            guard withdrawn > 0 else { return }
            try db.run("DELETE FROM contribution_access WHERE contribution = ?", id)
            try db.auditAssessment(.contributorWithdrawn, id, of: assessment, detail: assessment, by: actor, now: now)
        }
    }

    /// Who wrote fields of an assessment: names by the ids that fields carry. Erased accounts are missing. Throws `.noAccess`.
    public func authors(of assessment: String, session: SessionKey, permit: Permit, now: Timestamp) throws -> [String: String] {
        try read { db in
            try db.require(permit, session, to: assessment, now: now)
            return try db.all(
                """
                SELECT id, name FROM account WHERE id IN (SELECT author FROM field WHERE assessment = ?1)
                UNION ALL SELECT id, name FROM contribution WHERE assessment = ?1
                """, assessment
            ) { (try $0.text(0), try $0.text(1)) }.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }
}

extension Database {
    /// Takes back the links that somebody made: `visitor` is whoever had the private link.
    func endContributions(madeBy maker: String, to assessment: String, now: Timestamp) throws {
        try run(
            """
            DELETE FROM contribution_access
            WHERE contribution IN (SELECT id FROM contribution WHERE assessment = ? AND made_by = ?)
            """, assessment, maker)
        try run(
            "UPDATE contribution SET withdrawn_at = ? WHERE assessment = ? AND made_by = ? AND withdrawn_at IS NULL", now.milliseconds,
            assessment, maker)
    }

    /// The same for all assessments of an organisation.
    func endContributions(madeBy maker: String, in organisation: String, now: Timestamp) throws {
        for id in try all("SELECT id FROM assessment WHERE organisation = ?", organisation, decode: { try $0.text(0) }) {
            try endContributions(madeBy: maker, to: id, now: now)
        }
    }

    /// Newest first.
    func contributions(to assessment: String) throws -> [Contribution] {
        try all(
            Contribution.select + "WHERE assessment = ? ORDER BY made_at DESC, id", assessment, decode: Contribution.init(row:))
    }
}

extension Contribution {
    static let select: ConstantSQL = """
        SELECT id, sections, name, made_at, expires_at, withdrawn_at FROM contribution
        """

    /// Six columns: id, sections, name, made_at, expires_at, withdrawn_at.
    init(row: Columns) throws {
        self.init(
            id: try row.text(0), sections: try row.text(1).split(separator: " ").map(String.init), name: try row.text(2),
            madeAt: try row.time(3), expiresAt: try row.time(4), withdrawnAt: row.optionalTime(5))
    }
}
