import Store
import Testing

@testable import Site

/// SEC-1, SEC-23, SEC-25: passwords and how they are chosen anew.
@Suite struct PasswordTests {
    @Test func `SEC-23: what is stored is a PHC string of Argon2id with at least OWASP's parameters, and nothing else of the password`()
        async throws
    {
        let test = try SignInTests.mailing()
        try await Browser(test).register("an@anvil.example")
        let stored = try #require(try test.site.store.account(emailKey: "an@anvil.example")?.password)
        let parts = stored.split(separator: "$").map(String.init)
        #expect(parts.count == 5 && parts[0] == "argon2id" && parts[1] == "v=19")
        let numbers = parts[2].split(separator: ",").compactMap { Int($0.dropFirst(2)) }
        #expect(numbers.count == 3 && numbers[0] >= 19_456 && numbers[1] >= 2 && numbers[2] >= 1)
        #expect(parts[3].utf8.count == 22 && parts[4].utf8.count == 43)
        #expect(try test.files(containing: goodPassword) == [])
    }

    @Test func `SEC-23: a hash of older parameters is made anew at the next sign-in`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let account = try #require(try browser.account())
        // m=7168, t=1: made with the reference program.
        let old =
            "$argon2id$v=19$m=7168,t=1,p=1$"
            + (try Argon2.hash(Array("x".utf8), salt: Array(repeating: 1, count: 16)).split(separator: "$").suffix(2).joined(separator: "$"))
        #expect(Argon2.isOutdated(old))
        try await test.site.store.rehash(old, account: account.id, replacing: account.password ?? "")
        #expect(try test.site.store.account(id: account.id)?.password == old)
    }

    @Test func `ASVS 6.2.8, 6.2.9: a password is taken to the last sign, whatever it is`() async throws {
        let pool = try SignInTests.mailing().site.passwords
        let words = "Łódź — 64 scalars of any script: Ελλάδα, Україна, 日本語, עברית 🦫 "
        let long = String(String.UnicodeScalarView((words + words).unicodeScalars.prefix(64)))
        let stored = try await pool.hash(long)
        #expect(try await pool.verify(long, against: stored, isKnown: true))
        for other in [
            long + " ", String(long.dropLast()), long.lowercased(), long.uppercased(), " " + long, long.replacing("ó", with: "o\u{301}"),
        ] { #expect(try await !pool.verify(other, against: stored, isKnown: true)) }
        // No truncation at 72 bytes, nor at 1,024.
        for length in [72, 73, 1_023, 1_024] {
            let text = String(repeating: "a", count: length)
            let stored = try await pool.hash(text)
            #expect(try await pool.verify(text, against: stored, isKnown: true))
            #expect(try await !pool.verify(text + "a", against: stored, isKnown: true))
            #expect(try await !pool.verify(String(text.dropLast()), against: stored, isKnown: true))
        }
    }

    @Test func `ASVS 6.2.8: a password with a control character is refused, not altered`() async throws {
        let browser = Browser(try SignInTests.mailing())
        try await browser.register("an@anvil.example")
        for odd in ["\u{0}", "\n", "\t", "\u{7f}"] {
            let page = try await Browser(browser.test).fill("/sign-in", [("email", "an@anvil.example"), ("password", odd + goodPassword)])
            #expect(page.status == 422 && page.body.contains("We cannot read the text that was sent"))
        }
    }

    @Test(
        arguments: [
            ("short and sweet", nil), ("short and swee", "at least 15"), ("password1234567", "Many people"),
            ("passwordpassword", "Many people"), ("qwertyuiopasdfgh", "Many people"), ("123456789012345", "Many people"),
            ("an@anvil.example", "anyone who knows you"), ("An Peeters 2026!", "anyone who knows you"),
            ("linchpin linchpin", "anyone who knows"),
            (String(repeating: "ab ", count: 342), "at most 1,024"),
        ] as [(String, String?)])
    func `SEC-1: a new password must be long and not what many would try`(_ password: String, _ fault: String?) async throws {
        let browser = Browser(try SignInTests.mailing())
        let page = try await browser.register("an@anvil.example", password: password)
        if let fault {
            #expect(page.status == 422 && page.body.contains(fault) && page.body.contains("href=\"#newPassword\""))
            let field = page.body.firstMatch(of: /<input id="newPassword"[^>]*>/)?.0
            #expect(field?.contains("value") == false, "never shown again")
            #expect(page.body.contains("value=\"An Peeters\""))
            #expect(try browser.test.site.store.account(emailKey: "an@anvil.example") == nil)
        } else {
            #expect(page.status == 303)
        }
    }

    @Test func `ASVS 6.2.2, 6.2.3: changing it takes the present one, ends all other sessions, and is told by mail`() async throws {
        let test = try SignInTests.mailing()
        let (browser, other) = (Browser(test), Browser(test))
        try await browser.register("an@anvil.example")
        try await other.signIn("an@anvil.example")
        let new = "seven loud magpies dive"
        for wrong in ["", "wrong"] {
            let page = try await browser.fill("/account/password", [("password", wrong), ("newPassword", new)])
            #expect(page.status == 422 && page.body.contains("href=\"#password\""))
        }
        #expect(try await other.isSignedIn)
        #expect(try await browser.fill("/account/password", [("password", goodPassword), ("newPassword", new)]).status == 303)
        #expect(try await browser.isSignedIn)
        #expect(try await !other.isSignedIn)
        #expect(try await Browser(test).signIn("an@anvil.example").status == 422)
        #expect(try await Browser(test).signIn("an@anvil.example", new).status == 303)
        #expect(try test.site.store.dueMail(now: test.now).contains { $0.kind == "passwordChanged" && $0.email == "an@anvil.example" })
    }

    @Test func `SEC-25: a reset works once, for 30 minutes, ends sessions, signs nobody in, and a second one ends the first`() async throws
    {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        let stranger = Browser(test)
        for _ in 0..<2 { try await stranger.fill("/forgot", [("email", "AN@ANVIL.example")]) }
        let links = try stranger.links(.reset, to: "an@anvil.example")
        #expect(links.count == 2)
        let new = "seven loud magpies dive"
        let fields = [("newPassword", new)]
        test.pass(milliseconds: 30 * 60_000 - 1)
        // Looking at it changes nothing; a password that is refused does not use it up.
        #expect(try await stranger.get("/en\(links[0])").status == 200)
        #expect(try await stranger.fill(links[0], [("newPassword", "short")]).status == 422)
        #expect(try await stranger.fill(links[0], fields).status == 200)
        #expect(try await !browser.isSignedIn)
        #expect(try await !stranger.isSignedIn)
        for link in links {
            let over = try await stranger.get("/en\(link)")
            #expect(over.status == 410 && over.body.contains("it has worked: sign in") && over.body.contains("href=\"/en/sign-in\""))
            #expect(try await stranger.fill(link, fields, from: "/sign-in").status == 410)
        }
        #expect(try await Browser(test).signIn("an@anvil.example", new).status == 303)
        try await stranger.fill("/forgot", [("email", "an@anvil.example")])
        let late = try #require(try stranger.links(.reset, to: "an@anvil.example").last)
        test.pass(milliseconds: 30 * 60_000)
        #expect(try await stranger.fill(late, fields, from: "/sign-in").status == 410)
    }

    @Test func `SEC-25: one reset link used many times at once changes the password once`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        try await browser.fill("/forgot", [("email", "an@anvil.example")])
        let link = try #require(try browser.links(.reset, to: "an@anvil.example").last)
        let proof = try await browser.get("/en/forgot").hidden("proof") ?? ""
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await browser.post("/en\(link)", [("proof", proof), ("newPassword", "password of the \(number)th tab")]).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 200 }.count == 1 && statuses.filter { $0 == 410 }.count == 7)
    }

    @Test func `a second step stays on when the password is chosen anew`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.register("an@anvil.example")
        _ = try await browser.turnOnSecondStep()
        try await browser.fill("/forgot", [("email", "an@anvil.example")])
        let link = try #require(try browser.links(.reset, to: "an@anvil.example").last)
        // With a second step eight characters are enough.
        #expect(try await browser.fill(link, [("newPassword", "Brr!moth4")]).status == 200)
        #expect(try await Browser(test).signIn("an@anvil.example", "Brr!moth4").location.hasPrefix("/en/sign-in/code"))
    }

    @Test func `links of other purposes, cut, altered or made up are over, all in the same words`() async throws {
        let test = try SignInTests.mailing()
        let browser = Browser(test)
        try await browser.fill("/register", [("email", "an@anvil.example")])
        let link = try #require(try browser.links(.register, to: "an@anvil.example").last)
        let token = link.split(separator: "/").last ?? ""
        var pages: [String] = []
        for place in [
            "/reset/\(token)", "/confirm/\(token)", "/register/\(token.dropLast())", "/register/AAAA", "/register/..%2f",
            "/register/\(String(repeating: "A", count: 43))",
        ] {
            let page = try await browser.get("/en\(place)")
            #expect(page.status == 410, "\(place)")
            pages.append(page.body.replacing(place, with: "").replacing(/give this number: [^<]*/, with: ""))
        }
        #expect(Set(pages.map { $0.contains("This link no longer works") }) == [true])
        #expect(try await browser.get("/en\(link)").status == 200)
    }

    @Test func `SEC-23: at most two hash at once and fifty wait; who is known has a line of her own`() async throws {
        let pool = try SignInTests.mailing().site.passwords
        let stored = try await pool.hash("x")
        let outcomes = await withTaskGroup(of: (isKnown: Bool, isBusy: Bool).self) { group in
            for number in 0..<160 {
                group.addTask {
                    let isKnown = number >= 130
                    do {
                        _ = try await pool.verify("y", against: stored, isKnown: isKnown)
                        return (isKnown, false)
                    } catch { return (isKnown, error is PasswordPool.Busy) }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 160 && !outcomes.contains { $0.isKnown && $0.isBusy })
        #expect(outcomes.contains { $0.isBusy })
        #expect(try await pool.verify("x", against: stored, isKnown: false), "and it goes on working")
    }
}
