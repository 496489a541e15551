import Synchronization

/// How many files are in memory at once (SEC-16): each may have five megabytes.
final class UploadGate: Sendable {
    static let limit = 8

    private let count = Mutex(0)

    /// Lets one more in, until the pass goes; `nil` where all places are taken.
    func enter() -> Pass? {
        count.withLock { count in
            guard count < Self.limit else { return nil }
            count += 1
            return Pass(self)
        }
    }

    final class Pass: Sendable {
        private let gate: UploadGate

        fileprivate init(_ gate: UploadGate) { self.gate = gate }

        deinit { gate.count.withLock { $0 -= 1 } }
    }
}
