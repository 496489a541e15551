import Foundation
import HTTPTypes
import Hummingbird
import QuestionnaireFiles
import Testing

@testable import Site
@testable import Store

/// What OWASP ASVS 5.0.0 asks for and no other test shows.
@Suite struct ASVSGapTests {
    /// Every Swift file of the product, its path from `Sources` and its text.
    private func sources() throws -> [(path: String, text: String)] {
        let root = URL(fileURLWithPath: "\(TestSite.projectFolder)/Sources").resolvingSymlinksInPath()
        let files = try #require(FileManager.default.enumerator(atPath: root.path))
        return try files.compactMap { file in
            guard let path = file as? String, path.hasSuffix(".swift"), !path.hasPrefix("Benchmarks/") else { return nil }
            return (path, try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }

    private func places(of text: String) throws -> [String] { try sources().filter { $0.text.contains(text) }.map(\.path).sorted() }

    private func logged(_ test: TestSite, _ event: String) throws -> [[String: Any]] {
        try test.log.split(separator: "\n").compactMap { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }.filter { $0["event"] as? String == event }
    }

    // MARK: Encoding

    @Test func `ASVS 1.2.5: only the operator's mail program is started, and never a shell`() throws {
        #expect(try places(of: "import Subprocess") == ["Site/Mail/Sendmail.swift"])
        #expect(try places(of: "Subprocess.run(") == ["Site/Mail/Sendmail.swift"])
        let call = /\b(?:Process|posix_spawnp?|system|popen|exec[vl]p?e?|fork|dlopen)\(|\/bin\/(?:ba|da)?sh\b/
        for (path, text) in try sources() { #expect(text.firstMatch(of: call) == nil, "\(path)") }
    }

    // MARK: Passwords

    @Test func `ASVS 6.2.5: one kind of sign is enough, and any kind will do`() throws {
        let common = try CommonPasswords(file: "\(TestSite.projectFolder)/Web/common-passwords.txt")
        for password in ["quietheronswadetwelve", "QUIETHERONSWADETWELVE", "839274610572946183", "тихіцаплібродять", "🦫🦆🐸🦔🐢🦎🐍🐊🐋🐬🦭🐟🐠🐡🦈"] {
            #expect(PasswordRules.check(password, hasSecondFactor: false, context: [], common: common) == nil, "\(password)")
        }
    }

    @Test func `ASVS 6.2.6, 6.2.7: every field for a password hides it, can be pasted into, and is known to password managers`()
        async throws
    {
        let test = try SignInTests.mailing()
        let chief = try await Browser.staff(test)
        let other = try await test.enrol("other@anvil.example")
        let own = try await test.organisation("Anvil", owner: try chief.accountID())
        let stranger = Browser(test)
        for email in ["new@anvil.example", "other@anvil.example"] {
            try await stranger.fill(email.hasPrefix("new") ? "/register" : "/forgot", [("email", email)])
        }
        let links = [try stranger.links(.register, to: "new@anvil.example"), try stranger.links(.reset, to: "other@anvil.example")]
        var pages: [(String, Page)] = []
        for place in try ["/sign-in"] + links.map({ try #require($0.last) }) {
            pages.append((place, try await stranger.get("/en\(place)")))
        }
        for place in [
            "/account/password", "/account/email", "/account/second-step", "/account/deletion", "/administration/accounts",
            "/administration/accounts/\(other)", "/organisations/\(own)/deletion",
        ] {
            // The only administrator cannot delete her account: the page then has no form.
            if place == "/account/deletion" { try await test.enrol("second@staff.example", roles: [.administrator]) }
            pages.append((place, try await chief.get("/en\(place)")))
        }
        for (place, page) in pages {
            let boxes = page.body.matches(of: /<input[^>]*>/).map { String($0.0) }
            let fields = boxes.filter { $0.contains("name=\"password\"") || $0.contains("name=\"newPassword\"") }
            #expect(page.status == 200 && !fields.isEmpty, "\(place)")
            for field in fields {
                let token = field.contains("newPassword") ? "new-password" : "current-password"
                #expect(field.contains("type=\"password\"") && field.contains("autocomplete=\"\(token)\""), "\(place): \(field)")
                for bar in ["maxlength", "onpaste", "readonly", "pattern", "value="] { #expect(!field.contains(bar), "\(place): \(field)") }
            }
            #expect(boxes.filter { $0.contains("type=\"password\"") }.count == fields.count, "\(place)")
        }
        // No other form of the site has such a field.
        let made = try sources().map { $0.text.matches(of: /kind: \.password/).count }.reduce(0, +)
        #expect(made == 4)
    }

    @Test func `ASVS 6.2.4: more than 3,000 common passwords that are long enough are refused, for both lengths`() throws {
        let file = "\(TestSite.projectFolder)/Web/common-passwords.txt"
        let common = try CommonPasswords(file: file)
        let entries = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }.map(
            String.init)
        #expect(entries.count >= CommonPasswords.least)
        for (least, hasSecondFactor) in [(PasswordRules.leastWithSecondFactor, true), (PasswordRules.leastAlone, false)] {
            var refused: Set<String> = []
            // A short one is made long as people do it: said again, then filled up with digits.
            for entry in entries.prefix(4_000) {
                var password = entry
                if password.unicodeScalars.count < least { password += entry }
                while password.unicodeScalars.count < least { password += "2026" }
                let fault = PasswordRules.check(password, hasSecondFactor: hasSecondFactor, context: [], common: common)
                #expect(fault == .common, "\(password)")
                refused.insert(password)
            }
            #expect(refused.count >= 3_000)
        }
    }

    @Test func `ASVS 6.2.12: every way to choose a password asks the list`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        let common = [("newPassword", "password1234567")]
        #expect(try await an.register("an@anvil.example", password: "password1234567").status == 422)
        try await an.register("an@anvil.example")
        #expect(try await an.fill("/account/password", [("password", goodPassword)] + common).body.contains("Many people"))
        let stranger = Browser(test)
        try await stranger.fill("/forgot", [("email", "an@anvil.example")])
        let link = try #require(try stranger.links(.reset, to: "an@anvil.example").last)
        #expect(try await stranger.fill(link, common).body.contains("Many people"))
        // Whoever makes a hash of a new password has looked at it before; the fourth only renews an old hash.
        for (path, text) in try sources() where text.contains("passwords.hash(") && path != "Site/Account/SignInRoutes.swift" {
            #expect(text.contains("NewPassword.fault("), "\(path)")
        }
    }

    @Test func `ASVS 6.2.10: a password of years ago still signs in, and nothing asks for another`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        test.pass(hours: 5 * 365 * 24)
        let page = try await Browser(test).signIn("an@anvil.example")
        #expect(page.status == 303 && page.location == "/en/account")
    }

    @Test func `ASVS 6.3.2: a new installation has no account, and usual names and passwords open none`() async throws {
        let test = try SignInTests.mailing()
        #expect(try await test.site.store.accounts().isEmpty)
        for name in ["admin", "root", "administrator", "linchpin", "admin@test.example"] {
            for password in ["admin", "password", "linchpin", ""] {
                // Beyond every wait.
                test.pass(hours: 1)
                let browser = Browser(test)
                #expect(try await browser.signIn(name, password).status == 422)
                #expect(try await !browser.isSignedIn)
            }
        }
    }

    @Test func `ASVS 6.3.4: one place begins sessions of accounts, and asks there for the second step`() throws {
        #expect(try places(of: "store.signIn(") == ["Site/Account/SignInRoutes.swift"])
        #expect(try places(of: "store.completeSignIn(") == ["Site/Account/CodeRoutes.swift"])
        let text = try #require(try sources().first { $0.path == "Site/Account/SignInRoutes.swift" }?.text)
        #expect(text.contains("let isHalf = account.totp != nil || account.needsSecondStep"))
        #expect(text.matches(of: /store\.signIn\(/).count == 1)
    }

    @Test func `ASVS 6.4.2: who makes an account is asked for a name and a password, and for no hint or question`() async throws {
        let browser = Browser(try SignInTests.mailing())
        try await browser.fill("/register", [("email", "an@anvil.example")])
        let page = try await browser.get("/en\(try #require(try browser.links(.register, to: "an@anvil.example").last))")
        let main = String(page.main)
        let names = Set(main.matches(of: /<(?:input|select|textarea)[^>]* name="([^"]+)"/).map { String($0.1) })
        #expect(names.subtracting(["proof"]) == ["name", "newPassword", "stay"])
    }

    // MARK: Sessions

    @Test func `ASVS 7.2.3: the secrets of sessions have 256 bits, none comes twice, and every bit varies`() throws {
        let secrets = (0..<10_000).map { _ in SessionSecret(bytes: Site.systemRandom(32)) }
        #expect(Set(secrets.map(\.cookie)).count == secrets.count)
        #expect(secrets.allSatisfy { Base64URL.decode($0.cookie)?.count == 32 })
        for bit in 0..<256 {
            let ones = secrets.count { $0.bytes[bit / 8] >> (bit % 8) & 1 == 1 }
            // Nine standard deviations on each side.
            #expect((4_550...5_450).contains(ones), "bit \(bit)")
        }
        for short in [31, 33, 16, 0] { #expect(SessionSecret(cookie: Base64URL.encode(Array(repeating: 7, count: short))) == nil) }
    }

    @Test func `ASVS 7.4.4: every page of an account and of the administration leads to signing out`() async throws {
        let test = try SignInTests.mailing()
        let chief = try await Browser.staff(test)
        let other = try await test.enrol("other@anvil.example")
        let own = try await test.organisation("Anvil", owner: try chief.accountID())
        for place in [
            "/account", "/account/profile", "/account/password", "/account/email", "/account/second-step", "/account/sessions",
            "/account/deletion", "/organisations/new", "/organisations/\(own)", "/organisations/\(own)/members", "/administration",
            "/administration/accounts", "/administration/accounts/\(other)", "/administration/organisations", "/administration/mail",
            "/administration/audit",
        ] {
            let page = try await chief.get("/en\(place)")
            #expect(page.status == 200 && page.body.contains("href=\"/en/account\""), "\(place)")
        }
        let account = try await chief.get("/en/account").body
        let button = try #require(account.firstRange(of: "action=\"/en/sign-out\""))
        let heading = try #require(account.firstRange(of: "<h2"))
        #expect(button.lowerBound < heading.lowerBound, "the first thing on the page that can be pressed")
    }

    @Test func `ASVS 7.5.1: address, password, second step and recovery codes change only with the password, the last two with a code too`()
        async throws
    {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let totp = try await an.turnOnSecondStep().totp
        test.pass(hours: 1)
        let before = try #require(try an.account())
        let code = totp.code(TOTP.step(at: test.now))
        for fields in [
            ("/account/email", [("email", "bo@anvil.example"), ("password", "wrong")]),
            ("/account/password", [("password", "wrong"), ("newPassword", "seven loud magpies dive")]),
            ("/account/second-step", [("password", "wrong"), ("code", code), ("then", "off")]),
            ("/account/second-step", [("password", "wrong"), ("code", code), ("then", "codes")]),
            ("/account/second-step", [("password", goodPassword), ("code", "000000"), ("then", "off")]),
            ("/account/second-step", [("password", goodPassword), ("code", ""), ("then", "codes")]),
        ] { #expect(try await an.fill(fields.0, fields.1).status == 422, "\(fields)") }
        let after = try #require(try an.account())
        #expect(after.email == before.email && after.password == before.password && after.totp == before.totp)
        #expect(try an.links(.takeEmail, to: "bo@anvil.example").isEmpty)
        #expect(try await an.fill("/account/second-step", [("password", goodPassword), ("code", code), ("then", "codes")]).status == 200)
        #expect(try test.site.store.audit().first?.action == "recoveryCodesMade")
    }

    // MARK: Logs

    @Test func `ASVS 16.2.1: a line says when, what, which request and how it went; the trail says who`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        _ = try await an.get("/en/account")
        let line = try #require(try logged(test, "request").last)
        #expect(Set(line.keys) == ["time", "level", "event", "id", "method", "route", "status", "microseconds", "bytes"])
        #expect(line["method"] as? String == "GET" && line["route"] as? String == "/{language}/account" && line["status"] as? Int == 200)
        #expect(line["time"] as? String == test.now.iso8601 && test.now.iso8601.hasSuffix("Z"))
        let id = try an.accountID()
        let row = try #require(try test.site.store.audit().first)
        #expect(row.action == "signedIn" && row.actor == id && row.object == id && row.at == test.now)
    }

    @Test func `ASVS 16.2.3: nothing is written but the log, the trail and what a command prints`() throws {
        for (path, text) in try sources() where !path.hasPrefix("linchpin/") {
            #expect(text.firstMatch(of: /\b(?:print|NSLog|syslog|os_log|fputs)\(|FileHandle\.standard/) == nil, "\(path)")
        }
        let application = try #require(try sources().first { $0.path == "Site/Server/SiteApplication.swift" }?.text)
        #expect(application.contains("SwiftLogNoOpLogHandler()"), "the server framework's own log is off")
    }

    @Test func `ASVS 16.3.1: every attempt to sign in leaves a trace with its outcome and factor, and so does the end`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let id = try an.accountID()
        let (_, codes) = try await an.turnOnSecondStep()
        let recovery = try #require(codes.body.firstMatch(of: /<code>([A-Z2-7-]+)<\/code>/)?.1)
        #expect(try await Browser(test).signIn("an@anvil.example", "wrong password here").status == 422)
        let other = Browser(test)
        try await other.signIn("an@anvil.example")
        #expect(try await other.fill("/sign-in/code", [("code", "000000")]).status == 422)
        #expect(try await other.fill("/sign-in/code", [("recovery", String(recovery))]).status == 303)
        try await other.fill("/sign-out", [], from: "/account")
        let failed = try logged(test, "signInFailed")
        #expect(failed.map { $0["cause"] as? String } == ["wrongPassword", "wrongCode"])
        let requests = Set(try logged(test, "request").compactMap { $0["id"] as? String })
        for line in failed { #expect(requests.contains(line["id"] as? String ?? ""), "it names its request") }
        try await test.written(2) { try $0.signInHistory(of: id).count { $0.outcome != .signedIn } }
        #expect(Set(try test.site.store.signInHistory(of: id).map(\.outcome)) == [.signedIn, .wrongPassword, .wrongCode])
        let rows = try test.site.store.audit().filter { $0.object == id }
        #expect(rows.map(\.action) == ["signedOut", "recoveryCodeUsed", "signedIn", "secondStepOn", "signedIn", "accountMade"])
        #expect(rows.dropLast().allSatisfy { $0.actor == id })
    }

    @Test func `ASVS 16.3.2, 16.3.3: what is refused is in the log, with the route and the kind of refusal`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let stranger = Browser(test)
        _ = try await stranger.get("/en/account")
        _ = try await an.get("/en/administration")
        let organisation = try await test.organisation("Anvil", owner: try await test.enrol("bo@anvil.example"))
        _ = try await an.get("/en/organisations/\(organisation)")
        _ = try await an.fill("/account/profile", [("name", "An"), ("language", "en"), ("isAdministrator", "1")])
        _ = try await an.post("/en/account/profile", [("name", "An")], headers: [.contentType: "application/x-www-form-urlencoded"])
        _ = try await stranger.get("/en/reset/\(Base64URL.encode(Site.systemRandom(32)))")
        for _ in 0...Throttle.freeFailures { try await stranger.signIn("an@anvil.example", "wrong password here") }
        let found = Set(try logged(test, "request").map { "\($0["status"] ?? "") \($0["route"] ?? "")" })
        for line in [
            "303 /{language}/account", "404 /{language}/administration", "404 /{language}/organisations/{organisation}",
            "422 /{language}/account/profile", "403 /{language}/account/profile", "410 /{language}/reset/{token}",
            "429 /{language}/sign-in",
        ] { #expect(found.contains(line), "\(line)") }
    }

    // MARK: Errors

    private struct Inside: Error, CustomStringConvertible { let description = "SELECT secret FROM inside" }

    @Test func `ASVS 16.3.4, 16.5.1: what nobody expected gives a general page with a reference, and its cause to the log alone`()
        async throws
    {
        var routes = RouteTable()
        routes.add(.get, "/broken", anyone: { _ in throw Inside() })
        let test = try TestSite(routes: routes)
        let page = try await Browser(test).get("/en/broken")
        #expect(page.status == 500 && !page.body.contains("secret") && !page.body.contains("Inside"))
        let line = try #require(try logged(test, "failure").last)
        #expect(line["cause"] as? String == "SELECT secret FROM inside" && line["route"] as? String == "/{language}/broken")
        let id = try #require(line["id"] as? String)
        #expect(page.body.contains(id), "the page shows the reference")
    }

    @Test func `REL-12: what was typed on a page of an account comes back where the database fails, secrets do not`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let proof = try await an.get("/en/account/profile").hidden("proof") ?? ""
        await test.site.store.close()
        for (place, typed) in [
            ("/en/account/profile", [("name", "Ann Typed"), ("language", "en")]), ("/en/organisations/new", [("name", "Anvil & Sons")]),
        ] {
            let page = try await an.post(place, [("proof", proof), ("password", "quiet words")] + typed)
            #expect(page.status == 503 && page.body.contains("action=\"\(place)\""), "\(place)")
            #expect(page.hidden(typed[0].0)?.hasPrefix(String(typed[0].1.prefix(5))) == true, "\(place)")
            #expect(page.body.contains("Nothing of this form has been saved") && !page.body.contains("quiet words"))
        }
        #expect(try await !an.get("/en/account/profile").body.contains("id=\"kept\""), "nothing was typed")
    }

    @Test func `ASVS 16.5.3: where rights cannot be looked up nothing opens`() async throws {
        let test = try SignInTests.mailing()
        let an = Browser(test)
        try await an.register("an@anvil.example")
        let path = try await an.beginWithFacts()
        await test.site.store.close()
        for place in ["/en/account", "/en/account/sessions", "/en/administration", path, "\(path)/sections/GOV"] {
            let page = try await an.get(place)
            #expect(page.status == 503 && !page.body.contains("an@anvil.example"), "\(place): \(page.status)")
        }
    }
}
