import Foundation
import HTTPTypes
import Store
import Testing

@testable import Site

@Suite struct DeletionTests {
    /// Files of the data folder that hold a text, found by a process of its own: reading them here would drop SQLite's locks.
    private func files(_ test: TestSite, _ text: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["grep", "-rlaF", "-e", text, test.site.configuration.dataFolder]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let found = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: found, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `SEC-28: an account goes with its password typed and the box ticked, and not one byte of it stays`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example", name: "Zweefvlieg Peeters")
        let account = try browser.accountID()
        let path = try await browser.beginWithFacts()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "Nachtegaal notes")])
        // The link was made with the facts: somebody may still come by it, so it is taken back first.
        try await browser.save("\(path)/link", [], then: "withdraw")
        let traces = ["an@anvil.example", "Zweefvlieg", "Nachtegaal notes", "$argon2"]
        for trace in traces { #expect(try !files(test, trace).isEmpty) }

        for (fields, named) in [
            ([("password", goodPassword)], "sure"), ([("sure", "yes"), ("password", "wrong")], "password"), ([("sure", "yes")], "password"),
        ] {
            let refused = try await browser.fill("/account/deletion", fields)
            #expect(refused.status == 422 && refused.body.contains("href=\"#\(named)\""))
            #expect(!refused.body.contains(goodPassword))
        }
        #expect(try test.site.store.account(id: account) != nil)
        let gone = try await browser.fill("/account/deletion", [("sure", "yes"), ("password", goodPassword)])
        #expect(gone.status == 303 && gone.location == "/en/account/deleted")
        let cleared = try #require(HTTPField.Name("Clear-Site-Data"))
        #expect(gone.headers[cleared]?.contains("cookies") == true)
        #expect(try await browser.get(gone.location).status == 200)
        #expect(try await !browser.isSignedIn)
        for trace in traces { #expect(try files(test, trace) == [], "\(trace)") }
        #expect(try await browser.signIn("an@anvil.example").status == 422)
        guard case .sound = try Store.verifyAudit(folder: test.site.configuration.dataFolder) else {
            Issue.record("the audit trail is broken")
            return
        }
    }

    @Test func `SEC-28: the page says which organisations go along, and takes no more than it said`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let id = try browser.accountID()
        let store = test.site.store
        try await store.make(OrganisationFacts(name: "Anvil & Zonen"), id: "org1", owner: id, by: Actor(id), now: test.now)
        let page = try await browser.get("/en/account/deletion")
        #expect(page.body.contains("You are the only member of Anvil &amp; Zonen"))
        try await store.make(OrganisationFacts(name: "Second"), id: "org2", owner: id, by: Actor(id), now: test.now)
        let fields = [("proof", page.hidden("proof") ?? ""), ("organisations", page.hidden("organisations") ?? "")]
        let answer = try await browser.post("/en/account/deletion", fields + [("sure", "yes"), ("password", goodPassword)])
        #expect(answer.status == 422 && answer.body.contains("only member of Second"))
        #expect(try store.account(id: id) != nil)
        let all = [("proof", answer.hidden("proof") ?? ""), ("organisations", answer.hidden("organisations") ?? "")]
        #expect(try await browser.post("/en/account/deletion", all + [("sure", "yes"), ("password", goodPassword)]).status == 303)
        #expect(try await store.organisations().isEmpty)
    }

    @Test func `SEC-28: the only owner of colleagues, and the only administrator, read what to do first`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let (browser, colleague) = (Browser(test), Browser(test))
        try await browser.register("an@anvil.example")
        try await colleague.register("bo@anvil.example")
        let (an, bo) = (try browser.accountID(), try colleague.accountID())
        let store = test.site.store
        try await store.make(OrganisationFacts(name: "Anvil"), id: "org", owner: an, by: Actor(an), now: test.now)
        let invitation = test.site.issue(.invite, organisation: "org", role: .reader, email: "bo@anvil.example")
        try await store.issue(invitation.ticket, now: test.now)
        _ = try await store.join(ticket: invitation.token.digest, account: bo, by: Actor(bo), now: test.now)
        let page = try await browser.get("/en/account/deletion")
        #expect(page.body.contains("href=\"/en/organisations/org\"") && !page.body.contains("name=\"sure\""))
        let proof = try await browser.get("/en/account/profile").hidden("proof") ?? ""
        let forced = [("proof", proof), ("sure", "yes"), ("password", goodPassword), ("organisations", "org")]
        _ = try await browser.post("/en/account/deletion", forced)
        #expect(try store.account(id: an) != nil && store.organisation("org") != nil)
        #expect(try await colleague.fill("/account/deletion", [("sure", "yes"), ("password", goodPassword)]).status == 303)
        #expect(try store.account(id: bo) == nil)
    }

    @Test func `SEC-28: an organisation goes with everything in it, and its members stay`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let id = try browser.accountID()
        let store = test.site.store
        try await store.make(OrganisationFacts(name: "Zweefvlieg NV"), id: "org", owner: id, by: Actor(id), now: test.now)
        let (path, _) = try await browser.finish()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "Nachtegaal notes")])
        try await store.adopt(
            String(path.split(separator: "/").last ?? ""), organisation: "org", keepsLink: true, session: try browser.sessionKey(),
            permit: { $0.holds },
            memberPermit: { _ in true }, by: Actor(id), now: test.now)
        #expect(try await browser.fill("/organisations/org/deletion", [("sure", "yes"), ("password", "wrong")]).status == 422)
        #expect(try await browser.fill("/organisations/org/deletion", [("password", goodPassword)]).status == 422)
        let gone = try await browser.fill("/organisations/org/deletion", [("sure", "yes"), ("password", goodPassword)])
        #expect(gone.status == 303 && gone.location == "/en/deleted")
        for trace in ["Zweefvlieg NV", "Nachtegaal notes"] { #expect(try files(test, trace) == [], "\(trace)") }
        #expect(try await browser.get("/en/organisations/org/deletion").status == 404)
        #expect(try await browser.isSignedIn)
        #expect(try await browser.get(path).status == 403)
    }

    @Test func `SEC-30: an assessment of nobody says in its last 30 days when it will go`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let path = try await browser.beginWithFacts()
        let changed = test.now
        let link = try await browser.get("\(path)/link").body
        let token = try #require(link.firstMatch(of: /\/open\/([\w-]{43})/)).1
        test.pass(milliseconds: Retention.noticeBegins(after: changed).milliseconds - test.now.milliseconds - 1)
        #expect(try await Self.opened(test, String(token)).get(path).body.contains("It will be deleted on") == false)
        test.pass(milliseconds: 1)
        let later = try await Self.opened(test, String(token))
        #expect(try await later.get(path).body.contains("It will be deleted on"))
        try await later.save("\(path)/sections/GOV", [("GOV-1.practice", "3")])
        #expect(try await !later.get(path).body.contains("It will be deleted on"))
    }

    private static func opened(_ test: TestSite, _ token: String) async throws -> Browser {
        let browser = Browser(test)
        let page = try await browser.get("/en/open")
        _ = try await browser.post("/en/open", [("proof", page.hidden("proof") ?? ""), ("link", token)])
        return browser
    }

    @Test func `SEC-30: the hourly round tells idle people in their language, and erases them in the end`() async throws {
        let test = try TestSite {
            $0.mailProgram = "/bin/true"
            $0.mailFrom = "x@test.example"
        }
        let browser = Browser(test, language: "fr")
        try await browser.register("an@anvil.example")
        let id = try browser.accountID()
        let (rounds, room) = (Housekeeping(site: test.site), try MailRoom(site: test.site))
        while await room.deliver() == .zero {}
        let end = Retention.end(after: test.now)
        test.pass(milliseconds: end.adding(days: -30).milliseconds - test.now.milliseconds)
        try await rounds.tidy()
        let mail = try #require(try test.site.store.dueMail(now: test.now).first)
        #expect(mail.kind == "retention" && mail.language == "fr" && mail.facts["at"] == String(end.milliseconds))
        #expect(try room.message(mail).body.contains("https://test.example/fr/sign-in"))
        while await room.deliver() == .zero {}
        test.pass(hours: 30 * 24)
        try await rounds.tidy()
        #expect(try test.site.store.account(id: id) == nil)
        #expect(try files(test, "an@anvil.example") == [])
        #expect(test.log.contains("1 idle accounts erased, 0 owners told"))
    }
}
