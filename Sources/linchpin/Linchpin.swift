import ArgumentParser
import Glibc
import SystemPackage

/// The command `linchpin`. Exit codes: 0 done, 1 the input is at fault, 2 usage, 3 the machine is (disk, lock, port).
@main
struct Linchpin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linchpin", abstract: "Self-assessment of supply-chain and cyber resilience for small firms.",
        subcommands: [Serve.self, Check.self, Score.self, Import.self, User.self, Audit.self, Backup.self, Restore.self])

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            Failure.print(failure.message)
            Glibc.exit(failure.code.rawValue)
        } catch {
            let isHelp = exitCode(for: error).isSuccess
            Failure.write(fullMessage(for: error), to: isHelp ? .standardOutput : .standardError)
            Glibc.exit(isHelp ? 0 : Failure.Code.usage.rawValue)
        }
    }
}

/// Why a command ends without doing its work.
struct Failure: Error {
    enum Code: Int32 { case input = 1, usage = 2, machine = 3 }

    let code: Code
    let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static func print(_ message: String) { write("linchpin: \(message)", to: .standardError) }

    /// A terminal that is gone is no reason to fail again.
    static func write(_ message: String, to output: FileDescriptor) { _ = try? output.writeAll("\(message)\n".utf8) }
}
