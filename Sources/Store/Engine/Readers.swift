import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// A few query-only connections for reads on the calling thread. (GRDB's `DatabasePool` costs half as much again as the
/// lookup of a page: it asks for the schema's version in a read of its own, and for who else reads.)
final class Readers: Sendable {
    private struct Pool {
        var idle: [DatabaseQueue] = []
        var isClosed = false
    }

    private let path: String
    private let limitMilliseconds: Int64
    private let free: DispatchSemaphore
    private let pool = Mutex(Pool())
    private let scans = DispatchQueue(label: "linchpin.scans")

    init(path: String, options: StoreOptions) {
        self.path = path
        limitMilliseconds = options.readLimitMilliseconds
        free = DispatchSemaphore(value: max(1, options.readers))
    }

    /// Reads in one consistent snapshot. Meant for lookups of microseconds: it waits on the calling thread where all
    /// connections are in use. Throws `.readTooSlow` when it takes longer than the limit.
    func callAsFunction<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try once { db in try db.snapshot { try body(db) } }
    }

    /// The same for a single statement, which needs no transaction to be of one moment.
    func once<Value>(_ body: (Database) throws -> Value) throws -> Value {
        free.wait()
        defer { free.signal() }
        do {
            let connection = try take()
            defer { giveBack(connection) }
            return try connection.unsafeRead { db in
                db.abort(after: Monotonic.milliseconds + limitMilliseconds)
                defer { db.neverAbort() }
                return try body(db)
            }
        } catch {
            throw StoreError(reading: error)
        }
    }

    /// The same on a thread of its own, for reads that go through many rows: one at a time, and no page waits for it.
    func scan<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            scans.async { continuation.resume(with: Result { try self(body) }) }
        }
    }

    /// Lets every connection go; one in use closes when its read is done.
    func close() { pool.withLock { $0 = Pool(isClosed: true) } }

    private func take() throws -> DatabaseQueue {
        let idle = try pool.withLock { pool in
            guard !pool.isClosed else { throw StoreError.closed }
            return pool.idle.popLast()
        }
        return try idle ?? Connections.reader(path)
    }

    private func giveBack(_ connection: DatabaseQueue) {
        pool.withLock { if !$0.isClosed { $0.idle.append(connection) } }
    }
}

extension Database {
    /// What `body` reads is of one moment.
    fileprivate func snapshot<Value>(_ body: () throws -> Value) throws -> Value {
        try run("BEGIN")
        do {
            let value = try body()
            try run("COMMIT")
            return value
        } catch {
            neverAbort()
            try rollback()
            throw error
        }
    }

    /// Interrupts statements of this connection once the monotonic clock passes `deadline`, in milliseconds.
    /// The context pointer is the deadline itself, so nothing has to be kept alive.
    fileprivate func abort(after deadline: Int64) {
        sqlite3_progress_handler(
            sqliteConnection, 20_000, { Int64(Int(bitPattern: $0)) < Monotonic.milliseconds ? 1 : 0 },
            UnsafeMutableRawPointer(bitPattern: Int(deadline)))
    }

    fileprivate func neverAbort() { sqlite3_progress_handler(sqliteConnection, 0, nil, nil) }
}
