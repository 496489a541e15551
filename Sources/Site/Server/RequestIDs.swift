import Synchronization

/// Names for requests, in the log and on error pages: not secret, and never the same twice, even after a restart.
final class RequestIDs: Sendable {
    private let start: String
    private let count = Atomic<UInt64>(0)

    init(start: [UInt8]) { self.start = Base64URL.encode(start) }

    func next() -> String { "\(start)-\(count.wrappingAdd(1, ordering: .relaxed).newValue)" }
}
