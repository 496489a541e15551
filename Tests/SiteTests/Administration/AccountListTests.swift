import Store
import Testing

@testable import Site

@Suite struct AccountListTests {
    private static func invitation(
        _ email: String = "new@anvil.example", name: String = "New Person", role: String = "none", language: String = "nl"
    ) -> [(String, String)] {
        [("email", email), ("name", name), ("role", role), ("language", language)]
    }

    private func invite(_ chief: Browser, _ fields: [(String, String)]) async throws -> Page {
        try await chief.fill("/administration/accounts", fields)
    }

    @Test func `the room says how much there is`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let chief = try await Browser.staff(test)
        let account = try await test.enrol("bo@anvil.example")
        _ = try await test.organisation("Anvil", owner: account)
        try await test.site.store.send(try #require(test.site.mail(.reset, to: "x@y.example", language: "en")), now: test.now)
        let page = try await chief.get("/en/administration").body
        #expect(page.contains("2 accounts") && page.contains("1 organisation<"))
        // One that tells her of the second step, and the one above.
        #expect(page.contains("Waiting: 2 · Failed: 0"))
        #expect(try await chief.get("/en/account").body.contains("href=\"/en/administration\""))
    }

    @Test func `NOT-3: without mail an invited person gets in by a link to print, once`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        let invited = try await invite(chief, Self.invitation("New@Anvil.example"))
        #expect(invited.status == 303)
        let page = try await chief.get(invited.location)
        let link = try #require(page.body.firstMatch(of: /https:\/\/test\.example(\/nl\/reset\/[\w-]{43})/)).1
        #expect(page.body.contains("class=\"qr\"") && page.body.contains("New Person"))
        #expect(!page.body.contains("also sent"))
        let account = try #require(try test.site.store.account(emailKey: "new@anvil.example"))
        #expect(account.email == "New@anvil.example" && account.language == "nl" && account.roles.isEmpty && account.password == nil)
        #expect(try test.site.store.dueMail(now: test.now).isEmpty)
        #expect(try test.audited().first == "accountMade")

