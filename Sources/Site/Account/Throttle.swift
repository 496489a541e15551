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

    /// How many seconds to wait before the next attempt; `nil` for none.
    func wait(_ what: String, from place: String, now: Timestamp) -> Int64? {
        entries.withLock { entries in
            guard let entry = entries[Self.key(what, place)], entry.freeAt > now else { return nil }
            // A clock that was set back must not lock anybody out (REL-19).
            let left = min(entry.freeAt.milliseconds - now.milliseconds, Self.longestWaitSeconds * 1_000)
            return (left + 999) / 1_000
        }
    }

    func failed(_ what: String, from place: String, now: Timestamp) {
        entries.withLock { entries in
            let key = Self.key(what, place)
            var entry = entries[key] ?? Entry(lastAt: now)
            if now.milliseconds - entry.lastAt.milliseconds > Self.memoryMilliseconds { entry.failures = 0 }
            entry.failures += 1
            entry.lastAt = now
            if entry.failures >= Self.freeFailures {
                let seconds = min(Int64(1) << min(entry.failures - Self.freeFailures, 20), Self.longestWaitSeconds)
                entry.freeAt = Timestamp(milliseconds: now.milliseconds + seconds * 1_000)
            }
            if entries.count >= Self.limit, entries[key] == nil { Self.makeRoom(&entries, now: now) }
            entries[key] = entry
        }
    }

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

    /// Of an IPv6 address the first 64 bits count: one household has all the others.
    private static func key(_ what: String, _ place: String) -> String {
        guard place.utf8.contains(UInt8(ascii: ":")) else { return "\(what) \(place)" }
        return "\(what) \(place.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":"))"
    }
}
