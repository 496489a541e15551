import Store
import Testing

@testable import Site

@Suite struct ProofTests {
    private func withMail(_ configuration: inout SiteConfiguration) { configuration.mailProgram = "/usr/bin/true" }

    @Test func `NOT-8: a link to the organisation's own domain confirms it, by a press and once`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let sent = try await ann.send("\(path)/proof", [("email", "info@Anvil.example")])
        #expect(sent.status == 200 && sent.body.contains("We have sent a message to info@anvil.example."))
        let mail = try #require(try test.site.store.dueMail(now: test.site.clock()).first)
        #expect(mail.kind == "proveDomain" && mail.facts == ["name": "Ann", "organisation": "Anvil & Sons"])
        let link = "/en/prove/\(test.site.token(try #require(mail.ticket)).text)"
        let reader = Browser(test)
        let door = try await reader.get(link)
        #expect(door.status == 200 && door.body.contains("Anvil &amp; Sons can be reached by mail at anvil.example"))
        #expect(try await ann.get(path).body.contains("The organisation itself says so."), "looking confirms nothing")
        let done = try await reader.send(link)
        #expect(done.status == 200 && done.body.contains("Thank you, it is confirmed"))
        #expect(try await ann.get(path).body.contains("Somebody who reads mail at anvil.example, on "))
        #expect(try await reader.get(link).status == 410)
        #expect(try await reader.post(link, [("proof", door.hidden("proof") ?? "")]).status == 410)
        #expect(try await ann.get("\(path)/audit").body.contains("by mail"))
    }

    @Test(arguments: ["ann@gmail.com", "ann@GMAIL.com", "ann@skynet.be", "ann@mail.proton.me"])
    func `NOT-8: an address that anybody can get confirms nothing`(_ email: String) async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let refused = try await ann.send("\(path)/proof", [("email", email)])
        #expect(
            refused.status == 422 && refused.body.contains("Anybody can get an address at ") && refused.body.contains("value=\"\(email)\""))
        #expect(try test.site.store.dueMail(now: test.site.clock()) == [])
    }

    @Test(arguments: ["", "anvil.example", "a@anvil", "a@anvil.example\r\nBcc: b@c.example", "a@anvíl.example"])
    func `NOT-2: what is no address gets no mail`(_ email: String) async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        #expect(try await ann.send("\(path)/proof", [("email", email)]).status == 422)
        #expect(try test.site.store.dueMail(now: test.site.clock()) == [])
    }

    @Test func `NOT-3: without mail, and once staff has confirmed, the page says so and offers no form`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let page = try await ann.get("\(path)/proof")
        #expect(page.body.contains("A member of its staff can confirm your organisation") && !page.body.contains("name=\"email\""))
        let posted = try await ann.send("\(path)/facts", to: "\(path)/proof", [("email", "a@anvil.example")])
        #expect(posted.status == 200 && posted.body.contains("This service sends no mail"))
        let id = String(path.split(separator: "/").last ?? "")
        try await test.site.store.prove(.staff, by: "id-staff", organisation: id, by: Actor("id-staff"), now: test.site.clock())
        #expect(try await ann.get("\(path)/proof").body.contains("A member of staff has confirmed your organisation."))
        #expect(try await !ann.get(path).body.contains("\(path)/proof"))
    }

    @Test func `NOT-8: where another organisation has the number confirmed, the link says so and to whom to turn`() async throws {
        let test = try TestSite(configure: withMail)
        let (ann, eve) = (try await test.colleague("Ann"), try await test.colleague("Eve"))
        let (path, other) = (try await ann.organisation(), try await eve.organisation())
        let id = String(other.split(separator: "/").last ?? "")
        try await test.site.store.prove(.staff, by: "id-staff", organisation: id, by: Actor("id-staff"), now: test.site.clock())
        try await ann.send("\(path)/proof", [("email", "a@anvil.example")])
        let ticket = try #require(try test.site.store.dueMail(now: test.site.clock()).first?.ticket)
        let answer = try await Browser(test).send("/en/prove/\(test.site.token(ticket).text)")
        #expect(answer.status == 409 && answer.body.contains("This number is confirmed for another organisation"))
        #expect(answer.body.contains("help@test.example"))
        #expect(try await ann.get(path).body.contains("The organisation itself says so."))
    }

    @Test func `SEC-25: a link for an invitation does not confirm, nor one that is too old`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        _ = try await ann.invite("new@anvil.example", to: path)
        try await ann.send("\(path)/proof", [("email", "a@anvil.example")])
        let mails = try test.site.store.dueMail(now: test.site.clock())
        let link = { (kind: String) in "/en/prove/\(test.site.token(try #require(mails.first { $0.kind == kind }?.ticket)).text)" }
        #expect(try await Browser(test).get(try link("invite")).status == 410)
        #expect(try await Browser(test).get(try link("proveDomain")).status == 200)
        test.pass(hours: 24)
        #expect(try await Browser(test).get(try link("proveDomain")).status == 410)
    }
}
