import Synchronization

/// Values that are made when first asked for, and kept. For keys of which there are only so many.
final class MadeOnce<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let values = Mutex<[Key: Value]>([:])

    func value(_ key: Key, make: () -> Value) -> Value {
        if let made = values.withLock({ $0[key] }) { return made }
        let value = make()
        values.withLock { $0[key] = value }
        return value
    }
}
