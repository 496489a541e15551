import Testing

@testable import Site

@Suite struct ProgramReportTests {
    private func outcome(_ code: Int32, _ errors: String = "", to message: MailMessage = .sample()) -> Sendmail.Outcome {
        ProgramReport(.exited(code, errors: Array(errors.utf8)), to: message).outcome
    }

    private func refusal(_ reply: String) -> String { "msmtp: the server did not accept the mail\nmsmtp: server message: \(reply)\n" }

    @Test func `exit 0 is handed, whatever was written`() { #expect(outcome(0, refusal("550 no")) == .handed) }

    @Test(arguments: [Int32(64), 65, 67]) func `usage, data and user errors refuse the message`(_ code: Int32) {
        #expect(outcome(code) == .refused("Exit \(code)"))
    }

    @Test(arguments: Array(1...63) + [66, 68, 69] + Array(70...255) as [Int32]) func `every other code means later`(_ code: Int32) {
        #expect(outcome(code) == .later("Exit \(code)"))
    }

    @Test(arguments: [Int32(65), 69]) func `NOT-2: where the code cannot tell, 5xx refuses and 4xx is tried again`(_ code: Int32) {
        #expect(
            outcome(code, refusal("550 5.1.1 No such user"))
                == .refused(
                    "Exit \(code), reply 550; msmtp: the server did not accept the mail; msmtp: server message: 550 5.1.1 No such user"))
        for reply in ["421 4.3.2 Busy", "450", "451-a\nmsmtp: server message: 451 b"] {
            #expect(outcome(code, refusal(reply)).isLater)
        }
    }

    @Test(arguments: [Int32(65), 69], [530, 534, 535, 538]) func `a server that wants a password or TLS blames the set-up`(
        _ code: Int32, _ reply: Int
    ) {
        #expect(outcome(code, refusal("\(reply) 5.7.0 Authentication required")).detail.hasPrefix("Exit \(code), reply \(reply); msmtp: "))
        #expect(outcome(code, refusal("\(reply) x")).isLater)
    }

    @Test(arguments: [Int32(75), 76, 77, 78]) func `a 5xx changes no code that is about the server`(_ code: Int32) {
        #expect(outcome(code, refusal("554 No service")).isLater)
    }

    @Test func `a detail is one line without control characters, and never longer than 300 bytes`() {
        #expect(outcome(75, "a\r\n\tb\u{1B}[31m\u{0}c\u{2028}\n\n d ").detail == "Exit 75; a; b [31m c; d")
        let long = outcome(75, String(repeating: "日", count: 1_300)).detail
        #expect(long.utf8.count == 300 && long.hasSuffix("日"))
        #expect(ProgramReport(.notStarted(String(repeating: "x\n", count: 999)), to: .sample()).outcome.detail.utf8.count == 300)
    }

    @Test func `broken UTF-8 is repaired`() {
        #expect(ProgramReport(.exited(75, errors: [0x61, 0xFF, 0x62]), to: .sample()).outcome == .later("Exit 75; a\u{FFFD}b"))
    }

    @Test func `a detail repeats nothing of the body, plain or encoded`() {
        let link = "https://test.example/i/Zx0Kq93hAAb7"
        let message = MailMessage.sample(
            to: "jan.peeters@supplier.example", body: "Dear Jan,\nYour link, café: \(link)\njan.peeters@supplier.example\n")
        let encoded = String(decoding: QuotedPrintable.encoded(message.body), as: UTF8.self)
        #expect(outcome(69, "\(encoded)quoted:\n> \(message.body)done\n", to: message) == .later("Exit 69; quoted:; done"))
        #expect(
            outcome(69, refusal("554 bad link \(link)"), to: message).detail
                == "Exit 69, reply 554; msmtp: the server did not accept the mail")
        #expect(
            outcome(65, "recipient address jan.peeters@supplier.example not accepted", to: message).detail
                == "Exit 65; recipient address jan.peeters@supplier.example not accepted")
    }

    @Test func `what a program wrote at random never stops the report`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let message = MailMessage.sample(body: NastyText.random(using: &random))
            let errors = (0..<3).map { _ in NastyText.random(using: &random) }.joined(separator: "server message: ")
            let detail = outcome(Int32.random(in: 0...255, using: &random), errors, to: message).detail
            // Only a cut can leave a blank at the end.
            #expect(detail.utf8.count <= 300 && [detail.onOneLine, detail.onOneLine + " "].contains(detail))
        }
    }
}

extension Sendmail.Outcome {
    var isLater: Bool {
        if case .later = self { true } else { false }
    }

    var detail: String {
        switch self {
        case .handed: ""
        case .refused(let detail), .later(let detail): detail
        }
    }
}
