import GRDB
import GRDBSQLite
import Synchronization

/// The group commit: writes that wait together share one transaction and so one fsync (F5). Each runs inside a
/// savepoint of its own; a failing one is undone alone. All are answered after the COMMIT, or told that it failed.
final class Writer: Sendable {
    private struct Queue {
        var waiting: [any WaitingWrite] = []
        var isRunning = false
        var isClosed = false
    }

    private let connection: DatabaseQueue
    private let options: StoreOptions
    private let queue = Mutex(Queue())

    init(connection: DatabaseQueue, options: StoreOptions) {
        self.connection = connection
        self.options = options
    }

    /// Runs `work` in the next group commit and returns once it is on disk. A cancelled task is answered like any other:
    /// its write happens whole or not at all. Throws `.busy`, `.closed`, `.notSaved`, or what `work` throws.
    func write<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await enqueue(work, alone: false)
    }

    /// Runs `work` outside a transaction, between two group commits: for checkpoints.
    func alone<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        try await enqueue(work, alone: true)
    }

    /// How many writes wait and are not yet taken up.
    var waitingCount: Int { queue.withLock { $0.waiting.count } }

    /// Lets nothing more in, finishes what waits, and runs `last` on the writing connection.
    func close(_ last: @escaping @Sendable (Database) -> Void) async {
        let wasOpen = queue.withLock { queue in
            defer { queue.isClosed = true }
            return !queue.isClosed
        }
        guard wasOpen else { return }
        await withCheckedContinuation { continuation in
            connection.asyncWriteWithoutTransaction { db in
                self.drain(db)
                last(db)
                continuation.resume()
            }
        }
    }

    private func enqueue<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value, alone: Bool) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let write = Write(work: work, isAlone: alone, continuation: continuation)
            let (refusal, mustStart): (StoreError?, Bool) = queue.withLock { queue in
                if queue.isClosed { return (.closed, false) }
                if queue.waiting.count >= options.queueLimit { return (.busy, false) }
                queue.waiting.append(write)
                defer { queue.isRunning = true }
                return (nil, !queue.isRunning)
            }
            if let refusal { continuation.resume(throwing: refusal) }
            if mustStart { connection.asyncWriteWithoutTransaction { self.drain($0) } }
        }
    }

    /// Works until nothing waits. Runs on the writing connection's queue.
    private func drain(_ db: Database) {
        while let batch = nextBatch() {
            if let only = batch.first, only.isAlone { only.runAlone(db) } else { commit(batch, db) }
            checkpointWhenLong(db)
        }
    }

    private func nextBatch() -> [any WaitingWrite]? {
        queue.withLock { queue in
            guard let first = queue.waiting.first else {
                queue.isRunning = false
                return nil
            }
            let batch = first.isAlone ? queue.waiting.prefix(1) : queue.waiting.prefix(options.batchLimit).prefix { !$0.isAlone }
            queue.waiting.removeFirst(batch.count)
            return Array(batch)
        }
    }

    private func commit(_ batch: [any WaitingWrite], _ db: Database) {
        do {
            try db.leaveTransaction()
            try db.control("BEGIN IMMEDIATE")
            for write in batch { try write.run(db) }
            try db.control("COMMIT")
        } catch {
            let reason = NotSavedReason(error)
            // What cannot be undone now is undone before the next batch, which fails where it still cannot.
            do { try db.leaveTransaction() } catch { options.report(.notSaved(NotSavedReason(error), writes: 0)) }
            for write in batch { write.fail(.notSaved(reason)) }
            options.report(.notSaved(reason, writes: batch.count))
            return
        }
        for write in batch { write.answer() }
    }

    /// Copies the WAL into the database, after everybody was answered. Waits for readers only where the WAL would grow
    /// beyond its limit (REL-6). What was answered is safe in the WAL already, so a failure here waits for the next time.
    private func checkpointWhenLong(_ db: Database) {
        guard db.pagesWritten(reset: false) >= options.checkpointPages else { return }
        _ = db.pagesWritten(reset: true)
        do {
            let wal = try db.checkpoint(.passive)
            if Int64(wal.walFrameCount) * 4_096 >= options.walLimitBytes { try db.checkpoint(.truncate) }
        } catch {
            options.report(.checkpointFailed(detail: "\(NotSavedReason(error))"))
        }
    }
}

extension Database {
    /// Undoes a transaction that a failed statement or commit left open.
    fileprivate func leaveTransaction() throws { if isInsideTransaction { try rollback() } }

    /// Pages that this connection wrote to the WAL since the last reset.
    fileprivate func pagesWritten(reset: Bool) -> Int {
        var current: CInt = 0
        var highest: CInt = 0
        sqlite3_db_status(sqliteConnection, SQLITE_DBSTATUS_CACHE_WRITE, &current, &highest, reset ? 1 : 0)
        return Int(current)
    }
}
