import Glibc
import Subprocess
import SystemPackage

/// Hands messages to a sendmail-compatible program such as msmtp, one process for each, without a shell.
struct Sendmail: Sendable {
    enum Fault: Error, Equatable {
        case noProgram
    }

    /// What became of a message. A detail is one line of at most 300 bytes for the operator, and holds nothing of the body.
    enum Outcome: Sendable, Equatable {
        /// The program has taken responsibility for it.
        case handed
        /// It will never be taken.
        case refused(String)
        /// It was not taken now. It may have been sent all the same: the connection can break before the server's last answer.
        case later(String)
    }

    private let program: String
    private let arguments: [String]
    private let timeLimit: Duration

    /// The command line is split at blanks. A program without a slash is looked for on `PATH`.
    init(commandLine: String, timeLimit: Duration = .seconds(60)) throws(Fault) {
        let parts = commandLine.split(whereSeparator: \.isWhitespace).map { String($0) }
        guard let program = parts.first else { throw .noProgram }
        self.program = program
        arguments = Array(parts.dropFirst())
        self.timeLimit = timeLimit
    }

    /// Never throws and never takes much longer than the time limit. When the calling task is cancelled, the program is killed.
    func hand(_ message: MailMessage) async -> Outcome {
        guard MailHeader.isPlainAddress(message.to) else { return .refused("The receiver's address is not a plain name@domain.") }
        guard MailHeader.isPlainAddress(message.from.address) else { return .refused("The sender's address is not a plain name@domain.") }
        let end = Task.isCancelled ? .interrupted : await ended(message, bytes: message.bytes)
        return ProgramReport(end, to: message).outcome
    }

    /// Runs the program and a clock beside each other. A program that ends by itself while it is being killed has the last word.
    private func ended(_ message: MailMessage, bytes: [UInt8]) async -> ProgramEnd {
        await withTaskGroup(of: ProgramEnd?.self) { group in
            group.addTask { await run(from: message.from.address, to: message.to, input: bytes) }
            group.addTask {
                // Cancelled, it ends at once: then the program has ended or must.
                try? await Task.sleep(for: timeLimit)
                return nil
            }
            let first = await group.next() ?? nil
            let isInterrupted = Task.isCancelled
            group.cancelAll()
            if let first { return first }
            let second = await group.next() ?? nil
            if case .exited? = second, let second { return second }
            return isInterrupted ? .interrupted : .tooSlow(timeLimit)
        }
    }

    /// The message comes from a nameless file in memory instead of a pipe: the program may read it or not, at any pace,
    /// and no write waits for it or raises SIGPIPE.
    private func run(from sender: String, to receiver: String, input: [UInt8]) async -> ProgramEnd {
        let name = "/linchpin-mail-\(UInt64.random(in: .min ... .max))"
        let file = FileDescriptor(rawValue: shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0o600))
        guard file.rawValue >= 0 else { return .notStarted("no file in /dev/shm: \(Errno(rawValue: errno))") }
        shm_unlink(name)
        defer { try? file.close() }
        var options = PlatformOptions()
        // A session of its own, so that a kill reaches everything the program has started.
        options.createSession = true
        options.teardownSequence = [.send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .zero)]
        do {
            try file.writeAll(input)
            try file.seek(offset: 0, from: .start)
            let result = try await Subprocess.run(
                program.contains("/") ? .path(FilePath(program)) : .name(program),
                arguments: Arguments(arguments + ["-i", "-f", sender, "--", receiver]),
                // In English, whatever the service's locale: the report is searched for "server message".
                environment: .inherit.updating(["LC_ALL": "C"]), platformOptions: options,
                input: .fileDescriptor(file, closeAfterSpawningProcess: false), output: .discarded, error: .sequence
            ) { execution in
                var errors: [UInt8] = []
                for try await piece in execution.standardError {
                    piece.withUnsafeBytes { errors += $0.prefix(ProgramReport.errorLimit - errors.count) }
                }
                return errors
            }
            switch result.terminationStatus {
            case .exited(let code): return .exited(code, errors: result.closureResult)
            case .signaled(let signal): return .killed(signal: signal)
            }
        } catch {
            return .notStarted("\(error)")
        }
    }
}
