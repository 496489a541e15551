import Store
import Testing

@testable import Site

@Suite struct AccountCardTests {
    private struct Room {
        let test: TestSite
        let chief: Browser
        let bo: String
        var place: String { "/administration/accounts/\(bo)" }
        var account: Account { get throws { try #require(try test.site.store.account(id: bo)) } }

        init(mail: Bool = false) async throws {
            test = try TestSite { if mail { $0.mailProgram = "/bin/true" } }
            chief = try await Browser.staff(test)
            bo = try await test.enrol("bo@anvil.example")
        }

        func press(_ action: String, password: String? = nil) async throws -> Page {
            try await chief.press(action, on: place, password: password)
        }
    }

    @Test func `the page shows who it is, what she may do and when she was here`() async throws {
        let room = try await Room()
        var page = try await room.chief.get("/en\(room.place)").body
        for text in ["Bo Claes", "bo@anvil.example", "Can sign in", "In 0 browsers", "Never"] { #expect(page.contains(text), "\(text)") }
        _ = try await room.test.organisation("Anvil & Sons", owner: room.bo)
        try await Browser(room.test).signIn("bo@anvil.example")
        page = try await room.chief.get("/en\(room.place)").body
        #expect(page.contains("In 1 browser") && page.contains("Anvil &amp; Sons: Owner") && !page.contains(">Never<"))
    }

    @Test func `SEC-4: disabling takes effect at the next request, and enabling lets her in again`() async throws {
        let room = try await Room()
        let bo = Browser(room.test)
        try await bo.signIn("bo@anvil.example")
        #expect(try await bo.isSignedIn)
        let done = try await room.press("disable")
        #expect(done.status == 303 && done.location == "/en\(room.place)?saved=1")
        #expect(try await !bo.isSignedIn)
        #expect(try await bo.signIn("bo@anvil.example").status == 422)
        #expect(try await room.chief.get("/en\(room.place)").body.contains(">Disabled<"))
        _ = try await room.press("enable")
        #expect(try await bo.signIn("bo@anvil.example").status == 303)
        let audited = try room.test.audited()
        #expect(audited.contains("accountDisabled") && audited.contains("accountEnabled"))
    }

    @Test func `SEC-4: an administrator ends all sessions of somebody else, and keeps her own when she ends hers`() async throws {
        let room = try await Room()
        let (laptop, phone) = (Browser(room.test), Browser(room.test))
        try await laptop.signIn("bo@anvil.example")
        try await phone.signIn("bo@anvil.example")
        _ = try await room.press("endSessions")
        #expect(try await !laptop.isSignedIn)
        #expect(try await !phone.isSignedIn)
        let chief = try #require(try room.chief.account()).id
        #expect(try await room.chief.press("endSessions", on: "/administration/accounts/\(chief)").status == 303)
        #expect(try await room.chief.isSignedIn)
    }

    @Test func `roles are given and taken, and a role given twice is given once`() async throws {
        let room = try await Room()
        for _ in 0..<2 { #expect(try await room.press("giveAnalyst").status == 303) }
        #expect(try room.account.roles == [.analyst])
        #expect(try room.test.audited().filter { $0 == "roleGiven" }.count == 1)
        #expect(try await room.chief.get("/en\(room.place)").body.contains("off; must be set up at the next sign-in"))
        _ = try await room.press("takeAnalyst")
        #expect(try room.account.roles == [])
    }

    @Test(arguments: ["giveAdministrator", "resetPassword", "resetSecondStep"])
    func `ASVS 7.5.3: what weakens somebody's protection takes the administrator's own password`(_ action: String) async throws {
        let room = try await Room()
        let bo = Browser(room.test)
        try await bo.signIn("bo@anvil.example")
        _ = try await bo.turnOnSecondStep()
        let before = (try room.account, try room.test.site.store.auditHead())
        for password in [nil, "", "wrong wrong wrong"] {
            let page = try await room.press(action, password: password)
            #expect(page.status == 422 && page.body.contains("role=\"alert\"") && !page.body.contains("wrong wrong wrong"))
        }
        #expect(try room.account == before.0 && room.test.site.store.auditHead() == before.1)
        #expect(try await room.press(action, password: goodPassword).status == 303)
        #expect(try room.test.site.store.auditHead() != before.1)
    }

    @Test func `SEC-3: guessing the administrator's password here is slowed down`() async throws {
        let room = try await Room()
        var statuses: [Int] = []
        for _ in 0..<6 { statuses.append(try await room.press("giveAdministrator", password: "wrong wrong wrong").status) }
        #expect(statuses == [422, 422, 422, 422, 422, 429])
        #expect(try await room.press("giveAdministrator", password: goodPassword).status == 429)
        #expect(try room.account.roles == [])
    }

    @Test func `SEC-25, NOT-3: a link for a new password is shown to print, works once, and ends every session`() async throws {
        let room = try await Room(mail: true)
        let bo = Browser(room.test)
        try await bo.signIn("bo@anvil.example")
        let made = try await room.press("resetPassword", password: goodPassword)
        #expect(made.location == "/en\(room.place)/link")
        let first = try #require(try await room.chief.get(made.location).body.firstMatch(of: /\/en(\/reset\/[\w-]{43})/)).1
        #expect(try bo.links(.reset, to: "bo@anvil.example").last == String(first))
        // Nothing changes for her until it is used.
        #expect(try await bo.isSignedIn)
        _ = try await room.press("resetPassword", password: goodPassword)
        let second = try #require(try await room.chief.get(made.location).body.firstMatch(of: /\/en(\/reset\/[\w-]{43})/)).1
        #expect(first != second)
        #expect(try await Browser(room.test).get("/en\(first)").status == 410)
        #expect(try await Browser(room.test).fill(String(second), [("newPassword", "seven loud magpies dive")]).status == 200)
        #expect(try await !bo.isSignedIn)
        #expect(try await bo.signIn("bo@anvil.example").status == 422)
        #expect(try await bo.signIn("bo@anvil.example", "seven loud magpies dive").status == 303)
        #expect(try room.test.audited().filter { $0 == "accountReset" }.count == 2)
        #expect(!room.test.log.contains(first.dropFirst("/reset/".count)) && !room.test.log.contains("bo@anvil"))
    }

    @Test func `SEC-2: a second step that was taken away must be set up anew by who needs it, and its owner is told`() async throws {
        let room = try await Room(mail: true)
        let ana = try await Browser.staff(room.test, "ana@staff.example", name: "Ana", role: .analyst)
        let id = try #require(try ana.account()).id
        #expect(try await room.chief.press("resetSecondStep", on: "/administration/accounts/\(id)", password: goodPassword).status == 303)
        #expect(try await !ana.isSignedIn)
        #expect(try room.test.site.store.recoveryCodesLeft(account: id) == 0)
        #expect(try ana.links(.secondStepOff, to: "ana@staff.example").count == 1)
        #expect(try await ana.signIn("ana@staff.example").location == "/en/account/second-step")
        #expect(try await ana.get("/en/account").location == "/en/sign-in/code")
        room.test.pass(hours: 1)
        _ = try await ana.signIn("ana@staff.example")
        _ = try await ana.turnOnSecondStep(password: nil)
        #expect(try await ana.isSignedIn)
    }

    @Test func `the last administrator stays, and the page says why`() async throws {
        let room = try await Room()
        let chief = try #require(try room.chief.account()).id
        let place = "/administration/accounts/\(chief)"
        for action in ["disable", "takeAdministrator"] {
            let page = try await room.chief.press(action, on: place)
            #expect(page.status == 422 && page.body.contains("Nobody else could run the service") && page.body.contains("id=\"access\""))
        }
        #expect(try await room.chief.get("/en/administration").status == 200)
        // A disabled one does not count.
        try await room.test.enrol("boss@staff.example", roles: [.administrator])
        let boss = try #require(try room.test.site.store.account(emailKey: "boss@staff.example")).id
        _ = try await room.chief.press("disable", on: "/administration/accounts/\(boss)")
        #expect(try await room.chief.press("takeAdministrator", on: place).status == 422)
        _ = try await room.chief.press("enable", on: "/administration/accounts/\(boss)")
        let left = try await room.chief.press("takeAdministrator", on: place)
        #expect(left.status == 303 && left.location == "/en/account")
        #expect(try await room.chief.get("/en/account").status == 200)
        #expect(try await room.chief.get("/en/administration").status == 404)
    }

    @Test func `whoever disables herself is led to the sign-in`() async throws {
        let room = try await Room()
        try await room.test.enrol("boss@staff.example", roles: [.administrator])
        let chief = try #require(try room.chief.account()).id
        #expect(try await room.chief.press("disable", on: "/administration/accounts/\(chief)").location == "/en/sign-in")
        #expect(try await !room.chief.isSignedIn)
    }

    @Test func `her own password and second step an administrator changes with a code, not here`() async throws {
        let room = try await Room()
        let chief = try #require(try room.chief.account())
        let place = "/administration/accounts/\(chief.id)"
        let page = try await room.chief.get("/en\(place)").body
        #expect(!page.contains("value=\"resetSecondStep\"") && !page.contains("value=\"resetPassword\""))
        for action in ["resetPassword", "resetSecondStep"] {
            #expect(try await room.chief.press(action, on: place, password: goodPassword).status == 422)
        }
        #expect(try room.chief.account()?.totp == chief.totp)
    }

    @Test func `a disabled account gets no link, and an action that is none is refused`() async throws {
        let room = try await Room()
        _ = try await room.press("disable")
        #expect(try await !room.chief.get("/en\(room.place)").body.contains("value=\"resetPassword\""))
        for action in ["resetPassword", "erase", "", "giveBuyer"] {
            #expect(try await room.press(action, password: goodPassword).status == 422, "\(action)")
        }
        #expect(try room.test.audited().first == "accountDisabled")
    }
}
