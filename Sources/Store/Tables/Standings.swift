import GRDB

extension Database {
    /// How a browser stands to an assessment; `nil` where its session is over or there is no such assessment.
    func standing(_ session: SessionKey, _ assessment: String, now: Timestamp) throws -> Standing? {
        try first(
            """
            SELECT assessment.organisation, session.account, session.is_half, access.session, membership.role,
                (SELECT group_concat(id || sections, ';') FROM contribution_access
                    JOIN contribution ON contribution.id = contribution_access.contribution
                    WHERE contribution_access.session = ?1 AND assessment = ?2 AND withdrawn_at IS NULL AND contribution.expires_at > ?3)
            FROM session JOIN assessment ON assessment.id = ?2
            LEFT JOIN access ON access.session = session.key AND access.assessment = assessment.id
            LEFT JOIN membership ON membership.account = session.account AND membership.organisation = assessment.organisation
            WHERE session.key = ?1 AND session.expires_at > ?3
            """, session.hexadecimal, assessment, now.milliseconds, decode: { try $0.standing(from: 0) })
    }

    /// Throws `.noAccess` unless the permit is given; returns the standing.
    @discardableResult
    func require(_ permit: Permit, _ session: SessionKey, to assessment: String, now: Timestamp) throws -> Standing {
        guard let standing = try standing(session, assessment, now: now), permit(standing) else { throw StoreError.noAccess }
        return standing
    }

    func may(_ permit: Permit, _ session: SessionKey, _ assessment: String, now: Timestamp) throws -> Bool {
        try standing(session, assessment, now: now).map(permit) ?? false
    }
}

extension Columns {
    /// Six columns: organisation, account, is_half, access, role, contributions ("id GOV ACC ;id …").
    func standing(from column: Int) throws -> Standing {
        var standing = Standing(holds: !isNull(column + 3), isAdopted: !isNull(column))
        if try !isNull(column + 1) && !flag(column + 2) {
            standing.account = optionalText(column + 1)
            standing.role = optionalText(column + 4).flatMap(MemberRole.init(rawValue:))
        }
        for contribution in optionalText(column + 5)?.split(separator: ";") ?? [] {
            let parts = contribution.split(separator: " ").map(String.init)
            for section in parts.dropFirst() { standing.sections[section] = parts.first }
        }
        return standing
    }
}
