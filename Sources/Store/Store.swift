import Dispatch
import GRDB

/// The database of one installation. One method is one transaction, named in the words of DESIGN.md; a method that
/// writes returns once the change is on disk. The verbs are in `Tables/`.
public final class Store: Sendable {
    /// What an operator should know.
    public let facts: StoreFacts
    public let key: InstallationKey
    let folder: DataFolder
    let read: Readers
    let writer: Writer
    let sweeper: Sweeper
    private let connection: DatabaseQueue
    private let lock: LockHolder
    private let report: @Sendable (StoreNotice) -> Void

    /// Opens the data folder, made on first use: takes its lock, checks the database, makes or migrates it.
    /// Throws a `StoreError` of the group "Opening"; then nothing was changed beyond what a migration before did.
    public static func open(folder: String, options: StoreOptions = .init()) throws -> Store {
        try open(folder: folder, options: options, migrations: Schema.migrations)
    }

    /// Whether there is a database in a folder.
    public static func exists(in path: String) -> Bool { Files.exists(DataFolder(path: path).database) }

    static func open(folder path: String, options: StoreOptions, migrations: [Migration]) throws -> Store {
        let folder = try DataFolder.prepare(path, allowsNetwork: options.allowsNetworkFileSystem)
        let lock = try FolderLock(folder: path)
        do {
            let fsync = try folder.fsyncMicroseconds()
            let opening = Opening(folder: folder, migrations: migrations)
            let connection = try opening.writer()
            // Not before: a folder that is refused is left as it was.
            let key = try InstallationKey.read(folder)
            let isNewKey = opening.newest >= 2 ? try connection.writeWithoutTransaction { try $0.isNew(key) } : false
            let facts = StoreFacts(
                sqliteVersion: SQLiteVersion.text, hasWALResetBug: SQLiteVersion.hasWALResetBug, fsyncMicroseconds: fsync,
                schemaVersion: opening.newest, hasNewKey: isNewKey, path: folder.database)
            return Store(facts: facts, key: key, folder: folder, connection: connection, options: options, lock: lock)
        } catch {
            throw StoreError(opening: folder.database, error)
        }
    }

    private init(
        facts: StoreFacts, key: InstallationKey, folder: DataFolder, connection: DatabaseQueue, options: StoreOptions, lock: FolderLock
    ) {
        self.facts = facts
        self.key = key
        self.folder = folder
        self.connection = connection
        self.lock = LockHolder(lock)
        report = options.report
        read = Readers(path: folder.database, options: options)
        writer = Writer(connection: connection, options: options)
        sweeper = Sweeper(writer: writer, report: options.report)
    }

    /// Finishes the waiting writes, moves the WAL into the database, and lets the folder go (REL-17). Later calls throw `.closed`.
    public func close() async {
        // What fails here is repaired at the next start: every answered write is in the WAL.
        await writer.close { [report] db in
            do {
                try db.run("PRAGMA optimize")
                try db.checkpoint(.truncate)
            } catch {
                report(.notClosedCleanly(detail: "\(error)"))
            }
        }
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [read, connection, lock, report] in
                read.close()
                do { try connection.close() } catch { report(.notClosedCleanly(detail: "\(error)")) }
                lock.release()
                continuation.resume()
            }
        }
    }

    /// Writes and reads a row through the same queue as everybody, for `/health/ready`.
    public func ready() async throws {
        try await writer.write { db in
            guard try db.change("UPDATE upkeep SET checks = checks + 1 WHERE id = 1") == 1 else {
                throw StoreError.corrupted(detail: "the row of upkeep is missing")
            }
        }
        _ = try read { try $0.first("SELECT checks FROM upkeep WHERE id = 1") { try $0.integer(0) } }
    }
}

extension Database {
    /// Whether the key differs from the one that accounts' second steps were made with; remembers it from now on.
    fileprivate func isNew(_ key: InstallationKey) throws -> Bool {
        let known = try first("SELECT key_check FROM upkeep WHERE id = 1") { try $0.text(0) } ?? ""
        guard known != key.check else { return false }
        try run("UPDATE upkeep SET key_check = ? WHERE id = 1", key.check)
        return try any("SELECT 1 FROM account WHERE totp IS NOT NULL")
    }
}
