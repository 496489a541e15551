import HTTPTypes
import HummingbirdCore
import NIOCore
import Store
import Testing

@testable import Site

/// A hostile client at the doors (SEC-3).
@Suite struct GuessingTests {
    private func refused(_ browser: Browser, _ email: String, _ password: String, from address: String? = nil) async throws -> Page {
        let proof = try await browser.get("/en/sign-in").hidden("proof") ?? ""
        return try await browser.post(
            "/en/sign-in", [("proof", proof), ("email", email), ("password", password)], from: address)
    }

    @Test func `SEC-3: after five failures the wait doubles, up to five minutes, and never for others`() async throws {
        let test = try TestSite {
            $0.mailProgram = "/bin/true"; $0.trustedProxies = [""]
        }
        try await Browser(test).register("an@anvil.example")
        let thief = Browser(test)
        for _ in 1...5 {
            #expect(try await refused(thief, "an@anvil.example", "wrong", from: "203.0.113.5").status == 422)
        }
        for wait in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] as [Int64] {
            let page = try await refused(thief, "an@anvil.example", goodPassword, from: "203.0.113.5")
            #expect(page.status == 429 && page.headers[.retryAfter] == String(wait))
            #expect(page.body.contains("an@anvil.example") && !page.body.contains(goodPassword))
            // The right owner, elsewhere, gets in at any moment.
            let owner = Browser(test)
            #expect(try await refused(owner, "an@anvil.example", goodPassword, from: "198.51.100.7").status == 303)
            test.pass(milliseconds: wait * 1_000)
            #expect(try await refused(thief, "an@anvil.example", "wrong", from: "203.0.113.5").status == 422)
        }
    }

    @Test func `SEC-3: ten thousand wrong passwords from many addresses lock nobody out`() async throws {
        let throttle = Throttle()
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        for number in 0..<10_000 {
            _ = throttle.attempt("sign-in an@anvil.example", from: "10.\(number / 65_536).\(number / 256 % 256).\(number % 256)", now: now)
        }
        // Of those from one address that come at once, five are looked at.
        let looked = (0..<10_000).count { _ in throttle.attempt("sign-in an@anvil.example", from: "203.0.113.5", now: now) == nil }
        #expect(looked == 5)
        #expect(throttle.attempt("sign-in an@anvil.example", from: "198.51.100.7", now: now) == nil)
        #expect(throttle.attempt("sign-in bo@anvil.example", from: "203.0.113.5", now: now) == nil)
        #expect(throttle.attempt("sign-in an@anvil.example", from: "203.0.113.5", now: now) == 1)
        #expect(throttle.attempt("sign-in an@anvil.example", from: "10.0.0.1", now: now) == nil)
    }

    @Test func `SEC-3: while a crowd keeps all hashing busy, the owner in a new place is told, and a mailed link lets her in`()
        async throws
    {
        let test = try TestSite {
            $0.mailProgram = "/bin/true"; $0.trustedProxies = [""]
        }
        try await Browser(test).register("an@anvil.example")
        let (owner, place) = (Browser(test), "198.51.100.7")
        let crowd = (0..<80).map { _ in
            Task {
                while !Task.isCancelled {
                    do { _ = try await test.site.passwords.verify("wrong", against: nil, isKnown: false) } catch {
                        try await Task.sleep(for: .milliseconds(1))
                    }
                }
            }
        }
        defer { for one in crowd { one.cancel() } }
        var busy = try await refused(Browser(test), "an@anvil.example", goodPassword, from: "203.0.113.0")
        // Now and then she slips in where one of the crowd has just been served.
        for number in 1..<100 where busy.status == 303 {
            busy = try await refused(Browser(test), "an@anvil.example", goodPassword, from: "203.0.113.\(number)")
        }
        #expect(busy.status == 503 && busy.body.contains("an@anvil.example") && busy.body.contains("who comes with it goes first"))
        try await owner.fill("/forgot", [("email", "an@anvil.example")])
        let link = try #require(try owner.links(.reset, to: "an@anvil.example").last)
        let password = goodPassword + " again"
        let proof = try await owner.get("/en\(link)").hidden("proof") ?? ""
        #expect(try await owner.post("/en\(link)", [("proof", proof), ("newPassword", password)], from: place).status == 200)
        #expect(try await refused(owner, "an@anvil.example", password, from: place).status == 303)
        #expect(try await owner.get("/en/account/sessions").body.contains("password chosen by a link"))
    }

    @Test func `SEC-3: all addresses of one IPv6 household wait together`() {
        let throttle = Throttle()
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        for number in 1...5 { #expect(throttle.attempt("x", from: "2001:db8:1:2::\(number)", now: now) == nil) }
        #expect(throttle.attempt("x", from: "2001:db8:1:2:9::1", now: now) == 1)
        #expect(throttle.attempt("x", from: "2001:db8:1:3::1", now: now) == nil)
        // However it is written.
        for number in 1...5 { #expect(throttle.attempt("x", from: "2a02::\(number):1:1:1", now: now) == nil) }
        #expect(throttle.attempt("x", from: "2a02:0:0:0:9:1:1:1", now: now) == 1)
    }

    @Test func `SEC-16: the memory for waits is bounded, and keeps those who wait`() {
        let throttle = Throttle()
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        for _ in 0..<20 { _ = throttle.attempt("x", from: "203.0.113.5", now: now) }
        for number in 0..<250_000 { _ = throttle.attempt("x", from: "10.\(number)", now: now) }
        #expect(throttle.attempt("x", from: "203.0.113.5", now: now) == 1)
        #expect(throttle.count <= 100_000)
    }

    @Test func `SEC-3: unknown, disabled and known addresses get the same words and status at the sign-in`() async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        for name in ["an", "bo"] { try await Browser(test).register("\(name)@anvil.example") }
        let bo = try #require(try test.site.store.account(emailKey: "bo@anvil.example"))
        try await test.site.store.setDisabled(true, account: bo.id, by: .console, now: test.now)
        var pages: [String] = []
        for (email, password) in [
            ("an@anvil.example", "wrong"), ("nobody@anvil.example", "wrong"), ("bo@anvil.example", goodPassword), ("no address", "wrong"),
        ] {
            let page = try await refused(Browser(test), email, password)
            #expect(page.status == 422)
            pages.append(anonymous(page, email))
        }
        #expect(Set(pages).count == 1)
    }

    @Test func `SEC-3: an unknown address is compared with a hash of the same cost, and never matches`() async throws {
        let pool = try TestSite().site.passwords
        #expect(pool.dummy.hasPrefix("$argon2id$") && !Argon2.isOutdated(pool.dummy))
        #expect(try await !pool.verify("", against: nil, isKnown: false))
        #expect(try await !pool.verify(pool.dummy, against: nil, isKnown: false))
    }

    @Test(arguments: ["/register", "/forgot"])
    func `SEC-3: a link is asked for in the same words whether or not there is an account`(_ place: String) async throws {
        let test = try TestSite { $0.mailProgram = "/bin/true" }
        try await Browser(test).register("an@anvil.example")
        var pages: [String] = []
        for email in ["an@anvil.example", "nobody@anvil.example"] {
            let page = try await Browser(test).fill(place, [("email", email)])
            #expect(page.status == 200)
            pages.append(anonymous(page, email))
        }
        #expect(Set(pages).count == 1)
        // Only the mailbox tells.
        let browser = Browser(test)
        if place == "/register" {
            #expect(try browser.links(.registerKnown, to: "an@anvil.example") == ["/sign-in"])
            #expect(try browser.links(.register, to: "nobody@anvil.example").count == 1)
        } else {
            #expect(try browser.links(.reset, to: "an@anvil.example").count == 1)
            #expect(try browser.links(.resetUnknown, to: "nobody@anvil.example") == ["/register"])
        }
    }

    @Test func `nobody's mailbox is flooded: after five messages the next wait`() async throws {
        let test = try TestSite {
            $0.mailProgram = "/bin/true"; $0.trustedProxies = [""]
        }
        for number in 0..<20 {
            let browser = Browser(test)
            let proof = try await browser.get("/en/forgot").hidden("proof") ?? ""
            let page = try await browser.post(
                "/en/forgot", [("proof", proof), ("email", "an@anvil.example")], from: "203.0.113.\(number)")
            #expect(page.status == 200)
        }
        #expect(try Browser(test).links(.resetUnknown, to: "an@anvil.example").count == 5)
    }

    @Test func `one place cannot have us write to everybody`() async throws {
        let browser = Browser(try TestSite { $0.mailProgram = "/bin/true" })
        var statuses: [Int] = []
        for number in 0..<32 { statuses.append(try await browser.fill("/register", [("email", "p\(number)@anvil.example")]).status) }
        #expect(statuses == Array(repeating: 200, count: 30) + [429, 429])
    }

    @Test func `SEC-17: X-Forwarded-For counts only from a proxy of ours, and only its last foreign address`() async throws {
        let name = HTTPField.Name.xForwardedFor
        func read(_ header: String?, trusted: Set<String>) throws -> String {
            var fields = HTTPFields()
            if let header { fields[name] = header }
            let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: "/", headerFields: fields)
            return ClientAddress.read(
                .init(head: head, body: .init(buffer: .init())), peer: try .init(ipAddress: "192.0.2.1", port: 1), trusted: trusted)
        }
        #expect(try read("198.51.100.7", trusted: []) == "192.0.2.1")
        #expect(try read("198.51.100.7", trusted: ["192.0.2.1"]) == "198.51.100.7")
        #expect(try read("6.6.6.6, 198.51.100.7, 192.0.2.9", trusted: ["192.0.2.1", "192.0.2.9"]) == "198.51.100.7")
        #expect(try read("198.51.100.7,evil\"'<b>", trusted: ["192.0.2.1"]) == "192.0.2.1")
        #expect(try read(nil, trusted: ["192.0.2.1"]) == "192.0.2.1")
        #expect(try read("2001:db8::1", trusted: ["192.0.2.1"]) == "2001:db8::1")
    }

    /// A page without what differs from request to request.
    private func anonymous(_ page: Page, _ email: String) -> String {
        page.body.replacing(email, with: "E").replacing(/name="proof" value="[^"]*"/, with: "")
    }
}
