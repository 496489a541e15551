import HTTPTypes
import Store
import Testing

@testable import Site

@Suite struct SignInTests {
    static func mailing() throws -> TestSite { try TestSite { $0.mailProgram = "/bin/true" } }

    @Test func `an account is made by the link in a mail, and signs in and out`() async throws {
        let browser = Browser(try Self.mailing())
        let made = try await browser.register("an@anvil.example")
        #expect(made.status == 303 && made.location == "/en/account")
        let page = try await browser.get("/en/account")
        #expect(page.status == 200 && page.body.contains("An Peeters") && page.body.contains("an@anvil.example"))
        let out = try await browser.fill("/sign-out", [], from: "/account")
        #expect(out.status == 303 && out.location == "/en/signed-out")
        #expect(try await !browser.isSignedIn)
        #expect(try await browser.signIn("an@anvil.example").location == "/en/account")
        #expect(try await browser.isSignedIn)
    }

    @Test func `SEC-4, ASVS 7.2.4: the cookie's secret changes at sign-in, second step, password change and when the step goes`()
        async throws
    {
        let browser = Browser(try Self.mailing())
        _ = try await browser.get("/en/sign-in")
        var seen = [try #require(browser.sid)]
        try await browser.register("an@anvil.example")
        seen.append(try #require(browser.sid))
        let totp = try await browser.turnOnSecondStep().totp
        seen.append(try #require(browser.sid))
        _ = try await browser.fill(
            "/account/password", [("password", goodPassword), ("newPassword", "seven loud magpies dive")])
        seen.append(try #require(browser.sid))
        browser.test.pass(hours: 1)
        _ = try await browser.fill(
            "/account/second-step",
            [("password", "seven loud magpies dive"), ("code", totp.code(TOTP.step(at: browser.test.now))), ("then", "off")])
        seen.append(try #require(browser.sid))
        #expect(Set(seen).count == 5)
        // Session fixation: none of the old ones opens anything (a stolen old cookie).
        for old in seen.dropLast() {
            let thief = Browser(browser.test)
            thief.setCookie(old)
            #expect(try await !thief.isSignedIn)
        }
        #expect(try await browser.isSignedIn)
    }

    @Test func `SEC-4: after signing out the old cookie leads to the sign-in, and the browser is told to forget`() async throws {
        let browser = Browser(try Self.mailing())
        try await browser.register("an@anvil.example")
        let old = try #require(browser.sid)
        let out = try await browser.fill("/sign-out", [], from: "/account")
        let name = try #require(HTTPField.Name("Clear-Site-Data"))
        #expect(out.headers[name] == "\"cache\", \"cookies\", \"storage\"")
        let thief = Browser(browser.test)
        thief.setCookie(old)
        let page = try await thief.get("/en/account")
        #expect(page.status == 303 && page.location == "/en/sign-in?to=%2Faccount")
    }

    @Test(arguments: [("short", 2), ("long", 20)] as [(String, Int64)])
    func `SEC-5, UX-24: a session ends so many hours after the last save, and 20 after signing in`(_ stay: String, _ hours: Int64)
        async throws
    {
        let test = try Self.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example", stay: stay)
        test.pass(milliseconds: hours * 3_600_000 - 1)
        #expect(try await browser.isSignedIn)
        test.pass(milliseconds: 1)
        #expect(try await !browser.isSignedIn)
        // Saving goes on for 20 hours, not longer.
        let busy = Browser(test)
        try await busy.signIn("an@anvil.example", stay: stay)
        let path = try await busy.beginWithFacts()
        for hour in 1..<20 {
            test.pass(hours: 1)
            #expect(try await busy.save("\(path)/sections/GOV", [("GOV-1.note", "hour \(hour)")]).status == 303)
        }
        test.pass(milliseconds: 3_600_000 - 1)
        #expect(try await busy.isSignedIn)
        test.pass(milliseconds: 1)
        #expect(try await !busy.isSignedIn)
        #expect(try await busy.get("\(path)/sections/GOV").status == 403)
    }

    @Test func `SEC-10: signing in takes the proof, the own origin, and writes nothing on GET`() async throws {
        let browser = Browser(try Self.mailing())
        try await browser.register("an@anvil.example")
        let stranger = Browser(browser.test)
        _ = try await stranger.get("/en/sign-in")
        let fields = [("email", "an@anvil.example"), ("password", goodPassword)]
        #expect(try await stranger.post("/en/sign-in", fields).status == 403)
        #expect(try await stranger.post("/en/sign-in", [("proof", "AAAAAAAAAAAAAAAAAAAAAA")] + fields).status == 403)
        #expect(try await !stranger.isSignedIn)
    }

    @Test func `a kept target leads nowhere but to pages of ours`() async throws {
        let browser = Browser(try Self.mailing())
        try await browser.register("an@anvil.example")
        for target in ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/account/../../x"] {
            let other = Browser(browser.test)
            let page = try await other.fill(
                "/sign-in", [("email", "an@anvil.example"), ("password", goodPassword), ("keep", target)])
            #expect(page.status == 303 && page.location.hasPrefix("/en/"), "\(target) → \(page.location)")
            #expect(!page.location.contains("//") && !page.location.contains("\\"))
        }
        let other = Browser(browser.test)
        let page = try await other.fill(
            "/sign-in", [("email", "an@anvil.example"), ("password", goodPassword), ("keep", "/account/sessions")])
        #expect(page.location == "/en/account/sessions")
    }

    @Test func `UX-24: fifty fields of whatever text go through the sign-in unchanged, but no password`() async throws {
        let test = try Self.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let proof = try await browser.get("/en/account/profile").hidden("proof") ?? ""
        test.pass(hours: 21)
        let typed = (1...50).map { ("f.\($0)", "\($0) <b>\"é\u{301}\" & 'x'\n\tline") }
        let late = try await browser.post("/en/account/profile", [("proof", proof), ("password", goodPassword)] + typed)
        #expect(late.status == 403 && !late.body.contains(goodPassword))
        let fields =
            late.kept(in: "sign-in") + [
                ("proof", late.hidden("proof") ?? ""), ("email", "an@anvil.example"), ("password", goodPassword),
            ]
        let again = try await browser.post("/en/sign-in", fields)
        for (name, text) in typed {
            let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
                .replacing("\"", with: "&#34;").replacing("'", with: "&#39;")
            let isThere = again.body.contains("name=\"\(name)\" value=\"\(escaped)\"")
            #expect(isThere, "\(name)")
        }
    }

    @Test func `UX-24: all that was typed before the session ended is saved after signing in again, with a second step too`() async throws {
        for hasSecondStep in [false, true] {
            let test = try Self.mailing()
            let browser = Browser(test)
            try await browser.register("an@anvil.example")
            let totp = hasSecondStep ? try await browser.turnOnSecondStep().totp : nil
            let owned = try await browser.ownAssessment()
            let section = "\(owned)/sections/GOV"
            let page = try await browser.get(section)
            test.pass(hours: 21)
            let names = Set(page.body.matches(of: /name="([A-Z]+-[0-9]+\.(?:practice|reason|note))"/).map { String($0.1) }).sorted()
            let typed = names.map { ($0, $0.hasSuffix("practice") ? "4" : $0 == "GOV-1.note" ? "typed & kept \"here\"" : "text of \($0)") }
            #expect(typed.count >= 5)
            let late = try await browser.post(section, Browser.framework(page) + typed + [("then", "continue")])
            #expect(late.status == 403)
            var fields = late.kept(in: "sign-in")
            #expect(fields.contains { $0 == ("keep.GOV-1.note", "typed & kept \"here\"") })
            fields += [("proof", late.hidden("proof") ?? ""), ("email", "an@anvil.example"), ("password", goodPassword)]
            var again = try await browser.post("/en/sign-in", fields)
            if let totp {
                #expect(again.status == 200 && again.body.contains("name=\"code\""))
                let kept = again.body.matches(of: /name="(keep[^"]*)" value="([^"]*)"/).map { (String($0.1), Page.unescaped(String($0.2))) }
                let code = totp.code(TOTP.step(at: test.now))
                again = try await browser.post("/en/sign-in/code", [("proof", again.hidden("proof") ?? ""), ("code", code)] + kept)
            }
            #expect(again.status == 200)
            let resent = again.body.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map {
                (String($0.1), Page.unescaped(String($0.2)))
            }
            #expect(!resent.contains { $0.0.contains("assword") })
            #expect(try await browser.post(section, resent).status == 303)
            let saved = try await browser.get(section).body
            #expect(saved.contains("typed &amp; kept &#34;here&#34;"))
            #expect(typed.filter { $0.0.hasSuffix("note") && $0.0 != "GOV-1.note" }.allSatisfy { saved.contains($0.1) })
        }
    }
}

extension Browser {
    /// Begins an assessment, and takes it into a new organisation of hers without the private link.
    func ownAssessment() async throws -> String {
        let path = try await beginWithFacts()
        let account = try #require(try account())
        let organisation = "org-\(account.id)"
        let id = String(path.split(separator: "/").last ?? "")
        let actor = Actor(account.id)
        try await test.site.store.make(
            OrganisationFacts(name: "Anvil"), id: organisation, owner: account.id, by: actor, now: test.now)
        try await test.site.store.adopt(
            id, organisation: organisation, keepsLink: false, session: try #require(sid.flatMap { SessionSecret(cookie: $0)?.key }),
            permit: AssessmentAction.adopt.permit(), memberPermit: OrganisationAction.contribute.permit, by: actor, now: test.now)
        return path
    }
}
