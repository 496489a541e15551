import GRDB
import GRDBSQLite

/// How connections are set up. Exactly one in the whole process may write and checkpoint (REL-1).
enum Connections {
    /// The one connection that writes.
    static func writer(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = "linchpin.writer"
        configuration.journalMode = .wal
        configuration.busyMode = .timeout(5)
        // A transaction that cannot be rolled back would stop the process otherwise; `Writer` deals with it.
        configuration.allowsUnsafeTransactions = true
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA secure_delete = ON")
            // REPLACE would go round the triggers of `submission` otherwise.
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // `Writer` checkpoints after it has answered, not in between.
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        // GRDB sets NORMAL in WAL mode, after `prepareDatabase`: a power cut could take acknowledged saves.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        return queue
    }

    /// A connection that serves reads.
    static func reader(_ path: String) throws -> DatabaseQueue {
        try readOnly(path, label: "linchpin.reader") { try $0.execute(sql: "PRAGMA query_only = 1") }
    }

    /// A connection for looking at a file and for copying it: it writes into the copy only.
    static func observer(_ path: String) throws -> DatabaseQueue { try readOnly(path, label: "linchpin.observer") { _ in } }

    private static func readOnly(
        _ path: String, label: String, prepare: @escaping @Sendable (Database) throws -> Void
    ) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.label = label
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try prepare(db)
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }
}
