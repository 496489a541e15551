import HTTPTypes
import Store
import Testing

@testable import Site

@Suite struct SecurityTextTests {
    private static let now = Timestamp(year: 2026, month: 11, day: 25)

    private static func text(
        _ contacts: [String] = ["mailto:security@test.example"], expires: String = "2027-06-01", policy: String = ""
    ) throws -> SecurityText {
        try SecurityText(contacts: contacts, expires: expires, policy: policy, now: now)
    }

    @Test func `SEC-26: the file has its lines, read as RFC 9116 says`() throws {
        let text = try Self.text(
            ["mailto:security@test.example", "https://test.example/report"], policy: "https://test.example/policy"
        ).text(publicAddress: "https://test.example")
        let fields = text.split(separator: "\n").map { $0.split(separator: ": ", maxSplits: 1).map(String.init) }
        #expect(fields.allSatisfy { $0.count == 2 })
        let values = { (name: String) in fields.filter { $0[0] == name }.map { $0[1] } }
        #expect(values("Contact") == ["mailto:security@test.example", "https://test.example/report"])
        #expect(values("Expires") == ["2027-06-01T00:00:00Z"])
        #expect(values("Preferred-Languages") == ["nl, fr, de, en"])
        #expect(values("Canonical") == ["https://test.example/.well-known/security.txt"])
        #expect(values("Policy") == ["https://test.example/policy"])
        #expect(text.hasSuffix("\n"))
        #expect(try !Self.text().text(publicAddress: "http://127.0.0.1:8080").contains("Canonical"))
    }

    @Test func `SEC-26: an end that is past, or more than 365 days ahead, is refused; the limits themselves are not`() throws {
        let fault = { (expires: String) in #expect(throws: SecurityText.Fault.self) { try Self.text(expires: expires) } }
        #expect(fault("2026-11-25") == .past("2026-11-25"))
        #expect(try Self.text(expires: "2026-11-25T00:00:01Z").expires.iso8601 == "2026-11-25T00:00:01Z")
        #expect(try Self.text(expires: "2027-11-25").expires.iso8601 == "2027-11-25T00:00:00Z")
        #expect(fault("2027-11-25T00:00:01Z") == .tooFar("2027-11-25T00:00:01Z"))
    }

    @Test(arguments: [
        "", "soon", "2027", "2027-6-1", "2027-02-30", "2027-06-31", "01-06-2027", "2027-06-01T25:00:00Z", "2027-06-01T00:00:00+02:00",
        "2027-06-01 00:00:00Z", "99999999999999999999-06-01", "2027-06-01T999999999999999999:00:00Z", "2027-13-01",
    ])
    func `SEC-26: what is no day is refused`(_ expires: String) {
        #expect(throws: SecurityText.Fault.badExpires(expires)) { try Self.text(expires: expires) }
    }

    @Test(arguments: [
        "security@test.example", "mailto:", "mailto:nobody", "http://test.example", "https://", "https:///x", "tel:+32",
        "https://a\nContact: x",
        "mailto:a@b.example\r\nX: y", "https://a b.example",
    ])
    func `SEC-26: a contact or policy of another form is refused, a line break in particular`(_ contact: String) {
        #expect(throws: SecurityText.Fault.badContact(contact)) { try Self.text([contact]) }
        #expect(throws: SecurityText.Fault.badPolicy(contact)) { try Self.text(policy: contact) }
        #expect(throws: SecurityText.Fault.noContact) { try Self.text([]) }
    }

    @Test func `SEC-26: it is served as plain text where it is configured, and nowhere else`() async throws {
        let with = Browser(try TestSite { $0.security = try? Self.text() })
        let page = try await with.get("/.well-known/security.txt")
        #expect(page.status == 200 && page.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(page.body.hasPrefix("Contact: mailto:security@test.example\nExpires: 2027-06-01T00:00:00Z\n"))
        #expect(try await with.post("/.well-known/security.txt", []).status == 405)
        #expect(try await Browser(try TestSite()).get("/.well-known/security.txt").status == 404)
    }
}
