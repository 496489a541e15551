import Foundation
import Store
import Testing

@testable import Site

/// What somebody does with her own account.
@Suite struct OwnDataTests {
    @Test func `SEC-4, ASVS 7.5.2: the page lists one's own sessions only, and ends one or all others at once`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let others = [Browser(test), Browser(test)]
        for other in others { try await other.signIn("an@anvil.example") }
        let bo = Browser(test)
        try await bo.register("bo@anvil.example")
        let page = try await an.get("/en/account/sessions")
        let ids = page.body.matches(of: /name="session" value="([^"]+)"/).map { String($0.1) }
        #expect(ids.count == 2 && page.body.contains("(this browser)"))
        // Another account's session cannot be ended, nor one's own by mistake.
        let key = try #require(bo.sid.flatMap { SessionSecret(cookie: $0)?.key })
        let own = try #require(an.sid.flatMap { SessionSecret(cookie: $0)?.key })
        for id in [SessionSummary.id(of: key), SessionSummary.id(of: own), "", "%"] {
            _ = try await an.fill("/account/sessions", [("session", id)])
        }
        for browser in [an, bo] + others { #expect(try await browser.isSignedIn) }
        let ended = try #require(
            ids.first { id in others[0].sid.flatMap { SessionSecret(cookie: $0) }.map { SessionSummary.id(of: $0.key) } == id })
        #expect(try await an.fill("/account/sessions", [("session", ended)]).status == 303)
        #expect(try await !others[0].isSignedIn)
        #expect(try await others[1].isSignedIn)
        #expect(try await an.fill("/account/sessions", [("then", "others")]).status == 303)
        #expect(try await !others[1].isSignedIn)
        #expect(try await an.isSignedIn)
        #expect(try await bo.isSignedIn)
        #expect(try await an.fill("/account/sessions", [("then", "everything")], from: "/account").status == 422)
    }

    @Test func `the history shows sign-ins and failed attempts with browser and address, newest first`() async throws {
        let test = try TestSite {
            $0.mailProgram = "/bin/true"; $0.trustedProxies = [""]
        }
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let thief = Browser(test)
        let proof = try await thief.get("/en/sign-in").hidden("proof") ?? ""
        let fields = [("proof", proof), ("email", "an@anvil.example"), ("password", "wrong")]
        _ = try await thief.post("/en/sign-in", fields, from: "203.0.113.66")
        try await test.written(1) { try $0.signInHistory(of: try #require(try an.account()).id).count - 1 }
        let body = try await an.get("/en/account/sessions").body
        let wrong = try #require(body.range(of: "wrong password"))
        let right = try #require(body.range(of: "signed in</td>"))
        #expect(wrong.lowerBound < right.lowerBound && body.contains("203.0.113.66"))
    }

    @Test func `ASVS 7.1.2: an account has fifty sessions at most, and the oldest ends first`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let id = try #require(try an.account()).id
        var keys: [SessionKey] = []
        for _ in 0..<50 {
            test.pass(milliseconds: 1)
            keys.append(SessionSecret(bytes: test.site.random(32)).key)
            let new = NewSession(
                key: keys.last ?? keys[0], replacing: nil, isHalf: false, lifetime: 3_600_000, limit: 3_600_000, origin: Origin())
            try await test.site.store.signIn(account: id, new, now: test.now)
        }
        #expect(try test.site.store.sessions(of: id, now: test.now).count == 50)
        #expect(try await !an.isSignedIn)
        for key in keys { #expect(try test.site.store.signedIn(key, now: test.now) != nil) }
    }

    @Test func `a form of an earlier visit comes back without the password`() async throws {
        let test = try SignInTests.mailing()
        try await Browser(test).register("an@anvil.example")
        let browser = Browser(test)
        _ = try await browser.get("/en/sign-in")
        let fields = [("proof", "AAAAAAAAAAAAAAAAAAAAAA"), ("email", "an@anvil.example"), ("password", goodPassword)]
        let page = try await browser.post("/en/sign-in", fields)
        #expect(page.status == 403 && page.hidden("email") == "an@anvil.example" && !page.body.contains(goodPassword))
    }

    @Test func `SEC-3: the history of failures is bounded and keeps the sign-ins`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let id = try #require(try an.account()).id
        for _ in 0..<150 {
            try await test.site.store.noteFailure(.wrongPassword, account: id, origin: Origin(address: "203.0.113.66"), now: test.now)
        }
        let history = try test.site.store.signInHistory(of: id, limit: 1_000)
        #expect(history.count == 101 && history.filter { $0.outcome == .signedIn }.count == 1)
    }

    @Test func `another address counts once both the old and the new one have confirmed it, in either order`() async throws {
        for isOldFirst in [true, false] {
            let test = try SignInTests.mailing()
            let an = Browser(test)
            try await an.register("an@anvil.example")
            #expect(try await an.fill("/account/email", [("email", "an@bellows.example"), ("password", "wrong")]).status == 422)
            #expect(try await an.fill("/account/email", [("email", "an@anvil.example"), ("password", goodPassword)]).status == 422)
            #expect(try await an.fill("/account/email", [("email", "An@Bellows.example"), ("password", goodPassword)]).status == 200)
            let old = try #require(try an.links(.leaveEmail, to: "an@anvil.example").last)
            let new = try #require(try an.links(.takeEmail, to: "An@bellows.example").last)
            let reader = Browser(test)
            let links = isOldFirst ? [old, new] : [new, old]
            // Looking is not confirming.
            for link in links { #expect(try await reader.get("/en\(link)").status == 200) }
            #expect(try await reader.fill(links[0], []).body.contains("once the link at the other address was used too"))
            #expect(try an.account()?.email == "an@anvil.example")
            #expect(try await reader.fill(links[1], []).body.contains("counts from now on"))
            #expect(try an.account()?.email == "An@bellows.example")
            for link in links { #expect(try await reader.get("/en\(link)").status == 410) }
            #expect(try await Browser(test).signIn("an@anvil.example").status == 422)
            #expect(try await Browser(test).signIn("AN@bellows.example").status == 303)
        }
    }

    @Test func `a reset link that lies in the old mailbox ends with the change of address`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        try await an.fill("/forgot", [("email", "an@anvil.example")])
        let reset = try #require(try an.links(.reset, to: "an@anvil.example").last)
        try await an.fill("/account/email", [("email", "an@bellows.example"), ("password", goodPassword)])
        #expect(try await an.get("/en\(reset)").status == 200)
        _ = try await an.fill(try #require(try an.links(.leaveEmail, to: "an@anvil.example").last), [])
        _ = try await an.fill(try #require(try an.links(.takeEmail, to: "an@bellows.example").last), [])
        #expect(try await an.get("/en\(reset)").status == 410)
    }

    @Test func `SEC-3: an address that belongs to somebody else gets no message, and the page says the same`() async throws {
        let test = try SignInTests.mailing()
        let (an, bo) = (Browser(test), Browser(test))
        try await an.register("an@anvil.example")
        try await bo.register("bo@anvil.example")
        let page = try await an.fill("/account/email", [("email", "bo@anvil.example"), ("password", goodPassword)])
        #expect(page.status == 200 && page.body.contains("We have sent a link to an@anvil.example and one to bo@anvil.example"))
        #expect(try an.links(.takeEmail, to: "bo@anvil.example") == [])
        let old = try #require(try an.links(.leaveEmail, to: "an@anvil.example").last)
        _ = try await an.fill(old, [])
        #expect(try an.account()?.email == "an@anvil.example")
    }

    @Test func `two halves of two changes make no whole one`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        try await an.fill("/account/email", [("email", "one@anvil.example"), ("password", goodPassword)])
        test.pass(milliseconds: 60_000)
        try await an.fill("/account/email", [("email", "two@anvil.example"), ("password", goodPassword)])
        let leaves = try an.links(.leaveEmail, to: "an@anvil.example")
        let take = try #require(try an.links(.takeEmail, to: "two@anvil.example").last)
        #expect(try await an.get("/en\(leaves[0])").status == 410, "the first change came to nothing when the second was asked for")
        _ = try await an.fill(take, [])
        #expect(try an.account()?.email == "an@anvil.example")
        _ = try await an.fill(leaves[1], [])
        #expect(try an.account()?.email == "two@anvil.example")
    }

    @Test func `a change of address that somebody else asked for ends with a new password, one half confirmed or none`() async throws {
        for way in ["change", "reset"] {
            let test = try SignInTests.mailing()
            let an = Browser(test)
            try await an.register("an@anvil.example")
            try await an.fill("/account/email", [("email", "evil@bellows.example"), ("password", goodPassword)])
            let leave = try #require(try an.links(.leaveEmail, to: "an@anvil.example").last)
            let take = try #require(try an.links(.takeEmail, to: "evil@bellows.example").last)
            _ = try await an.fill(leave, [])
            let new = goodPassword + " anew"
            if way == "change" {
                #expect(try await an.fill("/account/password", [("password", goodPassword), ("newPassword", new)]).status == 303)
            } else {
                try await an.fill("/forgot", [("email", "an@anvil.example")])
                let link = try #require(try an.links(.reset, to: "an@anvil.example").last)
                #expect(try await an.fill(link, [("newPassword", new)]).status == 200)
            }
            #expect(try await an.get("/en\(take)").status == 410, "\(way)")
            #expect(try test.site.store.account(emailKey: "an@anvil.example") != nil)
        }
    }

    @Test func `SEC-28: an address that was given up leaves no trace, and neither does it after the account is erased`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("formerly@zymurgy.example")
        try await an.fill("/account/email", [("email", "now@anvil.example"), ("password", goodPassword)])
        _ = try await an.fill(try #require(try an.links(.leaveEmail, to: "formerly@zymurgy.example").last), [])
        _ = try await an.fill(try #require(try an.links(.takeEmail, to: "now@anvil.example").last), [])
        #expect(try an.account()?.email == "now@anvil.example")
        _ = try await an.fill("/account/deletion", [("sure", "yes"), ("password", goodPassword)])
        #expect(try test.files(containing: "formerly@zymurgy.example") == [] && test.files(containing: "now@anvil.example") == [])
    }

    @Test func `name and language are kept, and names that deceive are refused`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        #expect(try await an.fill("/account/profile", [("name", "  Ève   O'Brien "), ("language", "fr")]).location == "/fr/account")
        #expect(try an.account()?.name == "Ève O'Brien" && an.account()?.language == "fr")
        for odd in ["", "   ", "P\u{430}ul", "An\u{202e}gro", "An\u{200b}", String(repeating: "x", count: 101)] {
            let page = try await an.fill("/account/profile", [("name", odd), ("language", "fr")])
            #expect(page.status == 422 && page.body.contains("href=\"#name\""))
        }
        #expect(try await an.fill("/account/profile", [("name", "An"), ("language", "es")]).status == 422)
        #expect(try await an.fill("/account/profile", [("name", "An"), ("language", "fr"), ("roles", "administrator")]).status == 422)
        #expect(try an.account()?.name == "Ève O'Brien" && an.account()?.roles == [])
    }

    @Test(arguments: [
        ("", "Type an e-mail address"), ("an", "one @ sign"), ("an@@anvil.example", "one @ sign"), ("an@b@c.example", "one @ sign"),
        ("an@anvil", "must look like"), ("an..x@anvil.example", "must look like"), (".an@anvil.example", "must look like"),
        ("\"an x\"@anvil.example", "must look like"), ("an@[192.0.2.1]", "must look like"), ("аn@anvil.example", "accents and look-alike"),
        ("an@anvil.example, bo@anvil.example", "one @ sign"), ("an@anvil.example\r\nBcc: bo@anvil.example", "one @ sign"),
        ("an@anvil.example%0aBcc", "must look like"), (String(repeating: "a", count: 65) + "@anvil.example", "too long"),
    ])
    func `an address that is none gets no message, but words that help`(_ typed: String, _ words: String) async throws {
        let browser = Browser(try SignInTests.mailing())
        for place in ["/register", "/forgot"] {
            let page = try await browser.fill(place, [("email", typed)])
            #expect(page.status == 422 && page.body.contains(words) && page.body.contains("href=\"#email\""), "\(typed)")
        }
        #expect(try browser.test.site.store.dueMail(now: browser.test.now).isEmpty)
    }

    @Test func `NOT-3: without mail the pages say so, and send nothing`() async throws {
        let browser = Browser(try TestSite())
        for place in ["/register", "/forgot"] {
            #expect(try await browser.get("/en\(place)").body.contains("This service sends no mail"))
            #expect(try await browser.fill(place, [("email", "an@anvil.example")], from: "/sign-in").status == 200)
        }
        #expect(try browser.test.site.store.dueMail(now: browser.test.now).isEmpty)
    }

    @Test func `SEC-18: no password, code, token, cookie or address is in the log`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let totp = try await an.turnOnSecondStep().totp
        try await an.fill("/forgot", [("email", "an@anvil.example")])
        let link = try #require(try an.links(.reset, to: "an@anvil.example").last)
        _ = try await an.get("/en\(link)")
        _ = try await an.signIn("an@anvil.example", "wrong password here")
        let log = test.log
        #expect(log.contains("signInFailed") && log.contains("/{language}/reset/{token}"))
        for secret in [
            "an@anvil", goodPassword, "wrong password here", String(link.split(separator: "/").last ?? ""), an.sid ?? "", totp.text,
            "Peeters",
        ] { #expect(!log.contains(secret)) }
    }
}

extension TestSite {
    /// Waits until what was written behind a visitor's back is there.
    func written(_ count: Int, _ found: (Store) throws -> Int) async throws {
        while try found(site.store) < count { try await Task.sleep(for: .milliseconds(2)) }
    }
}
