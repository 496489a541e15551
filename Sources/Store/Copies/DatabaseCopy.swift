import GRDB

/// A verified copy of a database, made by `VACUUM INTO` on a connection that neither writes nor checkpoints (REL-4).
struct DatabaseCopy {
    let source: DatabaseQueue

    /// Makes the copy under a temporary name beside `path`, and moves it there once it is on disk and sound.
    /// Returns its SHA-256.
    @discardableResult
    func write(to path: String, replacing: Bool = false) throws -> Digest32 {
        guard replacing || !Files.exists(path) else { throw StoreError.fileExists(path: path) }
        let partial = path + ".partial"
        try Files.remove(partial)
        try Files.makeEmpty(partial)
        do {
            let counts = try fill(partial)
            try Files.sync(partial)
            try verify(partial, counts: counts)
            let digest = try Files.digest(partial)
            guard replacing || !Files.exists(path) else { throw StoreError.fileExists(path: path) }
            try Files.move(partial, to: path)
            try Files.sync(Files.parent(of: path) ?? ".")
            return digest
        } catch {
            try Files.remove(partial)
            throw error
        }
    }

    /// Returns the rows per table, where nobody wrote meanwhile; else they cannot be compared.
    private func fill(_ path: String) throws -> [String: Int64]? {
        try source.inDatabase { db in
            let before = try db.dataVersion()
            let counts = try db.rowCounts()
            try db.run("VACUUM INTO ?", path)
            return try before == db.dataVersion() ? counts : nil
        }
    }

    private func verify(_ path: String, counts: [String: Int64]?) throws {
        let copy = try Connections.observer(path)
        try copy.inDatabase { db in
            try db.check("PRAGMA integrity_check(1)")
            guard try counts == nil || counts == db.rowCounts() else {
                throw StoreError.notABackup(path: path, reason: "the copy has other row counts than the database")
            }
        }
        try copy.close()
    }
}

extension Database {
    /// Changes when another connection wrote.
    fileprivate func dataVersion() throws -> Int64? { try first("PRAGMA data_version") { try $0.integer(0) } }

    /// The number of rows per table of ours.
    func rowCounts() throws -> [String: Int64] {
        let counts = try all(
            """
            SELECT 'edition', COUNT(*) FROM edition UNION ALL SELECT 'assessment', COUNT(*) FROM assessment
            UNION ALL SELECT 'field', COUNT(*) FROM field UNION ALL SELECT 'session', COUNT(*) FROM session
            UNION ALL SELECT 'access', COUNT(*) FROM access UNION ALL SELECT 'submission', COUNT(*) FROM submission
            """
        ) { (try $0.text(0), try $0.integer(1)) }
        guard try any("SELECT 1 FROM sqlite_schema WHERE name = 'account'") else { return Dictionary(counts) { _, last in last } }
        let more = try all(
            """
            SELECT 'account', COUNT(*) FROM account UNION ALL SELECT 'organisation', COUNT(*) FROM organisation
            UNION ALL SELECT 'membership', COUNT(*) FROM membership UNION ALL SELECT 'ticket', COUNT(*) FROM ticket
            UNION ALL SELECT 'contribution', COUNT(*) FROM contribution UNION ALL SELECT 'outbox', COUNT(*) FROM outbox
            UNION ALL SELECT 'audit', COUNT(*) FROM audit
            """
        ) { (try $0.text(0), try $0.integer(1)) }
        return Dictionary(counts + more) { _, last in last }
    }
}
