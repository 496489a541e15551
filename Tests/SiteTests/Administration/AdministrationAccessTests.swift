import HTTPTypes
import Store
import Testing

@testable import Site

@Suite struct AdministrationAccessTests {
    /// Every route of the room, with ids of things that exist.
    private static func routes(account: String, firm: String) -> [(method: HTTPRequest.Method, path: String)] {
        Site.routes.entries.filter { $0.place.hasPrefix("/administration") }.map { entry in
            (entry.method, "/en" + entry.place.replacing("{account}", with: account).replacing("{firm}", with: firm))
        }
    }

    private func ask(_ browser: Browser, _ route: (method: HTTPRequest.Method, path: String)) async throws -> Page {
        if route.method == .get { return try await browser.get(route.path) }
        var proof = try await browser.get("/en/account").hidden("proof")
        if proof == nil { proof = try await browser.get("/en/sign-in").hidden("proof") }
        return try await browser.post(route.path, [("proof", proof ?? ""), ("then", "disable")])
    }

    @Test func `every route of the room asks for an administrator`() {
        let entries = Site.routes.entries.filter { $0.place.hasPrefix("/administration") }
        #expect(entries.count == 12)
        #expect(entries.allSatisfy { $0.rule == .role(.administrator) })
    }

    @Test func `SEC-11: to everybody else signed in the room does not exist, and nothing in it is done`() async throws {
        let test = try TestSite()
        let account = try await test.enrol("bo@anvil.example")
        let firm = try await test.organisation("Anvil", owner: account)
        let member = Browser(test)
        try await member.signIn("bo@anvil.example")
        let analyst = try await Browser.staff(test, "ana@staff.example", role: .analyst)
        let before = try test.site.store.auditHead()
        for browser in [member, analyst] {
            for route in Self.routes(account: account, firm: firm) {
                let page = try await ask(browser, route)
                #expect(page.status == 404, "\(route)")
                #expect(!page.body.contains("Anvil"))
            }
        }
        #expect(try test.site.store.auditHead() == before)
    }

    @Test func `SEC-11: nobody signed in is led to the sign-in`() async throws {
        let test = try TestSite()
        let account = try await test.enrol("bo@anvil.example")
        let firm = try await test.organisation("Anvil", owner: account)
        let browser = Browser(test)
        _ = try await browser.get("/en/sign-in")
        for route in Self.routes(account: account, firm: firm) {
            let page = try await ask(browser, route)
            #expect(
                route.method == .get ? page.status == 303 && page.location.hasPrefix("/en/sign-in?to=") : page.status == 403, "\(route)")
            #expect(!page.body.contains("Anvil"))
        }
        #expect(try test.site.store.account(id: account)?.disabledAt == nil)
    }

    @Test func `SEC-2: an administrator without her second step gets nothing, before and after she has set one up`() async throws {
        let test = try TestSite()
        let account = try await test.enrol("bo@anvil.example")
        let firm = try await test.organisation("Anvil", owner: account)
        try await test.enrol("chief@staff.example", roles: [.administrator])
        let browser = Browser(test)
        try await browser.signIn("chief@staff.example")
        for route in Self.routes(account: account, firm: firm) {
            let page = try await ask(browser, route)
            if route.method == .get {
                #expect(page.status == 303 && page.location == "/en/sign-in/code", "\(route)")
            } else {
                #expect(page.status == 403 && page.body.contains("you must set up the second step"), "\(route)")
            }
        }
        _ = try await browser.turnOnSecondStep(password: nil)
        #expect(try await browser.get("/en/administration").status == 200)
        let other = Browser(test)
        try await other.signIn("chief@staff.example")
        #expect(try await other.get("/en/administration").location == "/en/sign-in/code")
        #expect(try test.site.store.account(id: account)?.disabledAt == nil)
    }

    @Test func `every page of the room has one heading and a title of its own`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        let account = try await test.enrol("bo@anvil.example")
        let firm = try await test.organisation("Anvil", owner: account)
        var titles: [String] = []
        for route in Self.routes(account: account, firm: firm) where route.method == .get {
            let page = try await chief.get(route.path)
            #expect(page.status == 200, "\(route)")
            #expect(page.body.matches(of: /<h1/).count == 1, "\(route)")
            titles.append(page.body.firstMatch(of: /<title>([^<]*)</).map { String($0.1) } ?? "")
        }
        #expect(titles.count == 8 && Set(titles).count == titles.count, "\(titles)")
    }

    @Test func `ids of nothing are not found`() async throws {
        let chief = try await Browser.staff(try TestSite())
        for place in ["accounts/none", "accounts/none/link", "organisations/none"] {
            #expect(try await chief.get("/en/administration/\(place)").status == 404)
        }
        for place in ["accounts/none", "organisations/none"] {
            let proof = try await chief.get("/en/account").hidden("proof") ?? ""
            #expect(try await chief.post("/en/administration/\(place)", [("proof", proof), ("then", "confirm")]).status == 404)
        }
    }

    @Test func `a role that is given or taken counts at the next request`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        let other = try await Browser.staff(test, "boss@staff.example", role: .administrator)
        let boss = try #require(try other.account())
        #expect(try await other.get("/en/administration").status == 200)
        #expect(try await chief.press("takeAdministrator", on: "/administration/accounts/\(boss.id)").status == 303)
        #expect(try await other.get("/en/administration").status == 404)
        #expect(try await other.isSignedIn)
        #expect(
            try await chief.press("giveAdministrator", on: "/administration/accounts/\(boss.id)", password: goodPassword).status == 303)
        #expect(try await other.get("/en/administration").status == 200)

        // Somebody without a second step must set it up before she sees anything at all.
        let bo = try await test.enrol("bo@anvil.example")
        let member = Browser(test)
        try await member.signIn("bo@anvil.example")
        #expect(try await member.isSignedIn)
        _ = try await chief.press("giveAdministrator", on: "/administration/accounts/\(bo)", password: goodPassword)
        #expect(try await member.get("/en/administration").location == "/en/sign-in/code")
        #expect(try await member.get("/en/account").location == "/en/sign-in/code")
        _ = try await member.turnOnSecondStep(password: nil)
        #expect(try await member.get("/en/administration").status == 200)
    }
}
