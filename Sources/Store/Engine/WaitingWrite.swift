import GRDB
import Synchronization

/// One write of a group commit, whatever its result.
protocol WaitingWrite: Sendable {
    /// Whether it needs to run outside a transaction.
    var isAlone: Bool { get }
    /// Does the work inside a savepoint. Throws only when the whole transaction is lost.
    func run(_ db: Database) throws
    /// Does the work without transaction, and answers at once.
    func runAlone(_ db: Database)
    /// Tells the caller the result of `run`, after the COMMIT.
    func answer()
    /// Tells the caller that nothing was saved.
    func fail(_ error: StoreError)
}

final class Write<Value: Sendable>: WaitingWrite {
    let isAlone: Bool
    private let work: @Sendable (Database) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>
    private let result: Mutex<Result<Value, any Error>> = Mutex(.failure(StoreError.closed))

    init(
        work: @escaping @Sendable (Database) throws -> Value, isAlone: Bool, continuation: CheckedContinuation<Value, any Error>
    ) {
        self.work = work
        self.isAlone = isAlone
        self.continuation = continuation
    }

    func run(_ db: Database) throws {
        try db.control("SAVEPOINT piece")
        do {
            let value = try work(db)
            result.withLock { $0 = .success(value) }
            try db.control("RELEASE piece")
        } catch {
            // SQLite undoes the whole transaction itself on some faults; then all of it must be told so.
            guard db.isInsideTransaction else { throw error }
            try db.control("ROLLBACK TO piece")
            try db.control("RELEASE piece")
            result.withLock { $0 = .failure(Self.told(error)) }
        }
    }

    func runAlone(_ db: Database) {
        continuation.resume(with: Result { try work(db) }.mapError(Self.told))
    }

    func answer() { continuation.resume(with: result.withLock { $0 }) }

    func fail(_ error: StoreError) { continuation.resume(throwing: error) }

    private static func told(_ error: any Error) -> any Error { error is StoreError ? error : StoreError.notSaved(NotSavedReason(error)) }
}
