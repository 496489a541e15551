import Foundation
import HTTPTypes
import QuestionnaireFiles
import Store
import Testing

@testable import Site

/// With a shell script as the mail program, and the test's clock.
@Suite struct MailRoomTests {
    /// A site whose mail program keeps each message in a file, unless a file named "refuse" says how it ends.
    private struct Office {
        let test: TestSite
        let room: MailRoom
        let folder: String

        init() throws {
            folder = NSTemporaryDirectory() + "linchpin-office-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let program = "\(folder)/program"
            let script = """
                #!/bin/sh
                if [ -f "\(folder)/refuse" ]; then cat >/dev/null; . "\(folder)/refuse"; fi
                cat > "\(folder)/$(date +%s%N).$$.mail"
                """
            try script.write(toFile: program, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
            test = try TestSite {
                $0.mailProgram = program
                $0.mailFrom = "linchpin@test.example"
            }
            room = try MailRoom(site: test.site, timeLimit: .seconds(20))
        }

        /// How the program ends from now on, as shell commands.
        func refuse(_ commands: String?) throws {
            try? FileManager.default.removeItem(atPath: "\(folder)/refuse")
            try commands?.write(toFile: "\(folder)/refuse", atomically: true, encoding: .utf8)
        }

        /// Delivers until nothing is due, and returns what the program got, oldest first.
        func deliver() async throws -> [ReadMail] {
            while await room.deliver() == .zero {}
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".mail") }.sorted()
            return try files.map { try ReadMail(Array(FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data())) }
        }

