import Synchronization

/// How many files are in memory at once (SEC-16): each may have five megabytes.
final class UploadGate: Sendable {
    static let limit = 8
    /// From one network: whoever holds these leaves the others to everybody else.
    static let limitOfOne = 4

    private let places = Mutex<[String: Int]>([:])

    /// Lets one more in, until the pass goes; `nil` where all places are taken.
    func enter(from address: String) -> Pass? {
        let network = Throttle.network(of: address)
        return places.withLock { places in
            guard places.values.reduce(0, +) < Self.limit, places[network, default: 0] < Self.limitOfOne else { return nil }
            places[network, default: 0] += 1
            return Pass(self, network)
        }
    }

    final class Pass: Sendable {
        private let gate: UploadGate
        private let network: String

        fileprivate init(_ gate: UploadGate, _ network: String) {
            self.gate = gate
            self.network = network
        }

        deinit {
            gate.places.withLock { places in
                let left = (places[network] ?? 1) - 1
                places[network] = left > 0 ? left : nil
            }
        }
    }
}
