import Glibc
import NIOPosix
import Synchronization

/// Two threads that hash passwords, off the event loops and a little below them in priority, so that pages stay fast (PERF-5).
/// A crowd gets in line; somebody who is known goes first; beyond the line's end one is asked to come back.
final class PasswordPool: Sendable {
    /// Too many wait.
    struct Busy: Error {}

    static let threads = 2
    static let queueLimit = 50
    /// Below the event loops: a page never waits for a hash.
    private static let niceness: CInt = 5

    private struct Line {
        var running = 0
        var known: [CheckedContinuation<Void, any Error>] = []
        var others: [CheckedContinuation<Void, any Error>] = []
    }

    private let pool = NIOThreadPool(numberOfThreads: PasswordPool.threads)
    private let line = Mutex(Line())
    private let random: @Sendable (Int) -> [UInt8]
    /// What unknown addresses are compared with, so that they take the same time (SEC-3).
    let dummy: String

    init(random: @escaping @Sendable (Int) -> [UInt8]) throws {
        self.random = random
        dummy = try Argon2.hash(random(32), salt: random(Argon2.saltBytes))
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    func hash(_ password: String) async throws -> String {
        let salt = random(Argon2.saltBytes)
        return try await run(isKnown: true) { try Argon2.hash(Array(password.utf8), salt: salt) }
    }

    /// Whether it is the password; with `nil` it never is, and takes as long.
    /// - Parameter isKnown: She signed in from there before, and goes first.
    func verify(_ password: String, against phc: String?, isKnown: Bool) async throws -> Bool {
        let stored = phc ?? dummy
        let matches = try await run(isKnown: isKnown) { try Argon2.verify(Array(password.utf8), against: stored) }
        return matches && phc != nil
    }

    private func run<Value: Sendable>(isKnown: Bool, _ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await enter(isKnown: isKnown)
        defer { leave() }
        return try await pool.runIfActive {
            _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
            return try work()
        }
    }

    private func enter(isKnown: Bool) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let answer: Result<Void, any Error>? = line.withLock { line in
                if line.running < Self.threads {
                    line.running += 1
                    return .success(())
                }
                // Each has a line of its own: a crowd of strangers cannot keep those out who are known.
                guard (isKnown ? line.known : line.others).count < Self.queueLimit else { return .failure(Busy()) }
                if isKnown { line.known.append(continuation) } else { line.others.append(continuation) }
                return nil
            }
            if let answer { continuation.resume(with: answer) }
        }
    }

    private func leave() {
        let next: CheckedContinuation<Void, any Error>? = line.withLock { line in
            if !line.known.isEmpty { return line.known.removeFirst() }
            if !line.others.isEmpty { return line.others.removeFirst() }
            line.running -= 1
            return nil
        }
        next?.resume()
    }
}
