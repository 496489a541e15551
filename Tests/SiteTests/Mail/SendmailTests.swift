import Foundation
import Testing

@testable import Site

/// With shell scripts as the mail program.
@Suite struct SendmailTests {
    @Test func `the message, its addresses and the program's own arguments arrive as they are`() async throws {
        let program = try Program("printf '%s\\n' \"$@\" > \"$0.arguments\"; cat > \"$0.input\"; echo noise; echo noise >&2")
        let message = MailMessage.sample(
            sender: "-$(touch x)@test.example", to: "-oQ/tmp@supplier.example", subject: "Größe", body: ".\nx\n")
        let allowed = MailMessage.sample(sender: "-$HOME@test.example", to: message.to, subject: message.subject, body: message.body)
        #expect(try await program.hand(message) == .refused("The sender's address is not a plain name@domain."))
        #expect(try await program.hand(allowed, options: "  -C /etc/x;y  $HOME ") == .handed)
        #expect(try program.file("input") == allowed.text)
        #expect(
            try program.file("arguments")
                == "-C\n/etc/x;y\n$HOME\n-i\n-f\n-$HOME@test.example\n--\n-oQ/tmp@supplier.example\n")
    }

    @Test func `a large message arrives whole`() async throws {
        let program = try Program("cat > \"$0.input\"")
        #expect(try await program.hand(.large) == .handed)
        #expect(try program.file("input") == MailMessage.large.text)
    }

    @Test(arguments: [0, 75, 78]) func `a program that reads nothing of a large message has its say`(_ code: Int32) async throws {
        #expect(try await Program("exec <&-; exit \(code)").hand(.large) == (code == 0 ? .handed : .later("Exit \(code)")))
    }

    @Test func `exit 75 means later, exit 67 means never, with what the program says`() async throws {
        #expect(try await Program("echo 'try again' >&2; echo later >&2; exit 75").hand() == .later("Exit 75; try again; later"))
        #expect(try await Program("echo 'nobody here' >&2; exit 67").hand() == .refused("Exit 67; nobody here"))
    }

    @Test func `a program that writes three megabytes is heard and can end`() async throws {
        let outcome = try await Program("head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 75").hand()
        #expect(outcome == .later("Exit 75; " + String(repeating: "x", count: 291)))
    }

    @Test func `a program that sleeps is killed at the limit with everything it started`() async throws {
        let program = try Program("sleep 987 & echo $! > \"$0.child\"; sleep 987; exit 0")
        let outcome = try await program.hand(timeLimit: .seconds(0.3))
        #expect(outcome == .later("The mail program took longer than 0.3 seconds and was killed."))
        #expect(try await program.hasEnded("child"))
    }

    @Test func `a program that ignores polite signals is killed too`() async throws {
        let outcome = try await Program("trap '' TERM INT HUP; while :; do sleep 0.05; done").hand(timeLimit: .seconds(0.3))
        #expect(outcome == .later("The mail program took longer than 0.3 seconds and was killed."))
    }

    @Test func `a program that writes without end is killed too`() async throws {
        let outcome = try await Program("while :; do echo more >&2; done").hand(timeLimit: .seconds(0.3))
        #expect(outcome == .later("The mail program took longer than 0.3 seconds and was killed."))
    }

    @Test func `a cancelled task ends the program`() async throws {
        let program = try Program("echo $$ > \"$0.self\"; exec sleep 987")
        let task = Task { try await program.hand() }
        while (try? program.file("self").isEmpty) ?? true { try await Task.sleep(for: .milliseconds(10)) }
        task.cancel()
        #expect(try await task.value == .later("The service stopped before the mail program had ended."))
        #expect(try await program.hasEnded("self"))
    }

    @Test func `a task that is cancelled already starts no program`() async throws {
        let program = try Program("touch \"$0.ran\"")
        let task = Task {
            try? await Task.sleep(for: .seconds(60))
            return try await program.hand()
        }
        task.cancel()
        #expect(try await task.value == .later("The service stopped before the mail program had ended."))
        #expect(throws: (any Error).self) { try program.file("ran") }
    }

    @Test func `a helper left behind with standard error does not change the answer`() async throws {
        #expect(try await Program("sleep 3 & echo 'put in the queue' >&2; exit 0").hand() == .handed)
    }

    @Test func `a program ended by a signal means later`() async throws {
        #expect(try await Program("kill -9 $$").hand() == .later("The mail program was ended by signal 9."))
    }

    @Test(arguments: ["/nowhere/msmtp", "no-such-mail-program", "/", "/etc/passwd"])
    func `a program that is missing or is none means later`(_ commandLine: String) async throws {
        let outcome = try await Sendmail(commandLine: commandLine).hand(.sample())
        #expect(outcome.isLater && outcome.detail.hasPrefix("The mail program did not start: ") && outcome.detail.utf8.count <= 300)
    }

    @Test func `a program is found on the path, and speaks English`() async throws {
        #expect(try await Sendmail(commandLine: "true").hand(.sample()) == .handed)
        #expect(try await Program("echo \"$LC_ALL\" >&2; exit 75").hand() == .later("Exit 75; C"))
    }

    @Test(arguments: ["", "  ", "\t\n"]) func `an empty command line is no program`(_ commandLine: String) {
        #expect(throws: Sendmail.Fault.noProgram) { try Sendmail(commandLine: commandLine) }
    }

    @Test func `an address that a program could read as two is not handed over`() async throws {
        let program = try Program("touch \"$0.ran\"")
        #expect(
            try await program.hand(.sample(to: "a@b.example,c@d.example")) == .refused("The receiver's address is not a plain name@domain.")
        )
        #expect(try await program.hand(.sample(sender: "a@b\nc")) == .refused("The sender's address is not a plain name@domain."))
        #expect(throws: (any Error).self) { try program.file("ran") }
    }

    @Test func `forty messages at once all arrive, and no file stays open`() async throws {
        let program = try Program("cat > /dev/null")
        #expect(try await program.hand() == .handed)
        let before = try Self.openFiles()
        let outcomes = try await withThrowingTaskGroup(of: Sendmail.Outcome.self) { group in
            for _ in 0..<40 { group.addTask { try await program.hand() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .handed, count: 40))
        // Other tests open files meanwhile, but nowhere near one for each message.
        #expect(try Self.openFiles() - before < 20)
    }

    private static func openFiles() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
}

/// A shell script in a folder of its own, which goes with it.
private final class Program: Sendable {
    private let folder: String

    init(_ script: String) throws {
        folder = NSTemporaryDirectory() + "linchpin-mail-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        try "#!/bin/sh\n\(script)\n".write(toFile: "\(folder)/program", atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: "\(folder)/program")
    }

    func hand(
        _ message: MailMessage = .sample(), options: String = "", timeLimit: Duration = .seconds(60)
    ) async throws -> Sendmail.Outcome {
        try await Sendmail(commandLine: "\(folder)/program \(options)", timeLimit: timeLimit).hand(message)
    }

    /// What the script wrote to `$0.name`.
    func file(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/program.\(name)", encoding: .utf8) }

    /// Whether the process whose number is in a file is gone, or a zombie of whoever should have waited for it.
    func hasEnded(_ name: String) async throws -> Bool {
        let process = try file(name).split(separator: "\n").joined()
        for _ in 0..<100 {
            guard let state = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
            if state.split(separator: ")").last?.hasPrefix(" Z") ?? false { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

extension MailMessage {
    /// About 200 KB.
    static let large = sample(body: String(repeating: "Sixty-three characters of text, one of which is not ASCII: é…\n", count: 3_000))
}
