import Store
import Testing

@testable import Site

/// SEC-2: the second step, its codes, and who must have it.
@Suite struct SecondStepTests {
    private struct Person {
        let browser: Browser
        let totp: TOTP
        let codes: [String]

        init(_ test: TestSite, _ email: String = "an@anvil.example") async throws {
            browser = Browser(test)
            try await browser.register(email)
            let (totp, page) = try await browser.turnOnSecondStep()
            self.totp = totp
            codes = page.body.matches(of: /<code>([A-Z2-7-]+)<\/code>/).map { String($0.1) }
        }

        func code(_ steps: Int64 = 0) -> String { totp.code(TOTP.step(at: browser.test.now) + steps) }
    }

    private func half(_ test: TestSite, _ email: String = "an@anvil.example") async throws -> Browser {
        let browser = Browser(test)
        #expect(try await browser.signIn(email).location.hasPrefix("/en/sign-in/code"))
        return browser
    }

    private func give(_ code: String, _ browser: Browser, recovery: String = "") async throws -> Page {
        try await browser.fill("/sign-in/code", [("code", code), ("recovery", recovery)])
    }

    @Test func `turning it on shows ten codes once, and signing in takes a code from then on`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        #expect(an.codes.count == 10 && Set(an.codes).count == 10)
        let again = try await an.browser.get("/en/account/second-step").body
        #expect(!an.codes.contains { again.contains($0) } && again.contains("Recovery codes left: 10."))
        let browser = try await half(test)
        // A half session opens nothing but the second step (ASVS 2.3.1).
        for place in ["/account", "/account/password", "/account/sessions", "/account/email", "/account/profile"] {
            #expect(try await browser.get("/en\(place)").location == "/en/sign-in/code", "\(place)")
        }
        #expect(try await browser.get("/en/account/second-step").location == "/en/sign-in/code")
        test.pass(hours: 1)
        #expect(try await give(an.code(), browser).location == "/en/account")
        #expect(try await browser.isSignedIn)
    }

    @Test func `SEC-2: no code works twice, nor an earlier one, also when fifty come at once`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        test.pass(hours: 1)
        let first = try await half(test)
        #expect(try await give(an.code(), first).status == 303)
        #expect(try await give(an.code(), try await half(test)).status == 422)
        #expect(try await give(an.code(-1), try await half(test)).status == 422)
        test.pass(hours: 1)
        var browsers: [(Browser, String)] = []
        for _ in 0..<20 {
            let browser = try await half(test)
            browsers.append((browser, try await browser.get("/en/sign-in/code").hidden("proof") ?? ""))
        }
        let code = an.code()
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for (browser, proof) in browsers {
                group.addTask { try await browser.post("/en/sign-in/code", [("proof", proof), ("code", code), ("recovery", "")]).status }
            }
            return try await group.reduce(0) { $0 + ($1 == 303 ? 1 : 0) }
        }
        #expect(taken == 1)
    }

    @Test func `a recovery code works once, and tells the owner by mail`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        #expect(try await give("", try await half(test), recovery: an.codes[3].lowercased()).status == 303)
        #expect(try await give("", try await half(test), recovery: an.codes[3]).status == 422)
        #expect(try await give("", try await half(test), recovery: "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA").status == 422)
        #expect(try test.site.store.dueMail(now: test.now).map(\.kind).filter { $0 == "recovery" }.count == 1)
        #expect(try await an.browser.get("/en/account/second-step").body.contains("Recovery codes left: 9."))
    }

    @Test func `wrong codes are slowed down, and a right one that comes meanwhile waits too`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        test.pass(hours: 1)
        let browser = try await half(test)
        for _ in 1...5 { #expect(try await give("000000", browser).status == 422) }
        #expect(try await give(an.code(), browser).status == 429)
        test.pass(milliseconds: 1_000)
        #expect(try await give(an.code(), browser).status == 303)
        #expect(try await give(an.code(), try await half(test)).status == 422, "and then counts anew")
    }

    @Test func `SEC-3: wrong codes count together from wherever they come, the owner is told, and a recovery code still lets her in`()
        async throws
    {
        let test = try TestSite {
            $0.mailProgram = "/bin/true"; $0.trustedProxies = [""]
        }
        let an = try await Person(test)
        test.pass(hours: 1)
        func give(_ code: String, from address: String, recovery: String = "") async throws -> Int {
            let browser = try await half(test)
            let proof = try await browser.get("/en/sign-in/code").hidden("proof") ?? ""
            let fields = [("proof", proof), ("code", code), ("recovery", recovery)]
            return try await browser.post("/en/sign-in/code", fields, from: address).status
        }
        for number in 1...5 { #expect(try await give("000000", from: "203.0.113.\(number)") == 422) }
        #expect(try await give("000001", from: "203.0.113.77") == 429)
        #expect(try await give(an.code(), from: "2001:db8:9::1") == 429)
        #expect(try test.site.store.dueMail(now: test.now).map(\.kind).filter { $0 == "wrongCodes" }.count == 1)
        #expect(try await give("", from: "198.51.100.7", recovery: an.codes[0]) == 303)
        // Over a day of trying without pause, few are looked at.
        var looked = 0
        for _ in 0..<2_000 {
            test.pass(milliseconds: 43_200)
            if test.site.throttle.attempt(
                "code \(try #require(try an.browser.account() ?? test.site.store.account(emailKey: "an@anvil.example")).id)", from: "",
                now: test.now) == nil
            {
                looked += 1
            }
        }
        #expect(looked < 320)
    }

    @Test func `turning the second step off or making new codes is no place to guess codes`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        for number in 1...6 {
            let page = try await an.browser.fill(
                "/account/second-step", [("password", goodPassword), ("code", "00000\(number)"), ("then", "off")])
            #expect(page.status == (number < 6 ? 422 : 429))
        }
    }

    @Test func `UX-24: a form that meets the second step goes along with the code`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        test.pass(hours: 1)
        let browser = try await half(test)
        let proof = try await browser.get("/en/sign-in/code").hidden("proof") ?? ""
        let late = try await browser.post("/en/account/profile", [("proof", proof), ("name", "Ann Typed"), ("language", "en")])
        #expect(late.status == 403 && late.body.contains("name=\"keep.name\" value=\"Ann Typed\""))
        let kept = late.body.matches(of: /name="(keep[^"]*)" value="([^"]*)"/).map { (String($0.1), String($0.2)) }
        let again = try await browser.post(
            "/en/sign-in/code", [("proof", late.hidden("proof") ?? ""), ("code", an.code()), ("recovery", "")] + kept)
        #expect(again.status == 200 && again.hidden("name") == "Ann Typed")
    }

    @Test func `a wrong code is told with the clock of the phone, in a field that is named`() async throws {
        let test = try SignInTests.mailing()
        _ = try await Person(test)
        let page = try await give("123456", try await half(test))
        #expect(page.status == 422 && page.body.contains("href=\"#code\"") && page.body.contains("set its clock by itself"))
    }

    @Test(arguments: [InstallationRole.analyst, .administrator])
    func `SEC-2: who gets a role of the installation must set it up at the next request`(_ role: InstallationRole) async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        #expect(try await browser.isSignedIn)
        let account = try #require(try browser.account())
        try await test.site.store.setRole(role, true, account: account.id, by: .console, now: test.now)
        #expect(try await browser.get("/en/account").location == "/en/sign-in/code")
        #expect(try await browser.get("/en/sign-in/code").location == "/en/account/second-step")
        let page = try await browser.get("/en/account/second-step")
        #expect(page.status == 200 && page.body.contains("you must set up the second step"))
        #expect(try await browser.turnOnSecondStep(password: nil).page.status == 200)
        #expect(try await browser.isSignedIn)
        // And it cannot be turned off again.
        #expect(try await !browser.get("/en/account/second-step").body.contains("value=\"off\""))
    }

    @Test func `UX-24: a form that meets the second step before it is set up goes along, and is saved after`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try #require(try browser.account())
        let proof = try await browser.get("/en/account/profile").hidden("proof") ?? ""
        try await test.site.store.setRole(.analyst, true, account: account.id, by: .console, now: test.now)
        let late = try await browser.post("/en/account/profile", [("proof", proof), ("name", "Ann Typed"), ("language", "en")])
        #expect(late.status == 403 && late.body.contains("name=\"keep.name\" value=\"Ann Typed\""))
        let codes = try await setUp(browser, from: late)
        #expect(codes.hidden("name") == "Ann Typed" && codes.body.contains("action=\"/en/account/profile\""))
        #expect(codes.body.matches(of: /<code>[A-Z2-7-]+<\/code>/).count == 10)
        let fields = [("proof", codes.hidden("proof") ?? ""), ("name", "Ann Typed"), ("language", "en"), ("then", "continue")]
        #expect(try await browser.post("/en/account/profile", fields).status == 303)
        #expect(try browser.account()?.name == "Ann Typed")
    }

    @Test func `UX-24: what was kept through the sign-in survives setting up the second step`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try #require(try browser.account())
        try await test.site.store.setRole(.analyst, true, account: account.id, by: .console, now: test.now)
        let other = Browser(test)
        let page = try await other.get("/en/sign-in")
        let kept = [("keep", "/account/profile"), ("keep.name", "Ann Typed"), ("keep.language", "en")]
        let half = try await other.post(
            "/en/sign-in", [("proof", page.hidden("proof") ?? ""), ("email", "an@anvil.example"), ("password", goodPassword)] + kept)
        #expect(half.status == 200 && half.body.contains("name=\"keep.name\" value=\"Ann Typed\""))
        #expect(try await setUp(other, from: half).hidden("name") == "Ann Typed")
    }

    /// Turns the second step on from a page that has its form.
    private func setUp(_ browser: Browser, from page: Page) async throws -> Page {
        let account = try #require(try browser.account())
        let totp = TOTP(account: account.id, salt: page.hidden("salt") ?? "", key: browser.test.site.store.key)
        let kept = page.body.matches(of: /name="(keep[^"]*)" value="([^"]*)"/).map { (String($0.1), String($0.2)) }
        let code = totp.code(TOTP.step(at: browser.test.now))
        let fields = [("proof", page.hidden("proof") ?? ""), ("salt", page.hidden("salt") ?? ""), ("code", code), ("then", "on")]
        return try await browser.post("/en/account/second-step", fields + kept)
    }

    @Test func `whose role is taken away before the second step is set up goes on without signing in again`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try #require(try browser.account())
        for isGiven in [true, false] {
            try await test.site.store.setRole(.analyst, isGiven, account: account.id, by: .console, now: test.now)
            #expect(try await browser.isSignedIn == !isGiven)
        }
    }

    @Test func `SEC-2: a member of an organisation that becomes a buyer must set it up at the next request`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        _ = try await browser.ownAssessment()
        let account = try #require(try browser.account())
        try await test.site.store.setBuyer(true, organisation: "org-\(account.id)", by: .console, now: test.now)
        #expect(try await browser.get("/en/account").location == "/en/sign-in/code")
        let again = Browser(test)
        #expect(try await again.signIn("an@anvil.example").location == "/en/account/second-step")
    }

    @Test func `turning it off takes the password, a fresh code and a password that is long enough alone`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        let other = try await half(test)
        test.pass(milliseconds: 60_000)
        #expect(try await give(an.code(), other).status == 303)
        test.pass(milliseconds: 60_000)
        let place = "/account/second-step"
        #expect(try await an.browser.fill(place, [("password", "wrong"), ("code", an.code()), ("then", "off")]).status == 422)
        #expect(try await an.browser.fill(place, [("password", goodPassword), ("code", "000000"), ("then", "off")]).status == 422)
        _ = try await an.browser.fill("/account/password", [("password", goodPassword), ("newPassword", "Brr!moth4")])
        let short = try await an.browser.fill(place, [("password", "Brr!moth4"), ("code", an.code()), ("then", "off")])
        #expect(short.status == 422 && short.body.contains("at least 15 characters"))
        _ = try await an.browser.fill("/account/password", [("password", "Brr!moth4"), ("newPassword", goodPassword)])
        #expect(try await an.browser.fill(place, [("password", goodPassword), ("code", an.code()), ("then", "off")]).status == 303)
        #expect(try await !other.isSignedIn)
        #expect(try await an.browser.isSignedIn)
        #expect(try an.browser.account()?.totp == nil)
    }

    @Test func `ASVS 7.4.2: an account that is disabled between the two steps gets no session`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        test.pass(hours: 1)
        let browser = try await half(test)
        let proof = try await browser.get("/en/sign-in/code").hidden("proof") ?? ""
        let account = try #require(try test.site.store.account(emailKey: "an@anvil.example"))
        try await test.site.store.setDisabled(true, account: account.id, by: .console, now: test.now)
        let late = try await browser.post("/en/sign-in/code", [("proof", proof), ("code", an.code()), ("recovery", "")])
        #expect(late.status == 403)
        #expect(try await !browser.isSignedIn)
        #expect(try await !an.browser.isSignedIn)
    }

    @Test func `the secret of the second step is in no file of the data folder, the codes neither`() async throws {
        let test = try SignInTests.mailing()
        let an = try await Person(test)
        for secret in [an.totp.text, an.codes[0], an.codes[0].replacing("-", with: "")] {
            #expect(try test.files(containing: secret) == [])
        }
    }
}