        let person = Browser(test, language: "nl")
        let place = String(link.dropFirst("/nl".count))
        #expect(try await person.fill(place, [("newPassword", goodPassword)]).status == 200)
        #expect(try await person.signIn("new@anvil.example").location == "/nl/account")
        #expect(try await person.fill(place, [("newPassword", "another quiet heron wades")], from: "/account").status == 410)
        // Used, it is shown no more.
        #expect(try await chief.get(invited.location).body.firstMatch(of: /\/reset\/[\w-]{43}/) == nil)
    }

    @Test func `a link works for seven days, and is shown to nobody but its maker`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        let boss = try await Browser.staff(test, "boss@staff.example", name: "Boss")
        let place = try await invite(chief, Self.invitation()).location
        let found = try #require(try await chief.get(place).body.firstMatch(of: /\/nl(\/reset\/[\w-]{43})/)).1
        let hidden = try await boss.get(place)
        #expect(hidden.status == 200 && hidden.body.firstMatch(of: /\/reset\/[\w-]{43}/) == nil)
        test.pass(hours: 7 * 24 - 1)
        #expect(try await Browser(test).get("/nl\(found)").status == 200)
        test.pass(hours: 1)
        #expect(try await Browser(test).get("/nl\(found)").status == 410)
    }

    @Test func `NOT-1: with mail the link goes by mail too`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        let chief = try await Browser.staff(test)
        let place = try await invite(chief, Self.invitation()).location
        let page = try await chief.get(place)
        #expect(page.body.contains("also sent it to new@anvil.example"))
        let mailed = try #require(try chief.links(.welcome, to: "new@anvil.example").last)
        #expect(page.body.contains("https://test.example/nl\(mailed)<"))
    }

    @Test func `whoever has an account already is not invited again, and the administrator is told`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        try await test.enrol("bo@anvil.example")
        let before = try test.site.store.auditHead()
        let page = try await invite(chief, Self.invitation("BO@anvil.example"))
        #expect(page.status == 422)
        #expect(page.body.contains("has an account with this address already") && page.body.contains("value=\"BO@anvil.example\""))
        #expect(try test.site.store.auditHead() == before)
    }

    @Test(arguments: [
        ("", "New"), ("no at", "New"), ("two@at@x.example", "New"), ("a@b.example\r\nBcc: c@d.example", "New"), ("ä@b.example", "New"),
        ("new@anvil.example", ""), ("new@anvil.example", "P\u{430}ypal"), ("new@anvil.example", "x\u{202E}y"),
        ("new@anvil.example", String(repeating: "x", count: 101)),
    ])
    func `a wrong address or name is refused, and what was typed is kept`(_ email: String, _ name: String) async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        let page = try await invite(chief, Self.invitation(email, name: name, role: "analyst", language: "de"))
        #expect(page.status == 422 && page.body.contains("role=\"alert\""))
        #expect(page.body.contains("value=\"analyst\" checked") && page.body.contains("value=\"de\" checked"))
        #expect(try await test.site.store.counts().accounts == 1)
    }

    @Test func `ASVS 7.5.3: an administrator is made only with the own password of one`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        for password in [[], [("password", "")], [("password", "wrong wrong wrong")]] {
            let page = try await invite(chief, Self.invitation(role: "administrator") + password)
            #expect(page.status == 422 && !page.body.contains("wrong wrong wrong"))
        }
        #expect(try await test.site.store.counts().accounts == 1)
        #expect(try await invite(chief, Self.invitation(role: "administrator") + [("password", goodPassword)]).status == 303)
        #expect(try test.site.store.account(emailKey: "new@anvil.example")?.roles == [.administrator])
        // An analyst is made without.
        #expect(try await invite(chief, Self.invitation("ana@anvil.example", role: "analyst")).status == 303)
    }

    @Test func `roles and languages that the form does not offer are refused`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        for fields in [
            Self.invitation(role: "buyer"), Self.invitation(role: ""), Self.invitation(language: "xx"), Self.invitation() + [("x", "y")],
        ] {
            #expect(try await invite(chief, fields).status == 422)
        }
        #expect(try await test.site.store.counts().accounts == 1)
    }

    @Test func `accounts are searched by part of a name or address, and shown in parts`() async throws {
        let test = try TestSite()
        let chief = try await Browser.staff(test)
        for number in 0..<60 {
            let id = test.site.newID()
            try await test.site.store.add(
                NewAccount(
                    id: id, email: "p\(number)@anvil.example", emailKey: "p\(number)@anvil.example", name: "Person <\(number)> & Co",
                    language: "en"), ticket: test.site.issue(.welcome, account: id).ticket, by: .console, now: test.now)
        }
        let rows = { (page: Page) in page.body.matches(of: /<th scope="row">/).count }
        let first = try await chief.get("/en/administration/accounts")
        #expect(rows(first) == 50 && first.body.contains("page=2") && !first.body.contains("page=0"))
        let second = try await chief.get("/en/administration/accounts?page=2")
        #expect(rows(second) == 11 && second.body.contains("page=1") && !second.body.contains("page=3"))
        let found = try await chief.get("/en/administration/accounts?search=P1%40anvil")
        #expect(rows(found) == 1 && found.body.contains("Person &lt;1&gt; &amp; Co"))
        let part = try await chief.get("/en/administration/accounts?search=person")
        #expect(part.body.contains("search=person&amp;page=2"))
        for odd in ["page=0", "page=-1", "page=x", "page=99999999999999999999", "search=%00", "search=%ff", "page=2&search=%22%3E"] {
            #expect(try await chief.get("/en/administration/accounts?\(odd)").status == 200, "\(odd)")
        }
        #expect(try await chief.get("/en/administration/accounts?search=nobody").body.contains("Nothing found."))
        let hostile = try await chief.get("/en/administration/accounts?search=%22%3E%3Cscript%3E")
        #expect(hostile.body.contains("value=\"&#34;&gt;&lt;script&gt;\"") || hostile.body.contains("value=\"&#34;>&lt;script>\""))
        #expect(!hostile.body.contains("<script>"))
    }
}
