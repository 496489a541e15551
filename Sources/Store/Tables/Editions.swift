import GRDB

extension Store {
    /// The editions that were answered, each with the checksum that it had then. An edition answered once never changes.
    public func knownEditions() throws -> [KnownEdition] {
        try read { db in
            try db.all("SELECT questionnaire, edition, checksum FROM edition ORDER BY questionnaire, edition") { row in
                KnownEdition(questionnaire: try row.text(0), edition: try row.text(1), checksum: try row.text(2))
            }
        }
    }
}

extension Database {
    /// Records an edition when first answered. Throws `.editionChanged` where it was answered with another checksum.
    func recordEdition(of new: NewAssessment, now: Timestamp) throws {
        try run(
            """
            INSERT INTO edition (questionnaire, edition, checksum, recorded_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (questionnaire, edition) DO NOTHING
            """, new.questionnaire, new.edition, new.checksum, now.milliseconds)
        let old = try first(
            "SELECT checksum FROM edition WHERE questionnaire = ? AND edition = ?", new.questionnaire, new.edition
        ) { try $0.text(0) }
        guard old == new.checksum else { throw StoreError.editionChanged(old: old ?? "", new: new.checksum) }
    }
}
