import GRDB

/// What is done to a database file before it serves.
struct Opening {
    let folder: DataFolder
    let migrations: [Migration]

    var newest: Int { migrations.last?.number ?? 0 }

    /// Checks the file without changing it, makes or migrates it, and opens the writing connection.
    func writer() throws -> DatabaseQueue {
        let found = try inspect()
        if found == nil { try create() }
        if let found, found > 0, found < newest { try saveBefore(migratingTo: found + 1) }
        let writer = try Connections.writer(folder.database)
        for migration in migrations where migration.number > found ?? 0 { try run(migration, writer) }
        try writer.writeWithoutTransaction { db in
            // What an interrupted process left in the WAL goes into the database, and out of the WAL (SEC-28).
            try db.checkpoint(.truncate)
            if try db.isSweepOwed() { try db.sweep() }
        }
        return writer
    }

    /// The file's schema version; `nil` where there is no file yet. Reads only, and refuses what must not be opened.
    private func inspect() throws -> Int? {
        guard Files.exists(folder.database) else {
            guard !Files.exists(folder.restoring) else {
                throw StoreError.cannotOpen(path: folder.database, reason: "a restore was interrupted; run restore again")
            }
            guard Files.size(folder.database + "-wal") == 0 else {
                throw StoreError.cannotOpen(path: folder.database, reason: "it is missing, yet its -wal is there; restore a backup")
            }
            return nil
        }
        guard Files.size(folder.database) > 0 else { return 0 }
        let queue = try Connections.observer(folder.database)
        let version = try queue.read { db in
            let found = try db.fileVersion()
            guard found.version <= newest else { throw StoreError.newerSchema(found: found.version, supported: newest) }
            guard found.isOurs || found.version == 0 else {
                throw StoreError.cannotOpen(path: folder.database, reason: "this is the database of another program")
            }
            try db.check("PRAGMA quick_check(1)")
            return found.version
        }
        try queue.close()
        return version
    }

    private func create() throws {
        try Files.makeEmpty(folder.database)
        try Files.sync(folder.path)
    }

    /// A copy of an older file, for going back (REL-18). One of an earlier attempt is replaced.
    private func saveBefore(migratingTo number: Int) throws {
        let path = folder.beforeMigration(number)
        let queue = try Connections.observer(folder.database)
        try DatabaseCopy(source: queue).write(to: path, replacing: true)
        try queue.close()
    }

    private func run(_ migration: Migration, _ writer: DatabaseQueue) throws {
        do {
            try writer.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for statement in migration.statements { try db.run(statement) }
                    return .commit
                }
            }
        } catch {
            throw StoreError.migrationFailed(number: migration.number, reason: (error as? DatabaseError)?.plainDetail ?? "\(error)")
        }
    }
}

extension Database {
    /// The number of the last migration, and whether the file bears our mark.
    func fileVersion() throws -> (version: Int, isOurs: Bool) {
        let version = try first("PRAGMA user_version") { try $0.count(0) } ?? 0
        let mark = try first("PRAGMA application_id") { try $0.integer(0) }
        return (version, mark == Schema.applicationID)
    }

    /// Runs `quick_check(1)` or `integrity_check(1)`, and throws `.corrupted` with the first finding.
    func check(_ pragma: ConstantSQL) throws {
        let finding = try first(pragma) { try $0.text(0) } ?? "no answer"
        guard finding == "ok" else { throw StoreError.corrupted(detail: finding) }
    }
}
