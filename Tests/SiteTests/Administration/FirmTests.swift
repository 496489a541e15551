import Store
import Testing

@testable import Site

@Suite struct FirmTests {
    private struct Room {
        let test: TestSite
        let chief: Browser
        let owner: String
        let firm: String
        var place: String { "/administration/organisations/\(firm)" }
        var organisation: Organisation { get throws { try #require(try test.site.store.organisation(firm)) } }

        init() async throws {
            test = try TestSite()
            chief = try await Browser.staff(test)
            owner = try await test.enrol("an@anvil.example", name: "An Peeters")
            firm = try await test.organisation("Anvil <Sons>", number: "0403227515", owner: owner)
        }
    }

    @Test func `organisations are found by part of the name, or by the number as people write it`() async throws {
        let room = try await Room()
        for search in ["", "anvil", "0403227515", "0403.227.515", "BE%200403%20227%20515", "403227515"] {
            let page = try await room.chief.get("/en/administration/organisations?search=\(search)")
            #expect(page.body.contains("Anvil &lt;Sons") && page.body.contains("0403.227.515"), "\(search)")
        }
        #expect(try await room.chief.get("/en/administration/organisations?search=0417497106").body.contains("Nothing found."))
    }

    @Test func `its page shows members, and no assessment, answer or score`() async throws {
        let room = try await Room()
        let browser = Browser(room.test)
        try await browser.signIn("an@anvil.example")
        let (assessment, _) = try await browser.finish()
        let id = String(assessment.split(separator: "/").last ?? "")
        let key = try #require(browser.sid.flatMap { SessionSecret(cookie: $0) }).key
        try await room.test.site.store.adopt(
            id, organisation: room.firm, keepsLink: true, session: key, permit: { _ in true }, memberPermit: { _ in true },
            by: Actor(room.owner), now: room.test.now)
        let page = try await room.chief.get("/en\(room.place)").body
        #expect(page.contains("An Peeters") && page.contains(">Owner<") && page.contains("0403.227.515"))
        #expect(!page.contains(id) && !page.contains("/assessments/") && !page.contains("3.00") && !page.contains("an@anvil.example"))
    }

    @Test func `NOT-8: staff confirms the identity, and takes it back`() async throws {
        let room = try await Room()
        #expect(try await room.chief.get("/en\(room.place)").body.contains("As they say themselves"))
        #expect(try await room.chief.press("confirm", on: room.place).status == 303)
        #expect(try room.organisation.proof == .staff && room.organisation.proofBy == room.chief.account()?.id)
        let page = try await room.chief.get("/en\(room.place)").body
        #expect(page.contains("Confirmed by Chief on") && !page.contains("value=\"confirm\""))
        #expect(try await room.chief.press("unconfirm", on: room.place).status == 303)
        #expect(try room.organisation.proof == .selfDeclared && room.organisation.proofBy == "")
        let rows = try room.test.site.store.audit(organisation: room.firm)
        #expect(rows.prefix(2).map(\.detail) == ["self", "staff"])
        #expect(rows.prefix(2).allSatisfy { $0.action == "proofChanged" })
    }

    @Test func `NOT-8: a name or number that changed since the page was opened is not confirmed unseen`() async throws {
        let room = try await Room()
        let page = try await room.chief.get("/en\(room.place)")
        try await room.test.site.store.change(
            OrganisationFacts(number: "0403227515", name: "Anvil Bank"), of: room.firm, account: room.owner, permit: { _ in true },
            by: Actor(room.owner), now: room.test.now)
        #expect(page.carried.map(\.1).contains("Anvil <Sons>"))
        let answer = try await room.chief.post("/en\(room.place)", page.carried + [("then", "confirm")])
        #expect(answer.status == 422 && answer.body.contains("has changed its name or number") && answer.body.contains("Anvil Bank"))
        #expect(try room.organisation.proof == .selfDeclared)
    }

    @Test func `NOT-8: a number is confirmed for one organisation only`() async throws {
        let room = try await Room()
        _ = try await room.chief.press("confirm", on: room.place)
        let copy = try await room.test.organisation("Copy", number: "0403227515", owner: room.owner)
        let page = try await room.chief.press("confirm", on: "/administration/organisations/\(copy)")
        #expect(page.status == 422 && page.body.contains("Another organisation with this number") && page.body.contains("id=\"identity\""))
        #expect(try room.test.site.store.organisation(copy)?.proof == .selfDeclared)
    }

    @Test func `SEC-2: members of an admitted buyer must set up the second step at once`() async throws {
        let room = try await Room()
        let an = Browser(room.test)
        try await an.signIn("an@anvil.example")
        #expect(try await an.isSignedIn)
        #expect(try await room.chief.press("admit", on: room.place).status == 303)
        #expect(try room.organisation.buyerAt == room.test.now)
        #expect(try await an.get("/en/account").location == "/en/sign-in/code")
        #expect(try room.test.site.store.account(id: room.owner)?.roles == [.buyer])
        #expect(try await room.chief.press("dismiss", on: room.place).status == 303)
        #expect(try room.organisation.buyerAt == nil && room.test.site.store.account(id: room.owner)?.roles == [])
    }

    @Test func `an action that is none is refused`() async throws {
        let room = try await Room()
        for action in ["", "erase", "prove"] { #expect(try await room.chief.press(action, on: room.place).status == 422) }
        #expect(try room.organisation.proof == .selfDeclared && room.organisation.buyerAt == nil)
    }
}
