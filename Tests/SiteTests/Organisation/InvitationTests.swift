import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct InvitationTests {
    private func withMail(_ configuration: inout SiteConfiguration) { configuration.mailProgram = "/usr/bin/true" }

    /// The path of the link that the mail to an address carries, as the mail room makes it.
    private func mailed(_ test: TestSite, to email: String) throws -> String {
        let ticket = try #require(try test.site.store.dueMail(now: test.site.clock()).last { $0.email == email }?.ticket)
        return "/en/join/\(test.site.token(ticket).text)"
    }

    @Test func `NOT-3: without mail an invitation is a link to print, which works once`() async throws {
        let test = try TestSite()
        let (ann, mia, eve) = (try await test.colleague("Ann"), try await test.colleague("Mia"), try await test.colleague("Eve"))
        let path = try await ann.organisation()
        let invited = try await ann.send("\(path)/invitations", [("email", mia.email), ("role", "editor")])
        #expect(invited.status == 303)
        let page = try await ann.get(invited.location)
        #expect(page.body.contains("class=\"qr\"") && page.body.contains("/en/join/"))
        let link = try await ann.invite(mia.email, to: path)
        let door = try await mia.get(link)
        #expect(door.status == 200 && door.body.contains("<h1>Join Anvil &amp; Sons</h1>") && door.body.contains("Editor: may answer"))
        #expect(try await mia.get(path).status == 404, "looking at it joins nobody (SEC-10)")
        let joined = try await mia.send(link, [("then", "join")])
        #expect(joined.status == 303 && joined.location == path)
        #expect(try await mia.get(path).body.contains("Editor: may answer"))
        for who in [eve, mia] { #expect(try await who.get(link).status == 410) }
        let proof = try await eve.get("/en/account").hidden("proof") ?? ""
        #expect(try await eve.browser.post(link, [("proof", proof), ("then", "join")]).status == 410)
        #expect(try await eve.get(path).status == 404)
    }

    @Test func `UX-14: the same person's second press on Join finds her in, others who press at once stay out`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let link = try await ann.invite("mia@anvil.example", to: path)
        var people: [Colleague] = []
        for name in ["Mia", "Bob", "Joe"] { people.append(try await test.colleague(name)) }
        let forms = try await people.asyncMap { Browser.framework(try await $0.get(link)) + [("then", "join")] }
        let statuses = try await withThrowingTaskGroup(of: (String, Int).self) { group in
            for (person, form) in zip(people, forms) {
                for _ in 0..<3 {
                    group.addTask { (person.id, try await Browser(sharing: person.browser).post(link, form).status) }
                }
            }
            return try await group.reduce(into: [String: Set<Int>]()) { $0[$1.0, default: []].insert($1.1) }
        }
        #expect(statuses.values.filter { $0 == [303] }.count == 1 && statuses.values.filter { $0 == [410] }.count == 2)
        #expect(try test.site.store.members(of: String(path.split(separator: "/").last ?? "")).count == 2)
    }

    @Test func `SEC-25: a link that is expired, withdrawn, broken or for something else is over, for everybody`() async throws {
        let test = try TestSite()
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let path = try await ann.organisation()
        let expired = try await ann.invite("a@anvil.example", to: path)
        let withdrawn = try await ann.invite("b@anvil.example", to: path)
        let list = try await ann.get("\(path)/invitations")
        let own = try #require(list.body.firstMatch(of: /href="([^"]*\/invitations\/[^"]*)">b@anvil/)?.1)
        #expect(try await ann.send(String(own), to: "\(own)/withdrawal").status == 303)
        #expect(try await ann.get(String(own)).status == 404)
        let proof = try await mia.get("/en/account").hidden("proof") ?? ""
        let welcome = test.site.issue(.welcome, account: mia.id)
        try await test.site.store.issue(welcome.ticket, now: test.site.clock())
        let changed = String(expired.dropLast(8)) + "AAAAAAAA"
        for link in [
            withdrawn, "/en/join/none", "/en/join/\(welcome.token.text)", changed,
            "/en/join/\(LinkToken(bytes: .init(repeating: 0, count: 32)).text)",
        ] {
            for who in [mia.browser, Browser(test)] { #expect(try await who.get(link).status == 410, "\(link)") }
            #expect(try await mia.browser.post(link, [("proof", proof), ("then", "join")]).status == 410)
        }
        #expect(try await Browser(test).get(expired).status == 200)
        test.pass(hours: 7 * 24)
        #expect(try await Browser(test).get(expired).status == 410)
    }

    @Test func `SEC-3: the link that the inviter sees tells nobody whether there is an account, by page or by mail sent`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        try await test.account("Mia")
        let path = try await ann.organisation()
        var pages: [String] = []
        for email in ["mia@anvil.example", "new@anvil.example"] {
            let invited = try await ann.send("\(path)/invitations", [("email", email), ("role", "reader")])
            let shown = try await ann.get(invited.location)
            let link = try #require(shown.body.firstMatch(of: /https:\/\/test\.example(\/en\/join\/[A-Za-z0-9_-]+)/)?.1)
            let door = try await Browser(test).get(String(link))
            #expect(door.status == 200 && door.body.contains("name=\"password\"") && !door.body.contains("name=\"newPassword\""))
            let browser = Browser(test)
            let again = try await browser.send(String(link), [("then", "mail")])
            #expect(again.status == 303)
            let refused = try await browser.send(
                String(link), [("then", "account"), ("name", "Eve"), ("newPassword", Colleague.password), ("stay", "short")])
            #expect(refused.status == 422, "no account for an address that may be another's")
            let neutral = { (page: Page) in
                page.body.replacing(email, with: "").replacing(/\/join\/[A-Za-z0-9_-]+/, with: "").replacing(/value="[^"]{20,}"/, with: "")
            }
            pages.append(neutral(door))
            #expect(try test.site.store.dueMail(now: test.site.clock()).count { $0.email == email } == 2)
        }
        #expect(pages[0] == pages[1])
        #expect(try test.site.store.account(emailKey: "new@anvil.example") == nil)
    }

    @Test func `SEC-3: nobody makes the link of the mail from the one that the inviter sees`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let shown = try await ann.invite("new@anvil.example", to: path)
        #expect(try shown != mailed(test, to: "new@anvil.example"))
        #expect(try await ann.get("\(path)/invitations").body.contains("new@anvil.example"))
        let ticket = try #require(try test.site.store.dueMail(now: test.site.clock()).first?.ticket)
        #expect(shown == "/en/join/\(try #require(test.site.token(handedOver: ticket)).text)")
        #expect(test.site.token(handedOver: "short") == nil)
    }

    @Test func `the link of the mail makes an account, joins and signs in, in one step`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        _ = try await ann.invite("new@anvil.example", to: path)
        let mail = try #require(try test.site.store.dueMail(now: test.site.clock()).first)
        #expect(mail.kind == "invite" && mail.facts == ["name": "Ann", "organisation": "Anvil & Sons"])
        let link = try mailed(test, to: "new@anvil.example")
        let browser = Browser(test)
        let door = try await browser.get(link)
        #expect(door.body.contains("name=\"newPassword\"") && !door.body.contains("name=\"password\""))
        let weak = try await browser.send(link, [("then", "account"), ("name", "Pаul"), ("newPassword", "short"), ("stay", "short")])
        #expect(weak.status == 422 && weak.body.contains("href=\"#name\"") && weak.body.contains("href=\"#newPassword\""))
        #expect(!weak.body.contains("value=\"short\" id") && !weak.body.contains("value=\"short\">Password"))
        let made = try await browser.send(
            link, [("then", "account"), ("name", "Paul"), ("newPassword", Colleague.password), ("stay", "short")])
        #expect(made.status == 303 && made.location == path)
        #expect(try await browser.get(path).body.contains("2 members"))
        #expect(try await Browser(test).get(link).status == 410)
        #expect(try await ann.get("\(path)/members").body.contains("new@anvil.example"))
    }

    @Test func `the link of the mail asks somebody who has an account to sign in, and comes back to it`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        try await test.account("Mia")
        let path = try await ann.organisation()
        _ = try await ann.invite("MIA@anvil.example", to: path)
        let link = try mailed(test, to: "MIA@anvil.example")
        let browser = Browser(test)
        let door = try await browser.get(link)
        #expect(door.body.contains("name=\"password\"") && !door.body.contains("name=\"newPassword\""))
        let signed = try await browser.enter("mia@anvil.example", at: link)
        #expect(signed.status == 303 && signed.location == link)
        #expect(try await browser.send(link, [("then", "join")]).location == path)
    }

    @Test func `UX-24: a session that ends before Join is pressed is asked to sign in, and the press counts afterwards`() async throws {
        let test = try TestSite()
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let path = try await ann.organisation()
        let link = try await ann.invite(mia.email, to: path)
        let form = Browser.framework(try await mia.get(link)) + [("then", "join")]
        test.pass(hours: 3)
        let late = try await mia.browser.post(link, form)
        #expect(late.status == 403 && late.body.contains("name=\"password\""))
        let again = try await mia.browser.post(
            "/en/sign-in",
            [("proof", late.hidden("proof") ?? ""), ("email", mia.email), ("password", Colleague.password)] + late.kept(in: "sign-in"))
        #expect(again.status == 200 && again.body.contains("action=\"\(link)\""))
        let fields = again.body.matches(of: /name="(proof|then)" value="([^"]*)"/).map { (String($0.1), String($0.2)) }
        #expect(
            try await mia.browser.post(link, [("proof", again.hidden("proof") ?? "")] + fields.filter { $0 == ("then", "join") }).location
                == path)
    }

    @Test func `NOT-3: without mail the link to hand over makes the account; where there is one, it asks to sign in`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        try await test.account("Mia")
        let path = try await ann.organisation()
        let link = try await ann.invite("new@anvil.example", to: path)
        let browser = Browser(test)
        let door = try await browser.get(link)
        #expect(door.body.contains("name=\"newPassword\"") && door.body.contains("name=\"password\""))
        #expect(Set(door.ids).count == door.ids.count, "no id twice")
        let fields = [("then", "account"), ("name", "Paul"), ("newPassword", Colleague.password), ("stay", "short")]
        #expect(try await browser.send(link, fields).location == path)
        let taken = try await ann.invite("mia@anvil.example", to: path)
        let refused = try await Browser(test).send(taken, fields)
        #expect(refused.status == 422 && refused.body.contains("There is an account with this address already"))
        #expect(try await Browser(test).get(taken).status == 200, "the invitation is still good")
    }

    @Test func `SEC-2: who joins a buyer sets up the second step before she sees anything`() async throws {
        let test = try TestSite(configure: withMail)
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let path = try await ann.organisation()
        let link = try await ann.invite(mia.email, to: path)
        _ = try await ann.invite("new@anvil.example", to: path)
        let id = String(path.split(separator: "/").last ?? "")
        try await test.site.store.setBuyer(true, organisation: id, by: .console, now: test.site.clock())
        try await mia.send(link, [("then", "join")])
        let kept = try await mia.get(path)
        #expect(kept.status == 303 && kept.location.hasPrefix("/en/sign-in/code"))
        #expect(try await mia.get(kept.location).location == "/en/account/second-step")
        let new = Browser(test)
        let made = try await new.send(
            try mailed(test, to: "new@anvil.example"),
            [("then", "account"), ("name", "Paul"), ("newPassword", Colleague.password), ("stay", "short")])
        #expect(made.location.hasPrefix("/en/account/second-step?to=%2Forganisations%2F"), "and from there to the organisation")
        #expect(try await new.get(path).status == 303)
    }

    @Test(arguments: [
        ("email", "", "#email"), ("email", "mia", "#email"), ("email", "mia@anvil.example\r\nBcc: x@y.example", "#email"),
        ("email", "míа@anvil.example", "#email"), ("email", "ann@anvil.example", "#email"), ("email", "ANN@anvil.example", "#email"),
        ("role", "", "role"),
    ])
    func `UX-6, NOT-2: an address or role that will not do is named, and nobody is invited`(
        _ field: String, _ value: String, _ fault: String
    )
        async throws
    {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let typed = [("email", "mia@anvil.example"), ("role", "editor")].filter { $0.0 != field } + [(field, value)]
        let refused = try await ann.send("\(path)/invitations", typed)
        #expect(refused.status == 422)
        if fault == "#email" { #expect(refused.body.contains("href=\"#email\"") && refused.body.contains("value=\"editor\" checked")) }
        let missing = try await ann.send("\(path)/invitations", [("email", "mia@anvil.example")])
        #expect(missing.status == 422 && missing.body.contains("href=\"#role\"") && missing.body.contains("value=\"mia@anvil.example\""))
        #expect(try await ann.get("\(path)/invitations").body.contains("There are none."))
        #expect(try test.site.store.dueMail(now: test.site.clock()) == [])
    }

    @Test func `REL-13: an invitation sent twice is one, and one mail goes out`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let form = Browser.framework(try await ann.get("\(path)/invitations")) + [("email", "mia@anvil.example"), ("role", "editor")]
        let first = try await ann.browser.post("\(path)/invitations", form)
        #expect(try await ann.browser.post("\(path)/invitations", form).location == first.location)
        #expect(try test.site.store.dueMail(now: test.site.clock()).count == 1)
        #expect(try await ann.get(first.location).body.contains("We have sent a link to mia@anvil.example."))
    }

    @Test func `the form sent again after Back for somebody else is another invitation`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let form = Browser.framework(try await ann.get("\(path)/invitations"))
        let first = try await ann.browser.post("\(path)/invitations", form + [("email", "mia@anvil.example"), ("role", "editor")])
        let second = try await ann.browser.post("\(path)/invitations", form + [("email", "rob@anvil.example"), ("role", "reader")])
        #expect(first.location != second.location)
        #expect(try await ann.get(second.location).body.contains("rob@anvil.example"))
        #expect(try test.site.store.dueMail(now: test.site.clock()).count == 2)
    }

    @Test func `who invites too many at once sends no more mail, and hands the links over`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        var last = ""
        for number in 0..<32 {
            last = try await ann.send("\(path)/invitations", [("email", "p\(number)@x.example"), ("role", "reader")]).location
        }
        let page = try await ann.get(last)
        #expect(page.status == 200 && page.body.contains("We have sent no message") && page.body.contains("/en/join/"))
        #expect(try test.site.store.dueMail(now: test.site.clock(), limit: 100).count == 30)
    }

    @Test func `SEC-11: an invitation of another organisation is none`() async throws {
        let test = try TestSite()
        let (ann, eve) = (try await test.colleague("Ann"), try await test.colleague("Eve"))
        let (path, other) = (try await ann.organisation(), try await eve.organisation())
        _ = try await ann.invite("mia@anvil.example", to: path)
        let list = try await ann.get("\(path)/invitations").body
        let id = try #require(list.firstMatch(of: /\/invitations\/([A-Za-z0-9_-]+)"/)?.1)
        #expect(try await eve.get("\(other)/invitations/\(id)").status == 404)
        #expect(try await eve.send("\(other)/invitations", to: "\(other)/invitations/\(id)/withdrawal").status == 404)
        #expect(try await ann.get("\(path)/invitations/\(id)").status == 200)
    }
}

extension Array {
    fileprivate func asyncMap<Value>(_ change: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await change(element)) }
        return values
    }
}
