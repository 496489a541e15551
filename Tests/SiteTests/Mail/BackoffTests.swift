import Testing

@testable import Site

@Suite struct BackoffTests {
    @Test func `NOT-1: waits grow from a minute to a day, and the eighth attempt is the last`() {
        let minutes = (1...7).map { Backoff.wait(afterAttempts: $0).map { $0 / 60_000 } }
        #expect(minutes == [1, 5, 15, 60, 240, 1_440, 1_440])
        #expect(Backoff.wait(afterAttempts: 8) == nil)
        #expect(Backoff.wait(afterAttempts: .max) == nil)
    }

    @Test(arguments: [0, -1, .min]) func `what was never tried does not wait`(_ attempts: Int) {
        #expect(Backoff.wait(afterAttempts: attempts) == 0)
    }
}