        /// A ticket with its message.
        @discardableResult
        func issue(
            _ kind: MailKind, _ purpose: TicketPurpose, to email: String = "an@anvil.example", language: String = "en",
            facts: [String: String] = [:], account: String? = nil, organisation: String? = nil
        ) async throws -> OneTimeLink {
            let link = test.site.issue(purpose, account: account, organisation: organisation, role: .editor, email: email)
            let mail = try #require(
                test.site.mail(kind, to: email, language: language, facts: facts, ticket: link.ticket, account: account))
            try await test.site.store.issue(link.ticket, mail: mail, now: test.now)
            return link
        }

        func remove() { try? FileManager.default.removeItem(atPath: folder) }
    }

    private static let facts = [
        "at": "1795000000000", "email": "new@anvil.example", "name": "An Peeters", "organisation": "Anvil & Zonen",
    ]

    private static func purpose(_ kind: MailKind) -> TicketPurpose? {
        switch kind {
        case .register: .register
        case .reset: .reset
        case .welcome: .welcome
        case .invite: .invite
        case .leaveEmail: .leaveEmail
        case .takeEmail: .takeEmail
        case .proveDomain: .proveDomain
        case .registerKnown, .resetUnknown, .passwordChanged, .secondStepOn, .secondStepOff, .recovery, .wrongCodes, .retention,
            .contribute:
            nil
        }
    }

    @Test(arguments: Language.allCases)
    func `NOT-1, NOT-2: a message of every kind is whole, plain, in its language, and its link works`(_ language: Language) async throws {
        let office = try Office()
        defer { office.remove() }
        let browser = Browser(office.test, language: language.rawValue)
        try await browser.register("bo@anvil.example")
        let account = try browser.accountID()
        try await office.test.site.store.make(
            OrganisationFacts(name: "Anvil"), id: "org", owner: account, by: Actor(account), now: office.test.now)
        _ = try await office.deliver()
        for kind in MailKind.allCases {
            let link = try await write(kind, office, browser)
            let mail = try #require(try await office.deliver().last)
            #expect(mail["From"] == "\"Linchpin\" <linchpin@test.example>")
            #expect(mail["To"] == "an@anvil.example")
            #expect(mail["Auto-Submitted"] == "auto-generated")
            #expect(mail["Content-Language"] == language.rawValue)
            #expect(mail["Content-Type"] == "text/plain; charset=utf-8")
            #expect(mail["Message-ID"]?.wholeMatch(of: /<[\w-]{22}@test\.example>/) != nil)
            #expect(mail["Date"]?.hasSuffix(" +0000") == true)
            let subject = try ReadMail.decodedWords(mail["Subject"] ?? "")
            let body = try mail.body
            #expect(!subject.isEmpty && !subject.contains("{") && !body.contains("{") && !body.contains("  "), "\(kind)")
            #expect(body.contains("https://test.example\(link)\n") && body.hasSuffix("https://test.example\n"), "\(kind)")
            #expect(try await Browser(office.test).get(link).status == 200, "\(kind)")
        }
    }

    /// Writes a message, and returns the path of the link in it.
    private func write(_ kind: MailKind, _ office: Office, _ browser: Browser) async throws -> String {
        let (site, language) = (office.test.site, browser.language)
        if let purpose = Self.purpose(kind) {
            let needsAccount = [.reset, .welcome, .leaveEmail, .takeEmail].contains(purpose)
            let needsOrganisation = [.invite, .proveDomain].contains(purpose)
            let made = try await office.issue(
                kind, purpose, language: language, facts: Self.facts, account: needsAccount ? try browser.accountID() : nil,
                organisation: needsOrganisation ? "org" : nil)
            return "/\(language)\(MailKind.place(of: purpose))/\(made.token.text)"
        }
        if kind == .contribute { return "/\(language)/contribute/\(site.token(try await ask(office, browser)).text)" }
        let facts = Self.facts.merging(["link": "/sign-in"]) { $1 }
        let mail = try #require(site.mail(kind, to: "an@anvil.example", language: language, facts: facts))
        try await site.store.send(mail, now: office.test.now)
        return "/\(language)/sign-in"
    }

    /// Asks somebody to fill in a section; the contribution's id.
    private func ask(_ office: Office, _ browser: Browser) async throws -> String {
        let path = try await browser.beginWithFacts()
        let site = office.test.site
        let id = site.newID()
        try await site.store.ask(
            NewContribution(
                id: id, token: site.token(id).digest, assessment: String(path.split(separator: "/").last ?? ""), sections: ["GOV"],
                name: "IT firm", expiresAt: office.test.now.adding(days: 14)),
            mail: site.mail(
                .contribute, to: "an@anvil.example", language: browser.language, facts: Self.facts.merging(["contribution": id]) { $1 }),
            session: try browser.sessionKey(), permit: { _ in true }, by: Actor("x"), now: office.test.now)
        return id
    }

    @Test func `NOT-2: no answer, note or score is in any message`() async throws {
        let office = try Office()
        defer { office.remove() }
        let browser = Browser(office.test)
        try await browser.register("an@anvil.example")
        let path = try await browser.beginWithFacts()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "Zweefvlieg")])
        let id = try await ask(office, browser)
        #expect(!id.isEmpty)
        for mail in try await office.deliver() {
            let body = try mail.body
            #expect(!body.contains("Zweefvlieg") && !body.contains("GOV"))
        }
    }

    @Test func `NOT-2: a name with line breaks begins no header and ends none`() async throws {
        let office = try Office()
        defer { office.remove() }
        let evil = "An\r\nBcc: all@evil.example\r\n\r\nBuy\u{0B}this\u{2028}now\u{0}"
        try await office.issue(.invite, .invite, facts: ["name": evil, "organisation": evil])
        let mail = try #require(try await office.deliver().first)
        #expect(mail["Bcc"] == nil)
        #expect(mail.headers.map(\.name).sorted() == Set(mail.headers.map(\.name)).sorted())
        #expect(try ReadMail.decodedWords(mail["Subject"] ?? "").contains("An Bcc: all@evil.example Buy"))
    }

    @Test func `NOT-1: a message that is not taken waits longer each time, keeps its Message-ID, and is given up after eight tries`()
        async throws
    {
        let office = try Office()
        defer { office.remove() }
        let store = office.test.site.store
        try await office.issue(.register, .register)
        try office.refuse("echo 'msmtp: server message: 450 4.2.0 an@anvil.example try later' >&2; exit 75")
        // The link would end before the message does: that is another test.
        let plain = try #require(office.test.site.mail(.secondStepOn, to: "an@anvil.example", language: "nl", facts: Self.facts))
        try await store.send(plain, now: office.test.now)
        let minute: Int64 = 60_000
        for (made, wait) in ([1, 5, 15, 60, 240, 1_440, 1_440] as [Int64]).enumerated() {
            _ = try await office.deliver()
            let state = try #require(try store.mailStates().first { $0.kind == "secondStepOn" })
            #expect(state.attempts == made + 1)
            #expect(state.nextAt == office.test.now.adding(milliseconds: wait * minute))
            #expect(state.detail.contains("450") && !state.detail.contains("anvil"))
            office.test.pass(milliseconds: wait * minute - 1)
            _ = try await office.deliver()
            #expect(try store.mailStates().first { $0.kind == "secondStepOn" }?.attempts == made + 1)
            office.test.pass(milliseconds: 1)
        }
        _ = try await office.deliver()
        let state = try #require(try store.mailStates().first { $0.kind == "secondStepOn" })
        #expect(state.attempts == 8 && state.nextAt == nil && state.failedAt == office.test.now)
        try office.refuse(nil)
        #expect(try await office.deliver().isEmpty)
    }

    @Test func `NOT-1: the same Message-ID at every try`() async throws {
        let office = try Office()
        defer { office.remove() }
        try await office.issue(.register, .register)
        // The program sends, and then fails to say so.
        try office.refuse("cat > \"\(office.folder)/1.mail\" < /dev/null; exit 75")
        let waiting = { try #require(try office.test.site.store.dueMail(now: office.test.now).first) }
        let first = try office.room.message(try waiting())
        _ = try await office.deliver()
        office.test.pass(milliseconds: 60_000)
        let second = try office.room.message(try waiting())
        #expect(first.id == second.id && first.createdAt == second.createdAt && first.body == second.body)
    }

    @Test func `NOT-2: what is refused for good is not tried again, and is shown to the operator without the address`() async throws {
        let office = try Office()
        defer { office.remove() }
        try await office.issue(.register, .register)
        try office.refuse("echo 'msmtp: server message: 550 5.1.1 <an@anvil.example> no such user' >&2; exit 65")
        _ = try await office.deliver()
        let state = try #require(try office.test.site.store.mailStates().first)
        #expect(state.failedAt != nil && state.nextAt == nil)
        #expect(state.detail.contains("550") && !state.detail.contains("an@anvil.example"))
    }

    @Test func `a message whose link was used or is too old is not sent`() async throws {
        let office = try Office()
        defer { office.remove() }
        let (site, store) = (office.test.site, office.test.site.store)
        let used = try await office.issue(.register, .register)
        try await store.register(
            NewAccount(id: "a", email: "an@anvil.example", emailKey: "an@anvil.example", name: "An", language: "nl"),
            ticket: used.token.digest, by: .console, now: office.test.now)
        #expect(try await office.deliver().isEmpty)
        #expect(try store.mailStates().map(\.detail) == [Undeliverable.linkOver.rawValue])
        #expect(office.test.log.contains("not sent: its link is over") && !office.test.log.contains("\"level\":\"error\""))
        try await office.issue(.reset, .reset, account: "a")
        office.test.pass(milliseconds: TicketPurpose.reset.lifetime)
        #expect(try await office.deliver().isEmpty)
        #expect(try store.mailStates().allSatisfy { $0.detail == Undeliverable.linkOver.rawValue && $0.failedAt != nil })
        let browser = Browser(office.test)
        let id = try await ask(office, browser)
        office.test.pass(milliseconds: 14 * Timestamp.millisecondsPerDay)
        #expect(try await office.deliver().isEmpty)
        #expect(try store.contribution(id) != nil)
        try await store.send(NewMail(id: "x", kind: "unheardOf", language: "nl", email: "an@anvil.example"), now: office.test.now)
        #expect(try await office.deliver().isEmpty)
        #expect(try store.mailStates().map(\.detail).contains(Undeliverable.unknownKind.rawValue))
        #expect(site.sendsMail)
    }

    @Test func `SEC-18: the log has a line per outcome, with id and kind, and never an address, link or text`() async throws {
        let office = try Office()
        defer { office.remove() }
        let sent = try await office.issue(.register, .register)
        _ = try await office.deliver()
        try office.refuse("echo 'an@anvil.example is not known here' >&2; exit 75")
        let later = try await office.issue(.invite, .invite, facts: Self.facts)
        _ = try await office.deliver()
        let lines = office.test.log.split(separator: "\n").filter { $0.contains("\"event\":\"mail\"") }
        #expect(lines.count == 2)
        #expect(lines[0].contains("\"cause\":\"register: sent\"") && lines[0].contains("\"id\":\""))
        #expect(lines[1].contains("invite: try 1 failed, next at 20"))
        for secret in ["anvil", "Peeters", sent.token.text, later.token.text, "not known"] {
            #expect(!office.test.log.contains(secret), "\(secret)")
        }
    }

    @Test func `NOT-1: a crowd of messages goes out, each once`() async throws {
        let office = try Office()
        defer { office.remove() }
        for number in 0..<25 { try await office.issue(.register, .register, to: "p\(number)@anvil.example") }
        let mails = try await office.deliver()
        #expect(Set(mails.compactMap { $0["To"] }).count == 25 && mails.count == 25)
        #expect(Set(mails.compactMap { $0["Message-ID"] }).count == 25)
        #expect(try office.test.site.store.mailStates().isEmpty)
    }

    @Test(arguments: [
        ("https://test.example", "test.example"), ("http://127.0.0.1:8080", "127.0.0.1"), ("http://[::1]:8080", "[::1]"),
        ("https://a.example:444/x", "a.example"),
    ])
    func `the host of the public address`(_ address: String, _ host: String) {
        #expect(SiteConfiguration(publicAddress: address).publicHost == host)
    }
}
