import Synchronization

/// Names for requests, in the log and on error pages: not secret, and not given twice; random at the start, so that those of
/// the next start are others.
final class RequestIDs: Sendable {
    private let start: String
    private let count = Atomic<UInt64>(0)

    init(start: [UInt8]) { self.start = Base64URL.encode(start) }

    func next() -> String { "\(start)-\(count.wrappingAdd(1, ordering: .relaxed).newValue)" }
}
