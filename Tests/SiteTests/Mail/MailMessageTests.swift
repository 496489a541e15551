import QuestionnaireFiles
import Store
import Testing

@testable import Site

extension MailMessage {
    /// A message with one thing changed.
    static func sample(
        name: String = "Linchpin", sender: String = "no-reply@test.example", to: String = "jan@supplier.example",
        subject: String = "Your invitation", body: String = "Open https://test.example/i/abc\n", language: Language = .en,
        id: String = "<1@test.example>", at moment: Int64 = 1_795_421_730_000
    ) -> MailMessage {
        MailMessage(
            id: id, from: Sender(name: name, address: sender), to: to, subject: subject, body: body, language: language,
            createdAt: Timestamp(milliseconds: moment))
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

@Suite struct MailMessageTests {
    private static let headerNames = [
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    ]

    @Test func `NOT-2: a message has the headers of an automatic plain text`() {
        let text = MailMessage.sample(body: "Dear supplier,\n\nA café at 100 % = yes.", language: .fr).text
        #expect(
            text == """
                From: "Linchpin"
                 <no-reply@test.example>
                To: jan@supplier.example
                Subject: Your invitation
                Date: Mon, 23 Nov 2026 08:15:30 +0000
                Message-ID: <1@test.example>
                Auto-Submitted: auto-generated
                Content-Language: fr
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                Dear supplier,

                A caf=C3=A9 at 100 % =3D yes.

                """)
    }

    @Test(arguments: [
        (0, "Thu, 1 Jan 1970 00:00:00 +0000"), (-1, "Wed, 31 Dec 1969 23:59:59 +0000"),
        (951_782_399_999, "Mon, 28 Feb 2000 23:59:59 +0000"), (951_782_400_000, "Tue, 29 Feb 2000 00:00:00 +0000"),
        (1_798_761_599_000, "Thu, 31 Dec 2026 23:59:59 +0000"), (4_107_542_400_000, "Mon, 1 Mar 2100 00:00:00 +0000"),
    ])
    func `the date is the moment of its making in UTC`(_ moment: Int64, _ date: String) {
        #expect(MailMessage.sample(at: moment).text.contains("\nDate: \(date)\n"))
    }

    @Test(arguments: [Int64.min, .max]) func `no moment stops the writer`(_ moment: Int64) throws {
        #expect(try ReadMail(MailMessage.sample(at: moment).bytes).headers.map(\.name) == Self.headerNames)
    }

    @Test func `a subject in ASCII that fits its line stays readable, all others become encoded words`() {
        let fitting = String(repeating: "x", count: 67)
        #expect(MailMessage.sample(subject: fitting).text.contains("\nSubject: \(fitting)\nDate"))
        #expect(MailMessage.sample(subject: fitting + "x").text.contains("\nSubject: =?utf-8?Q?xxx"))
        #expect(MailMessage.sample(subject: "Café?").text.contains("\nSubject: =?utf-8?Q?Caf=C3=A9=3F?=\n"))
        #expect(MailMessage.sample(subject: "=?utf-8?Q?x?=").text.contains("\nSubject: =?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=\n"))
        #expect(MailMessage.sample(subject: "").text.contains("\nSubject: \nDate"))
    }

    @Test func `a name in ASCII is quoted, all others become encoded words, and none is no name`() {
        #expect(MailMessage.sample(name: #"A "B" \ C, Inc."#).text.hasPrefix(#"From: "A \"B\" \\ C, Inc.""# + "\n <no-reply@"))
        #expect(MailMessage.sample(name: "Müller, Söhne").text.hasPrefix("From: =?utf-8?Q?M=C3=BCller=2C_S=C3=B6hne?=\n <no-reply@"))
        #expect(MailMessage.sample(name: "\r\n").text.hasPrefix("From: <no-reply@test.example>\nTo"))
    }

    @Test func `NOT-2: line ends in every text stay within their header`() throws {
        let nasty = "a\r\nBcc: x@evil.example\n\nbody\u{0}\u{85}\u{2028}z"
        let mail = try ReadMail(MailMessage.sample(name: nasty, sender: nasty, to: nasty, subject: nasty, id: nasty).bytes)
        #expect(mail.headers.map(\.name) == Self.headerNames)
        #expect(mail["Subject"] == "a Bcc: x@evil.example body z")
        #expect(mail["To"] == "a  Bcc  x@evil.example  body   z")
        #expect(mail["Message-ID"] == "aBcc:x@evil.examplebodyz")
        #expect(try mail.body == "Open https://test.example/i/abc\n")
    }

    @Test func `NOT-2: ten thousand random names and subjects come back as they were, in exactly the expected headers`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            let (name, subject) = (NastyText.random(using: &random), NastyText.random(using: &random))
            let (address, id) = (NastyText.random(using: &random), NastyText.random(using: &random))
            let body = NastyText.random(using: &random)
            let message = MailMessage.sample(name: name, sender: address, to: address, subject: subject, body: body, id: id)
            let bytes = message.bytes
            let mail = try ReadMail(bytes)
            try #require(bytes.allSatisfy { [9, 10].contains($0) || (32...126).contains($0) })
            try #require(mail.headerLines.allSatisfy { !$0.utf8.contains(9) })
            try #require(mail.headers.map(\.name) == Self.headerNames)
            try #require(
                mail.headerLines.allSatisfy {
                    $0.utf8.count <= 76 || ["To: ", "From: <", " <", "Message-ID: "].contains(where: $0.hasPrefix)
                })
            try #require(mail.bodyLines.allSatisfy { $0.utf8.count <= 76 && !$0.hasSuffix(" ") })
            try #require(Array(ReadMail.decodedWords(mail["Subject"] ?? "").utf8) == Array(NastyText.words(subject).utf8))
            try #require(Array(ReadMail.decodedName(mail["From"] ?? "").utf8) == Array(NastyText.words(name).utf8))
            try #require(Array(mail.body.utf8) == Array(NastyText.lines(body).utf8))
        }
    }

    @Test(arguments: [
        ("a b \n", "a b=20\n"), ("\t", "=09\n"), ("a\r\nb\rc\n\nd", "a\nb\nc\n\nd\n"), ("", ""), ("\u{0}.\n.", "=00.\n.\n"),
        (String(repeating: "x", count: 75), String(repeating: "x", count: 75) + "\n"),
        (String(repeating: "x", count: 76), String(repeating: "x", count: 75) + "=\nx\n"),
        (String(repeating: "é", count: 13), String(repeating: "=C3=A9", count: 12) + "=C3=\n=A9\n"),
    ])
    func `quoted-printable keeps blanks at line ends and cuts long lines`(_ text: String, _ encoded: String) {
        #expect(String(decoding: QuotedPrintable.encoded(text), as: UTF8.self) == encoded)
    }

    @Test(arguments: ["a@b", "jan.peeters+x=y@sub.example.org", "-x@example.org", String(repeating: "a", count: 252) + "@b"])
    func `a plain address can be handed to a program`(_ address: String) { #expect(MailHeader.isPlainAddress(address)) }

    @Test(arguments: [
        "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\n", "a@b\r\nRCPT TO:<c@d>", "a@b,c@d", "<a@b>", "\"a\"@b", "a(b)@c", "é@b", "a@é",
        "a\u{0}@b", "a@b;c", String(repeating: "a", count: 253) + "@b",
    ])
    func `no other address can`(_ address: String) { #expect(!MailHeader.isPlainAddress(address)) }
}

/// Random texts out of everything that has ever broken a mail header.
enum NastyText {
    private static let pieces: [String] = [
        "a", "B", "7", " ", "  ", "\t", "\r", "\n", "\r\n", "\r\n ", "\n\n", "\u{0}", "\u{1}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}",
        "\u{2029}",
        "\u{FEFF}", "\u{200D}", "\u{202E}", "=?", "?=", "=?utf-8?Q?x?=", "=?utf-8?B?eA==?=", "\"", "\\", "<", ">", "(", ")", ",", ";", ":",
        "@", "=", "_", "?", ".", "Bcc: x@evil.example", "é", "e\u{301}", "ß", "日本語", "👩‍👧", "𝄞", "\u{10FFFF}", "\u{FFFE}", "a long word",
        "Content-Type: text/html", String(repeating: "x", count: 70), String(repeating: "ü", count: 30),
    ]

    static func random(using random: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...12, using: &random)).reduce(into: "") { text, _ in
            if Bool.random(using: &random), let piece = pieces.randomElement(using: &random) {
                text += piece
            } else if let scalar = Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random)) {
                text.unicodeScalars.append(scalar)
            }
        }
    }

    private static let blanks = Set((0...0x20).map { UInt32($0) } + (0x7F...0x9F).map { UInt32($0) } + [0x2028, 0x2029])

    /// What is left of a text on one line.
    static func words(_ text: String) -> String {
        text.unicodeScalars.split { blanks.contains($0.value) }.map { String($0) }.joined(separator: " ")
    }

    /// A body with line ends of one kind.
    static func lines(_ text: String) -> String {
        let text = String(decoding: Array(text.utf8).replacing([13, 10], with: [10]).map { $0 == 13 ? 10 : $0 }, as: UTF8.self)
        return text.isEmpty || text.utf8.last == 10 ? text : text + "\n"
    }
}
