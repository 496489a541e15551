import Assessment
import Foundation
import QuestionnaireFiles
import Testing

@testable import Site
@testable import Store

/// The section "Security" of the README says what the code does: its figures, its roles, its events (ASVS 2.1, 6.1, 7.1, 8.1, 16.1).
@Suite struct SecurityDocumentTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private let document: String

    init() throws {
        let readme = try String(contentsOf: Self.folder.appending(path: "README.md"), encoding: .utf8)
        let start = try #require(readme.firstRange(of: "\n## Security\n"))
        let rest = readme[start.upperBound...]
        document = String(rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)])
    }

    /// The second cell, and those behind it, of the row that begins with a text.
    private func row(_ first: String) throws -> [String] {
        let line = try #require(document.split(separator: "\n").first { $0.hasPrefix("| \(first) |") }, "a row \(first)")
        return line.split(separator: "|").dropFirst().map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func source(_ path: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: "Sources/\(path)"), encoding: .utf8)
    }

    private func grouped(_ number: Int) -> String {
        number < 1_000 ? "\(number)" : "\(number / 1_000),\(String(1_000 + number % 1_000).dropFirst())"
    }

    /// The longest text of one letter that is taken.
    private func longest(_ range: ClosedRange<Int>, _ isTaken: (String) -> Bool) -> Int? {
        range.last { isTaken(String(repeating: "a", count: $0)) }
    }

    @Test func `ASVS 2.1.1: how long and how many inputs may be`() throws {
        #expect(
            try row("request")[0]
                == "\(Limit.headerFields) header fields at most, \(Limit.headerBytes / 1_024) KiB each and \(2 * Limit.headerBytes / 1_024) KiB in all; done within \(Limit.requestSeconds) seconds"
        )
        #expect(try row("form")[0].hasPrefix("\(Limit.bodyBytes / 1_024) KiB, \(grouped(Limit.fields)) fields, "))
        #expect(try row("note, reason")[0] == "\(grouped(Questionnaire.textLimit)) characters")
        #expect(try row("name of a firm in an assessment")[0] == "\(FactsPage.nameLimit) characters")
        #expect(try row("name of a person, organisation or contributor")[0].hasPrefix("1 to \(DisplayName.limit) characters"))
        let local = try #require(longest(1...100) { (try? EmailAddress("\($0)@b.example")) != nil })
        let labels = String(repeating: "d.", count: 90)
        let whole = try #require(longest(1...64) { (try? EmailAddress("\($0)@\(labels)bbb.example")) != nil })
        #expect(whole < local)
        #expect(
            try row("e-mail address")[0]
                == "name@domain in ASCII, \(whole + "@\(labels)bbb.example".utf8.count) bytes, \(local) of them before the @")
        let letters = RecoveryCode.make(Site.systemRandom)[0].filter { $0 != "-" }.count
        #expect(try row("code")[0] == "\(TOTP.digits) digits; a recovery code has \(letters) letters and digits")
        #expect(try row("link")[0] == "256 bits, \(LinkToken(bytes: Site.systemRandom(32)).text.count) characters")
    }

    @Test func `ASVS 2.1.2: which fields belong together`() throws {
        for words in [
            "needs a reason", "its own sector only", "nothing changed since the check page", "old and the new one have confirmed",
        ] {
            #expect(document.contains(words), "\(words)")
        }
    }

    @Test func `ASVS 2.1.3: how much one may do`() throws {
        #expect(try row("wrong passwords or codes")[0].hasPrefix("\(Throttle.freeFailures), for one account from one address"))
        #expect(try row("messages to one mailbox")[0] == "\(Throttle.freeFailures)")
        #expect(try row("messages asked for from one address")[0] == "\(Visit.freeMails)")
        #expect(
            try row("passwords hashed at once")[0].hasPrefix(
                "\(PasswordPool.threads), \(PasswordPool.queueLimit) more wait; who signed in from there before has a line of \(PasswordPool.queueLimit) "
            ))
        #expect(try row("files in memory")[0] == "\(UploadGate.limit), \(UploadGate.limitOfOne) from one network")
        #expect(try row("writes that wait")[0] == grouped(StoreOptions().queueLimit))
        #expect(try row("connections")[0] == "\(grouped(SiteConfiguration().maximumConnections)), or as set")
        let signIn = try source("Store/Tables/Accounts/SignIn.swift")
        #expect(signIn.contains("sessionLimit = \(try row("sessions of one account")[0])\n"))
        #expect(signIn.contains("historyLength = \(try row("failed attempts in an account's history")[0])\n"))
        #expect(
            document.contains("goes after \(Retention.untouchedDays) days, the rest of what is unused after \(Retention.months) months"))
    }

    @Test func `ASVS 2.1.3: how long links work`() throws {
        func words(_ milliseconds: Int64) -> String {
            switch milliseconds {
            case ..<3_600_000: "\(milliseconds / 60_000) minutes"
            case ...86_400_000: "\(milliseconds / 3_600_000) hours"
            default: "\(milliseconds / 86_400_000) days"
            }
        }
        for purpose in TicketPurpose.allCases {
            let name = [.leaveEmail, .takeEmail].contains(purpose) ? "leaveEmail, takeEmail" : purpose.rawValue
            #expect(try row(name)[0] == words(purpose.lifetime), "\(name)")
        }
        let days = try row("contributor's link")[0]
        #expect(days.hasSuffix("; 7, 30 or 90 days"))
        #expect(try source("Site/Colleagues/ColleaguesPage.swift").contains("days = [7, 30, 90]"))
    }

    @Test func `ASVS 6.1.1: what slows down guessing`() throws {
        #expect(
            document.contains(
                "After \(Throttle.freeFailures) failures the next attempt waits 1 second, then twice as long each time, up to \(Throttle.longestWaitSeconds) seconds."
            ))
        let throttle = Throttle()
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        for _ in 0..<Throttle.freeFailures { #expect(throttle.attempt("x", from: "203.0.113.5", now: now) == nil) }
        #expect(throttle.attempt("x", from: "203.0.113.5", now: now) == 1)
        let memory = try #require(try source("Site/Account/Throttle.swift").firstMatch(of: /static let limit = ([0-9_]+)/)?.1)
        #expect(document.contains("for \(grouped(Int(memory.replacing("_", with: "")) ?? 0)) pairs"))
        #expect(document.contains("Argon2id (\(Argon2.memoryKiB / 1_024) MiB, \(Argon2.passes) passes, "))
    }

    @Test func `ASVS 6.1.2: what passwords may be, and the words they may not consist of`() throws {
        #expect(
            document.contains(
                "at least \(PasswordRules.leastAlone) characters, or \(PasswordRules.leastWithSecondFactor) where the account has a second step, and at most \(grouped(PasswordRules.mostBytes)) bytes"
            ))
        #expect(document.contains("(\(grouped(CommonPasswords.least)) entries at least)"))
        #expect(
            document.contains(
                "the site's name, the operator's name, the e-mail address and its parts, the words of the person's name"))
    }

    @Test func `ASVS 6.1.2: each of the words that are named is refused`() async throws {
        let test = try SignInTests.mailing()
        let operatorName = test.site.configuration.operatorName
        #expect(!operatorName.isEmpty)
        for word in [test.site.words(.en)[.siteName], operatorName, "an@anvil.example", "anvil", "Peeters"] {
            let password = "\(word) 2026 2026 2026"
            let page = try await Browser(test).register("an@anvil.example", password: password)
            #expect(page.status == 422 && page.body.contains("href=\"#newPassword\""), "\(word)")
        }
    }

    @Test func `ASVS 6.1.3: every way in is named`() throws {
        for way in [
            "sign-in", "register, invite", "invite, signed in", "reset, welcome", "start without account", "private link",
            "contributor's link",
            "`linchpin user`",
        ] { #expect(try row(way).count == 2, "\(way)") }
        // The forms that begin a session or let one go further; another one is another way in.
        var found: Set<String> = []
        for (path, text) in try sources() where path.hasPrefix("Site/") {
            for call in ["visit.signIn(", ".completeSignIn(", "visit.sessionEnd"] where text.contains(call) { found.insert(path) }
        }
        #expect(
            found == [
                "Site/Account/SignInRoutes.swift", "Site/Account/RegisterRoutes.swift", "Site/Account/CodeRoutes.swift",
                "Site/Organisation/JoinRoutes.swift", "Site/Respondent/OpenRoutes.swift", "Site/Respondent/StartRoutes.swift",
                "Site/Colleagues/ContributeRoutes.swift", "Site/Workbooks/ImportRoutes.swift", "Site/Respondent/CarryRoutes.swift",
            ])
    }

    @Test func `ASVS 7.1.1, 7.1.2: how long sessions last, and how many there may be`() throws {
        let hours = { (milliseconds: Int64) in "\(milliseconds / 3_600_000) hours" }
        #expect(try row("by signing in") == [hours(StaySignedIn.short.lifetime), "\(hours(StaySignedIn.limit)) after signing in"])
        #expect(
            try row("by signing in, \"longer\"") == [hours(StaySignedIn.long.lifetime), "\(hours(StaySignedIn.limit)) after signing in"])
        #expect(try row("without account")[0] == hours(Limit.sessionMilliseconds))
        #expect(StaySignedIn.long.lifetime >= 10 * StaySignedIn.short.lifetime, "WCAG 2.2.1")
        let sessions = try row("sessions of one account")[0]
        #expect(document.contains("An account may have \(sessions) sessions"))
    }

    @Test func `ASVS 8.1.1: who may do what is what the rules say`() throws {
        let standings: [Standing] = [
            Standing(isAdopted: true, sections: ["GOV": "c"]), Standing(isAdopted: true, role: .reader),
            Standing(isAdopted: true, role: .editor),
            Standing(isAdopted: true, role: .owner), Standing(holds: true), Standing(holds: true, isAdopted: true),
        ]
        for action in AssessmentAction.allCases where action != .adopt {
            let said = try table(after: "| action | contributor |", action.rawValue)
            let ruled = standings.map { standing in
                let may = action.permit(section: "ACC")(standing)
                if !may, action.permit(section: "GOV")(standing) { return "own sections" }
                return may ? "yes" : "no"
            }
            #expect(said == ruled, "\(action)")
        }
        for action in OrganisationAction.allCases {
            let ruled = [MemberRole.reader, .editor, .owner].map { action.permit($0) ? "yes" : "no" }
            #expect(try table(after: "| action | reader |", action.rawValue) == ruled, "\(action)")
        }
    }

    @Test func `ASVS 8.1.2: who may read and change which fields is said for every kind of data`() throws {
        let rows = try #require(document.firstRange(of: "| fields | read by | changed by |\n"))
        let table = document[rows.upperBound...].split(separator: "\n\n")[0].split(separator: "\n").dropFirst()
        #expect(table.count == 7)
        for line in table { #expect(line.split(separator: "|").filter { $0.contains(where: \.isLetter) }.count == 3, "\(line)") }
        #expect(document.contains("Administrators see no assessment, answer or score of others."))
    }

    @Test func `ASVS 16.1.1: every event of the log and every action of the trail is named, and none else`() throws {
        let log = try #require(document.split(separator: "\n").first { $0.hasPrefix("The log's events: ") })
        let named = Set(log.matches(of: /`([A-Za-z]+)`/).map { String($0.1) })
        var events: Set<String> = ["request"]
        for (_, text) in try sources() {
            for match in text.matches(of: /\.event\(\s*(?:\.[a-z]+|level),\s*"([A-Za-z]+)"/) { events.insert(String(match.1)) }
            #expect(text.matches(of: /log\.event\(/).count == text.matches(of: /\.event\(\s*(?:\.[a-z]+|level),\s*"[A-Za-z]+"/).count)
        }
        #expect(events.count > 10)
        #expect(events.subtracting(named) == [], "not in the document")
        #expect(named.subtracting(events) == [], "not in the code")
        let trail = try #require(document.split(separator: "\n").first { $0.hasPrefix("The trail's actions: ") })
        #expect(Set(trail.matches(of: /`([A-Za-z]+)`/).map { String($0.1) }) == Set(AuditAction.allCases.map(\.rawValue)))
        #expect(try row("audit trail").last == "for good; addresses \(Retention.addressMonths) months")
        #expect(try row("sign-in history").last == "\(Retention.signInDays) days")
    }

    /// The cells of a row of the table whose head begins with a text.
    private func table(after head: String, _ first: String) throws -> [String] {
        let start = try #require(document.firstRange(of: head))
        let rows = document[start.lowerBound...].split(separator: "\n\n")[0].split(separator: "\n")
        let line = try #require(rows.first { $0.hasPrefix("| \(first) |") }, "a row \(first)")
        return line.split(separator: "|").dropFirst().map { $0.trimmingCharacters(in: .whitespaces) }
    }

    private func sources() throws -> [(path: String, text: String)] {
        let root = Self.folder.appending(path: "Sources").resolvingSymlinksInPath()
        let files = try #require(FileManager.default.enumerator(atPath: root.path))
        return try files.compactMap { file in
            guard let path = file as? String, path.hasSuffix(".swift"), !path.hasPrefix("Benchmarks/") else { return nil }
            return (path, try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }
}
