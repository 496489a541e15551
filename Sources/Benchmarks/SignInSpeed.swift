import Foundation
import QuestionnaireFiles
import Site
import Store

/// Signing in, and pages for who is signed in, with few and with very many accounts.
enum SignInSpeed {
    private static let password = "twelve quiet herons wade"

    static func measure(_ questionnaire: LoadedQuestionnaire) async throws {
        for accounts in [100, 100_000] {
            let scratch = try Scratch()
            defer { scratch.remove() }
            let people = try await People(folder: "\(scratch.path)/data", questionnaire, count: accounts, password: password)
            let server = try Server(folder: "\(scratch.path)/data", log: "\(scratch.path)/log", port: 18_491)
            defer { server.stop() }
            print("  \(accounts) accounts, ready after \(rounded(server.readyMilliseconds, 0)) ms")
            try pages(people, accounts)
            try await crowd(people, accounts, scratch)
            try times(people, accounts)
            report("resident memory with \(accounts) accounts", "\(server.residentMegabytes) MB", promised: "≤ 150 MB")
        }
    }

    /// The same section for somebody with the private link and for a member of the organisation that owns it.
    private static func pages(_ people: People, _ accounts: Int) throws {
        var ratios: [Double] = []
        for round in 0..<9 {
            let anonymous = try Load.run(people.anonymous.page, headers: [people.anonymous.cookie], seconds: 2)
            let member = try Load.run(people.member.page, headers: [people.member.cookie], seconds: 2)
            precondition(anonymous.failures == 0 && member.failures == 0, "no failures")
            if round > 0 { ratios.append(member.requestsPerSecond / anonymous.requestsPerSecond) }
        }
        report("signed-in section page against anonymous", rounded(median(ratios)), promised: "≥ 0.9 (\(accounts) accounts)")
    }

    /// Eight people sign in over and over while sixteen others look at pages as fast as they can.
    private static func crowd(_ people: People, _ accounts: Int, _ scratch: Scratch) async throws {
        let script = "\(scratch.path)/sign-in.lua"
        try people.lua(password: password).write(toFile: script, atomically: true, encoding: .utf8)
        async let signIns = Task.detached { try Load.run("http://127.0.0.1:18491", script: script, seconds: 10, connections: 8) }.value
        let pages = try await Task.detached {
            try Load.run(people.anonymous.page, headers: [people.anonymous.cookie], seconds: 8, connections: 16)
        }.value
        let rate = try await signIns
        precondition(rate.failures == 0 && pages.failures == 0, "everybody gets in")
        report("sign-ins beside pages", "\(rounded(rate.requestsPerSecond, 1))/s", promised: "≥ 15/s (\(accounts) accounts)")
        report(
            "pages beside sign-ins, p99", "\(pages.p99) (\(Int(pages.requestsPerSecond))/s)", promised: "≤ 100 ms (\(accounts) accounts)")
    }

    /// How long a refusal takes for an address with an account and for one without (SEC-3).
    private static func times(_ people: People, _ accounts: Int) throws {
        var (known, unknown): ([Double], [Double]) = ([], [])
        for round in 0..<40 {
            known.append(try people.refusal(email: "person\(round)@example.be"))
            unknown.append(try people.refusal(email: "nobody\(round)@example.be"))
        }
        report("refusal of an unknown address against a known", rounded(median(unknown) / median(known)), promised: "0.9–1.1")
    }
}

/// Accounts with one password, and two assessments: one that a browser holds, one that an organisation owns.
private struct People: Sendable {
    struct Visitor: Sendable {
        let page: String
        let cookie: String
    }

    let anonymous: Visitor
    let member: Visitor
    private let visitor = SessionSecret(bytes: Site.systemRandom(32))
    private let count: Int

    init(folder: String, _ questionnaire: LoadedQuestionnaire, count: Int, password: String) async throws {
        self.count = count
        let store = try Store.open(folder: folder)
        let hash = try Argon2.hash(Array(password.utf8), salt: Site.systemRandom(16))
        let now = Site.systemClock()
        for start in stride(from: 0, to: count, by: 500) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in start..<min(start + 500, count) {
                    let email = "person\(number)@example.be"
                    let account = NewAccount(
                        id: "person-\(number)", email: email, emailKey: email, name: "Person \(number)", language: "en", password: hash)
                    let ticket = NewTicket(
                        id: "ticket-\(number)", token: Digest32(of: Array("\(number)".utf8)), purpose: .welcome, account: account.id)
                    group.addTask { try await store.add(account, ticket: ticket, by: .console, now: now) }
                }
                try await group.waitForAll()
            }
        }
        let answered = ["GOV-1.practice": "3", "GOV-2.practice": "2", "GOV-2.note": "as agreed in May", "SUP-1.practice": "4"]
        let prepared = try await Prepared(store, questionnaire, count: 2, fields: answered).all
        let (held, owned) = (prepared[0], prepared[1])
        let secret = SessionSecret(bytes: Site.systemRandom(32))
        try await store.make(OrganisationFacts(name: "Anvil"), id: "anvil", owner: "person-1", by: .console, now: now)
        try await store.signIn(
            account: "person-1",
            NewSession(
                key: secret.key, replacing: owned.secret.key, isHalf: false, lifetime: 72_000_000, limit: 72_000_000, origin: Origin()),
            now: now)
        try await store.adopt(
            owned.id, organisation: "anvil", keepsLink: false, session: secret.key, permit: { $0.holds }, memberPermit: { $0 == .owner },
            by: .console, now: now)
        await store.close()
        let page = { (id: String) in "http://127.0.0.1:18491/en/assessments/\(id)/sections/GOV" }
        anonymous = Visitor(page: page(held.id), cookie: "Cookie: __Host-sid=\(held.secret.cookie)")
        member = Visitor(page: page(owned.id), cookie: "Cookie: __Host-sid=\(secret.cookie)")
    }

    func lua(password: String) -> String {
        """
        local n = 0
        request = function()
          n = (n + 7919) % \(count)
          local body = "proof=\(visitor.proof)&stay=short&password=\(password.replacingOccurrences(of: " ", with: "+"))&email=person" .. n .. "%40example.be"
          return wrk.format("POST", "/en/sign-in", {
            ["Cookie"] = "__Host-sid=\(visitor.cookie)", ["Sec-Fetch-Site"] = "same-origin",
            ["Content-Type"] = "application/x-www-form-urlencoded"}, body)
        end
        """
    }

    /// Seconds until a wrong password is refused.
    func refusal(email: String) throws -> Double {
        let answer = try shell(
            "curl",
            [
                "-s", "-o", "/dev/null", "-w", "%{http_code} %{time_total}", "-H", "Cookie: __Host-sid=\(visitor.cookie)", "-H",
                "Sec-Fetch-Site: same-origin", "--data-urlencode", "proof=\(visitor.proof)", "--data-urlencode", "email=\(email)",
                "--data-urlencode", "password=wrong", "http://127.0.0.1:18491/en/sign-in",
            ]
        ).split(separator: " ")
        precondition(answer.first == "422", "the password is refused: \(answer)")
        return Double(answer.last ?? "") ?? 0
    }
}
