/// How a mail program ended.
enum ProgramEnd: Sendable, Equatable {
    /// With what it wrote on standard error, up to a limit.
    case exited(Int32, errors: [UInt8])
    case killed(signal: Int32)
    case tooSlow(Duration)
    case interrupted
    case notStarted(String)
}

/// What a mail program's end means for the message. What is not clearly about the message is tried again: waiting or the
/// operator may mend it. Exit codes are those of sysexits.h; what msmtp 1.8.23 means by them was measured:
///
/// - 0: the server said 250. Handed.
/// - 64: an option is unknown. Refused: waiting mends no command line.
/// - 65: MAIL, RCPT or DATA got a 5xx. Refused, but not where the reply is 53x; without a reply, refused as wrong data.
/// - 67: no such user, by other programs. Refused.
/// - 69: a 4xx, or a 5xx after the text; TLS is not offered; its certificate is not trusted; passwords are not taken.
///   Refused where the reply is 5xx but not 53x, later where it is not or where there is none.
/// - All others later: 66 no file of certificates, 68 the server's name is unknown, 74 no answer in time or no configuration
///   file, 75 the connection is refused, 76 the greeting was no welcome, 77 the password is wrong, 78 the configuration is.
///
/// A reply of 53x asks for a password or for TLS: the set-up is wrong, not the message.
struct ProgramReport {
    static let errorLimit = 4_096
    static let detailLimit = 300

    let end: ProgramEnd
    private let message: MailMessage

    init(_ end: ProgramEnd, to message: MailMessage) {
        self.end = end
        self.message = message
    }

    var outcome: Sendmail.Outcome {
        switch end {
        case .exited(0, _): .handed
        case .exited(let code, let errors): outcome(code: code, errors: errors)
        case .killed(let signal): .later("The mail program was ended by signal \(signal).")
        case .tooSlow(let limit): .later("The mail program took longer than \(limit) and was killed.")
        case .interrupted: .later("The service stopped before the mail program had ended.")
        case .notStarted(let cause): .later(Self.cut("The mail program did not start: \(cause.onOneLine)"))
        }
    }

    private func outcome(code: Int32, errors: [UInt8]) -> Sendmail.Outcome {
        let lines = errors.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { Array($0) }
        let reply = lines.compactMap(Self.reply).last
        let told = lines.isEmpty ? [] : BodyFilter(message).withoutBody(lines).map { String(decoding: $0, as: UTF8.self).onOneLine }
        let status = reply.map { "Exit \(code), reply \($0)" } ?? "Exit \(code)"
        let detail = Self.cut(([status] + told.filter { !$0.isEmpty }).joined(separator: "; "))
        return Self.isFinal(code: code, reply: reply) ? .refused(detail) : .later(detail)
    }

    private static func isFinal(code: Int32, reply: Int?) -> Bool {
        let isRefusal = reply.map { (500...599).contains($0) && !(530...539).contains($0) }
        return switch code {
        case 64, 67: true
        case 65: isRefusal ?? true
        case 69: isRefusal ?? false
        default: false
        }
    }

    /// The code in `msmtp: server message: 550 5.1.1 No such user`.
    private static func reply(_ line: [UInt8]) -> Int? {
        guard let found = line.firstRange(of: Array("server message: ".utf8)) else { return nil }
        let digits = line[found.upperBound...].prefix(3)
        return digits.count == 3 ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// Never within a character.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > detailLimit else { return text }
        var length = 0
        let kept = text.unicodeScalars.prefix {
            length += UTF8.width($0)
            return length <= detailLimit
        }
        return String(kept)
    }
}

/// Leaves out what a program repeats of a message's body: a link in it opens an assessment, and details are kept and logged.
private struct BodyFilter {
    private let lines: Set<[UInt8]>
    private let shortLines: Set<[UInt8]>
    private let runs: Set<UInt128>
    private let addresses: [[UInt8]]

    init(_ message: MailMessage) {
        let addresses = [message.to, message.from.address].map { Array($0.utf8) }
        let texts = [Array(message.body.utf8), QuotedPrintable.encoded(message.body)]
        lines = Set(texts.flatMap { $0.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.map { Array($0) } })
        shortLines = lines.filter { (8..<16).contains($0.count) }
        runs = Set(texts.flatMap { Self.runs(Self.without(addresses, $0, mark: 0)) })
        self.addresses = addresses
    }

    /// The lines that neither are nor quote a line of the body, nor share sixteen bytes with it: fewer may be chance.
    /// Addresses do not count: programs name the receiver, and so may the body.
    func withoutBody(_ written: [[UInt8]]) -> [[UInt8]] {
        written.filter { line in
            let bare = Self.without(addresses, line, mark: 1)
            return !lines.contains(line) && shortLines.allSatisfy { !bare.contains($0) }
                && Self.runs(bare).allSatisfy { !runs.contains($0) }
        }
    }

    /// The marks differ, so that nothing that spans one is found.
    private static func without(_ addresses: [[UInt8]], _ text: [UInt8], mark: UInt8) -> [UInt8] {
        addresses.reduce(text) { $0.replacing($1, with: [mark]) }
    }

    /// Every sixteen bytes that follow each other.
    private static func runs(_ text: [UInt8]) -> [UInt128] {
        var run: UInt128 = 0
        return text.enumerated().compactMap { index, byte in
            run = run << 8 | UInt128(byte)
            return index < 15 ? nil : run
        }
    }
}
