import Glibc
import Store
import Synchronization

/// Slows down guessing (SEC-3): after five failures on one thing from one place the wait doubles, from one second to five
/// minutes. Nobody else waits: the right owner, elsewhere, never does. Kept in memory; a restart forgets it.
final class Throttle: Sendable {
    static let freeFailures = 5
    static let longestWaitSeconds: Int64 = 300
    /// Failures are forgotten after a day without one.
    private static let memoryMilliseconds = Timestamp.millisecondsPerDay
    private static let limit = 100_000

    private struct Entry {
        var failures = 0
        var freeAt = Timestamp(milliseconds: .min)
        var lastAt: Timestamp
    }

    private let entries = Mutex<[String: Entry]>([:])

    /// Counts an attempt before it is looked at, so that many at once count as many: `nil` where it may go on, else how many
    /// seconds to wait. What succeeds is taken back by `succeeded`.
    func attempt(_ what: String, from place: String, free: Int = Throttle.freeFailures, now: Timestamp) -> Int64? {
        entries.withLock { entries in
            let key = Self.key(what, place)
            var entry = entries[key] ?? Entry(lastAt: now)
            if entry.freeAt > now {
                // A clock that was set back must not lock anybody out (REL-19).
                return (min(entry.freeAt.milliseconds - now.milliseconds, Self.longestWaitSeconds * 1_000) + 999) / 1_000
            }
            if now.milliseconds - entry.lastAt.milliseconds > Self.memoryMilliseconds { entry.failures = 0 }
            entry.failures += 1
            entry.lastAt = now
            if entry.failures >= free {
                let seconds = min(Int64(1) << min(entry.failures - free, 20), Self.longestWaitSeconds)
                entry.freeAt = Timestamp(milliseconds: now.milliseconds + seconds * 1_000)
            }
            if entries.count >= Self.limit, entries[key] == nil { Self.makeRoom(&entries, now: now) }
            entries[key] = entry
            return nil
        }
    }

    /// Whether the wait has just begun, for something that counts from everywhere.
    func isFifth(_ what: String) -> Bool { entries.withLock { $0[Self.key(what, "")]?.failures == Self.freeFailures } }

    /// How many pairs of thing and place are remembered.
    var count: Int { entries.withLock(\.count) }

    func succeeded(_ what: String, from place: String) { entries.withLock { $0[Self.key(what, place)] = nil } }

    /// Forgets whoever waits for nothing, and where that frees little, those who have waited longest.
    private static func makeRoom(_ entries: inout [String: Entry], now: Timestamp) {
        entries = entries.filter { $0.value.freeAt > now }
        guard entries.count > limit / 2 else { return }
        let median = entries.values.map(\.lastAt).sorted()[entries.count / 2]
        entries = entries.filter { $0.value.lastAt > median }
    }

    private static func key(_ what: String, _ place: String) -> String { "\(what) \(network(of: place))" }

    /// Of an IPv6 address the first 64 bits count: one household has all the others.
    static func network(of address: String) -> String {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        return Base64URL.encode(withUnsafeBytes(of: &bytes) { Array($0.prefix(8)) })
    }
}
