import GRDB

extension Store {
    /// What the ids in some rows of an organisation's audit trail stand for, as far as the organisation may know it. What was
    /// erased is missing.
    public func auditNames(of organisation: String, rows: ClosedRange<Int64>) throws -> AuditNames {
        try read { db in
            var names = AuditNames()
            for (id, name) in try db.auditPeople(organisation, rows) { names.names[id] = name }
            try db.each(
                """
                SELECT contribution.id, contribution.name FROM contribution JOIN assessment ON assessment.id = contribution.assessment
                WHERE assessment.organisation = ?1
                UNION ALL SELECT id, email FROM ticket WHERE ticket.organisation = ?1 AND purpose = 'invite'
                """, organisation
            ) { names.names[try $0.text(0)] = try $0.text(1) }
            try db.each("SELECT id, questionnaire FROM assessment WHERE organisation = ?", organisation) {
                names.questionnaires[try $0.text(0)] = try $0.text(1)
            }
            try db.each(
                """
                SELECT account.id FROM audit JOIN account ON account.id = audit.actor
                WHERE audit.organisation = ? AND audit.number BETWEEN ? AND ?
                """, organisation, rows.lowerBound, rows.upperBound
            ) { row in
                let id = try row.text(0)
                if names.names[id] == nil { names.staff.insert(id) }
            }
            return names
        }
    }
}

extension Database {
    /// The accounts in some rows that are in the organisation, joined it once, or made it; others' names are nobody's to know.
    fileprivate func auditPeople(_ organisation: String, _ rows: ClosedRange<Int64>) throws -> [(id: String, name: String)] {
        try all(
            """
            SELECT account.id, account.name FROM account WHERE id IN (
                SELECT actor FROM audit WHERE organisation = ?1 AND number BETWEEN ?2 AND ?3
                UNION SELECT object FROM audit WHERE organisation = ?1 AND number BETWEEN ?2 AND ?3)
            AND (EXISTS (SELECT 1 FROM membership WHERE membership.organisation = ?1 AND membership.account = account.id)
                OR EXISTS (SELECT 1 FROM audit WHERE audit.organisation = ?1
                    AND (action = 'memberJoined' AND object = account.id OR action = 'organisationMade' AND actor = account.id)))
            """, organisation, rows.lowerBound, rows.upperBound
        ) { (try $0.text(0), try $0.text(1)) }
    }
}
