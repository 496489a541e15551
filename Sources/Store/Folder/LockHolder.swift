import Synchronization

/// A folder's lock that can be let go before its owner goes.
final class LockHolder: Sendable {
    private let lock: Mutex<FolderLock?>
    init(_ lock: FolderLock) { self.lock = Mutex(lock) }
    func release() { lock.withLock { $0 = nil } }
}
