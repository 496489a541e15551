/// How long a message that could not be handed over waits for its next try (NOT-1).
enum Backoff {
    static let attempts = 8

    /// Milliseconds to wait after so many attempts; `nil` when the last has been made.
    static func wait(afterAttempts made: Int) -> Int64? {
        switch made {
        case ..<1: 0
        case 1: minute
        case 2: 5 * minute
        case 3: 15 * minute
        case 4: hour
        case 5: 4 * hour
        case ..<attempts: 24 * hour
        default: nil
        }
    }

    private static let minute: Int64 = 60_000
    private static let hour = 60 * minute
}
