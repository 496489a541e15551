import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct AuditPageTests {
    @Test func `every action has words of its own in every language`() throws {
        let site = try TestSite().site
        for language in Language.allCases {
            let words = site.words(language)
            #expect(Set(AuditAction.allCases.map { $0.words(words) }).count == AuditAction.allCases.count, "\(language)")
        }
    }

    @Test func `SEC-18: who did what to what, in words, newest first`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test, name: "Chief <1>")
        let bo = try await test.enrol("bo@anvil.example")
        let firm = try await test.organisation("Anvil", owner: bo)
        _ = try await chief.press("giveAnalyst", on: "/administration/accounts/\(bo)")
        _ = try await chief.press("confirm", on: "/administration/organisations/\(firm)")
        try await test.site.store.setDisabled(true, account: bo, by: .visitor(address: "192.0.2.7"), now: test.now)
        let page = try await chief.get("/en/administration/audit").body
        for text in [
            "gave a role: Analyst", "confirmed the organisation, or took that back: Confirmed by staff", "disabled an account", "A visitor",
            "The command line", "192.0.2.7", "made an account: Administrator", "href=\"/en/administration/accounts/\(bo)\">Bo Claes",
            "href=\"/en/administration/organisations/\(firm)\">Anvil", "Chief &lt;1",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        let newest = try #require(page.firstRange(of: "disabled an account")).lowerBound
        #expect(newest < (try #require(page.firstRange(of: "gave a role")).lowerBound))
        let head = try #require(try test.site.store.auditHead())
        #expect(page.contains("number \(head.number)") && page.contains(head.hash))
        // Looking at it leaves no row: a GET never writes.
        #expect(try test.site.store.auditHead() == head)
    }

    @Test func `an actor who is gone, and an action of a later version, are shown as they stand there`() async throws {
        let words = try TestSite().site.words(.en)
        #expect(AuditEntry.actor("gone", words) == "gone")
        #expect(AuditEntry.actor("service", words) == "The service itself")
    }

    @Test func `the trail is shown a hundred rows at a time`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        let bo = try await test.enrol("bo@anvil.example")
        for number in 0..<120 {
            try await test.site.store.setDisabled(number.isMultiple(of: 2), account: bo, by: .console, now: test.now)
        }
        let rows = { (page: Page) in page.body.matches(of: /<th scope="row">/).count }
        let first = try await chief.get("/en/administration/audit")
        #expect(rows(first) == 100 && !first.body.contains("Newest rows"))
        let before = try #require(first.body.firstMatch(of: /\?before=(\d+)">Older/)).1
        let second = try await chief.get("/en/administration/audit?before=\(before)")
        let head = try #require(try test.site.store.auditHead())
        #expect(rows(second) == Int(head.number) - 100 && second.body.contains("Newest rows") && !second.body.contains("Older rows"))
        for odd in ["before=x", "before=0", "before=-5", "before=99999999999999999999", "before="] {
            #expect(try await chief.get("/en/administration/audit?\(odd)").status == 200)
        }
    }

    @Test func `SEC-18, ASVS 16.4.2: the check runs at the press of a button only, and finds a change`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        #expect(try await !chief.get("/en/administration/audit").body.contains("was changed or removed."))
        let sound = try await chief.fill("/administration/audit", [])
        let head = try #require(try test.site.store.auditHead())
        #expect(sound.status == 200 && sound.body.contains("No row of \(head.number) was changed or removed."))
        #expect(try await chief.post("/en/administration/audit", [("proof", "wrong")]).status != 200)
        try await test.spoilAudit()
        let broken = try await chief.fill("/administration/audit", [])
        #expect(broken.body.contains("Row 2 is not as it was written."))
    }

    @Test func `what waits and failed is shown without address and text`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let chief = try await Browser.staff(test)
        let (site, now) = (test.site, test.now)
        let waiting = try #require(site.mail(.invite, to: "zweefvlieg@anvil.example", language: "en", facts: ["name": "Zweefvlieg"]))
        let failed = try #require(site.mail(.reset, to: "zweefvlieg@anvil.example", language: "en"))
        try await site.store.send(waiting, now: now)
        try await site.store.send(failed, now: now)
        try await site.store.note(
            .later(at: now.adding(days: 1), detail: "Exit 75, reply 450; msmtp: recipient zweefvlieg@anvil.example"), mail: waiting.id,
            now: now)
        try await site.store.note(.failed(detail: "No such <zweefvlieg@anvil.example> here"), mail: failed.id, now: now)
        let page = try await chief.get("/en/administration/mail").body
        for text in [
            "Invitation to an organisation", "Link for a new password", "Next attempt:", "Given up on", "Exit 75, reply 450",
            "No such here",
        ] {
            #expect(page.contains(text), "\(text)")
        }
        #expect(!page.lowercased().contains("zweefvlieg"))
        let quiet = try TestSite()
        let other = try await Browser.staff(quiet)
        let none = try await other.get("/en/administration/mail").body
        #expect(none.contains("sends no mail") && none.contains("Nothing waits and nothing has failed."))
    }
}
