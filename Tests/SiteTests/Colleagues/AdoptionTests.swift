import Store
import Testing

@testable import Site

@Suite struct AdoptionPagesTests {
    private func choice(_ organisation: String, _ link: String) -> [(String, String)] {
        [("organisation", String(organisation.split(separator: "/").last ?? "")), ("link", link)]
    }

    @Test func `an assessment begun without an account is taken in: the sign-in comes first, and leads back`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let path = try await browser.beginWithFacts()
        try await test.account("Ann")
        #expect(try await browser.get(path).body.contains("href=\"\(path)/adoption\""))
        let first = try await browser.get("\(path)/adoption")
        #expect(first.status == 303 && first.location.hasPrefix("/en/sign-in?to="))
        #expect(try await browser.enter("ann@anvil.example", at: first.location).location == "\(path)/adoption")
        let ann = Colleague(id: "id-ann", email: "ann@anvil.example", browser: browser)
        let none = try await ann.get("\(path)/adoption")
        #expect(none.body.contains("You belong to no organisation") && none.body.contains("/organisations/new?assessment="))
        let new = try #require(none.body.firstMatch(of: /href="([^"]*\/organisations\/new\?assessment=[^"]*)"/)?.1)
        let form = try await ann.get(String(new))
        for value in ["value=\"10\" selected", "value=\"micro\" checked", "value=\"BE10\" selected"] {
            #expect(form.body.contains(value), "UX-23: what the assessment says of the firm is filled in")
        }
        let assessment = form.hidden("assessment") ?? ""
        let made = try await ann.send(String(new), anvil + [("assessment", assessment)])
        #expect(made.location == "\(path)/adoption")
        let organisation = try #require(try test.site.store.memberships(of: "id-ann").first?.organisation)
        let taken = try await ann.send("\(path)/adoption", choice(organisation, "end"))
        #expect(taken.status == 303 && taken.location == "\(path)?saved=adopted")
        #expect(try await ann.get(taken.location).body.contains("The assessment belongs to your organisation now."))
        #expect(try await ann.get("/en/organisations/\(organisation)").body.contains("href=\"\(path)\""))
    }

    /// Ann and Eve each own an organisation; Ann has an assessment by link, which another browser opened too.
    private struct House {
        let test: TestSite
        let ann, eve: Colleague
        let guest: Browser
        let path, organisation, other, link: String

        init() async throws {
            test = try TestSite()
            ann = try await test.colleague("Ann")
            eve = try await test.colleague("Eve")
            organisation = try await ann.organisation()
            other = try await eve.organisation()
            path = try await ann.browser.beginWithFacts()
            let page = try await ann.get("\(path)/link").body
            link = String(try #require(page.firstMatch(of: /https:\/\/test\.example(\/en\/open\/[A-Za-z0-9_-]+)/)?.1))
            guest = Browser(test)
            let door = try await guest.get(link)
            _ = try await guest.post("/en/open", [("proof", door.hidden("proof") ?? ""), ("link", door.hidden("link") ?? "")])
        }
    }

    @Test func `who is signed in when she begins is asked right after the facts, and may say not now`() async throws {
        let ann = try await TestSite().colleague("Ann")
        let path = try await ann.browser.begin()
        let saved = try await ann.browser.save(
            "\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        #expect(saved.location == "\(path)/adoption")
        #expect(try await ann.get(saved.location).body.contains("href=\"\(path)/link\">Not now"))
    }

    @Test func `the link goes on working: who has it answers like an editor, and manages nothing`() async throws {
        let house = try await House()
        let taken = try await house.ann.send("\(house.path)/adoption", choice(house.organisation, "keep"))
        #expect(taken.location == "\(house.path)/link", "the link that nobody has kept yet")
        let tasks = try await house.guest.get(house.path)
        #expect(tasks.status == 200 && tasks.body.contains("This assessment belongs to an organisation."))
        for place in ["/link", "/deletion", "/adoption"] { #expect(!tasks.body.contains("href=\"\(house.path)\(place)\""), "\(place)") }
        #expect(try await house.guest.save("\(house.path)/sections/GOV", [("GOV-1.practice", "4")]).status == 303)
        for place in ["/link", "/deletion"] { #expect(try await house.guest.get("\(house.path)\(place)").status == 403) }
        #expect(try await house.guest.send(house.path, to: "\(house.path)/deletion", [("sure", "yes")]).status == 403)
        #expect(try await house.ann.get("\(house.path)/sections/GOV").body.contains("value=\"4\" checked"))
        #expect(try await house.ann.get("\(house.path)/deletion").status == 200)
        #expect(try await house.ann.get("\(house.path)/link").body.contains("somebody without an account can read and change"))
    }

    @Test func `SEC-18: who comes in by the link that goes on working is in the trail that the members see`() async throws {
        let house = try await House()
        try await house.ann.send("\(house.path)/adoption", choice(house.organisation, "keep"))
        let id = String(house.organisation.split(separator: "/").last ?? "")
        let opened = { try house.test.site.store.audit(organisation: id).filter { $0.action == "linkOpened" } }
        #expect(try opened().isEmpty, "nobody's business while it belonged to nobody")
        let door = try await Browser(house.test).get(house.link)
        let visitor = Browser(house.test)
        #expect(try await visitor.send(house.link, to: "/en/open", [("link", door.hidden("link") ?? "")]).status == 303)
        #expect(try opened().map(\.actor) == ["visitor"])
        #expect(try await house.ann.get("/en/organisations/\(id)/audit").body.contains("opened the private link"))
    }

    @Test func `SEC-18: who looked at a result is in the trail, once a day, and looking itself writes nothing (SEC-10)`() async throws {
        let test = try TestSite()
        let (ann, bob, eve) = (try await test.colleague("Ann"), try await test.colleague("Bob"), try await test.colleague("Eve"))
        let organisation = try await ann.organisation()
        try await ann.add(bob, to: organisation, as: .reader)
        let (path, submission) = try await ann.browser.finish()
        #expect(try await ann.get(submission).status == 200)
        await test.site.writeLooks()
        let id = String(organisation.split(separator: "/").last ?? "")
        let seen = { try test.site.store.audit(organisation: id).filter { $0.action == "resultSeen" } }
        #expect(try seen().isEmpty, "nobody's business while it belongs to nobody")
        try await ann.send("\(path)/adoption", choice(organisation, "end"))
        for place in ["", "/why", "/result.json", "/result.csv"] { #expect(try await bob.get(submission + place).status == 200) }
        #expect(try await eve.get(submission).status == 403)
        #expect(try seen().isEmpty)
        await test.site.writeLooks()
        #expect(try seen().map(\.actor) == ["id-bob"])
        #expect(try seen().map(\.object) == [String(path.split(separator: "/").last ?? "")])
        _ = try await bob.get(submission)
        await test.site.writeLooks()
        #expect(try seen().count == 1)
        test.pass(hours: 24)
        try await bob.browser.enter(bob.email)
        _ = try await (bob.get(submission), ann.browser.enter(ann.email), ann.get(submission))
        await test.site.writeLooks()
        #expect(try seen().map(\.actor) == ["id-ann", "id-bob", "id-bob"])
        let trail = try await ann.get("\(organisation)/audit").body
        #expect(trail.contains("looked at a result") && trail.contains("Who looks at a result is noted once a day"))
        guard case .sound = try await test.site.store.checkAudit() else { return #expect(Bool(false), "the chain broke") }
    }

    @Test func `who looked is not forgotten where the disk is full`() async throws {
        let site = try TestSite().site
        site.looks.add(Look(assessment: "a", actor: Actor("an"), at: site.clock()))
        await site.store.close()
        await site.writeLooks()
        #expect(site.looks.waiting == 1)
    }

    @Test func `the link stops: who came in by it is out at once, and what she typed is kept`() async throws {
        let house = try await House()
        let page = try await house.guest.get("\(house.path)/sections/GOV")
        try await house.ann.send("\(house.path)/adoption", choice(house.organisation, "end"))
        let late = try await house.guest.post(
            "\(house.path)/sections/GOV", Browser.framework(page) + [("GOV-1.note", "typed"), ("then", "continue")])
        #expect(late.status == 403 && late.hidden("keep.GOV-1.note") == "typed")
        let door = try await Browser(house.test).get(house.link)
        let refused = try await Browser(house.test).send(house.link, to: "/en/open", [("link", door.hidden("link") ?? "")])
        #expect(refused.status == 403)
        #expect(try await house.ann.get(house.path).status == 200)
        #expect(try await house.ann.get("\(house.path)/link").body.contains("Only the members of your organisation can open"))
    }

    @Test func `UX-13, UX-14: it is taken in once; a second press leads to the assessment`() async throws {
        let house = try await House()
        let form = Browser.framework(try await house.ann.get("\(house.path)/adoption"))
        for _ in 0..<2 {
            let taken = try await house.ann.browser.post("\(house.path)/adoption", form + choice(house.organisation, "end"))
            #expect(taken.status == 303 && taken.location.hasPrefix(house.path))
        }
        #expect(try await house.ann.get("\(house.path)/adoption").location == house.path)
        let id = String(house.organisation.split(separator: "/").last ?? "")
        #expect(try house.test.site.store.audit(organisation: id).count { $0.action == "assessmentAdopted" } == 1)
    }

    @Test func `two holders who take it in at once: one gets it, the other finds it taken`() async throws {
        let house = try await House()
        _ = try await house.test.account("Kim")
        try await house.guest.enter("kim@anvil.example")
        let kim = Colleague(id: "id-kim", email: "kim@anvil.example", browser: house.guest)
        let third = try await kim.organisation()
        let (one, two) = (
            Browser.framework(try await house.ann.get("\(house.path)/adoption")),
            Browser.framework(try await kim.get("\(house.path)/adoption"))
        )
        async let first = house.ann.browser.post("\(house.path)/adoption", one + choice(house.organisation, "keep"))
        async let second = kim.browser.post("\(house.path)/adoption", two + choice(third, "keep"))
        _ = try await (first, second)
        let owners = try [house.organisation, third].map { path in
            try house.test.site.store.assessments(of: String(path.split(separator: "/").last ?? "")).count
        }
        #expect(owners.reduce(0, +) == 1)
    }

    @Test func `SEC-11, SEC-12: an organisation that is not hers, or where she may only look, is no choice`() async throws {
        let house = try await House()
        try await house.eve.add(house.ann, to: house.other, as: .reader)
        let page = try await house.ann.get("\(house.path)/adoption")
        #expect(page.body.matches(of: /name="organisation"/).count == 1)
        for organisation in [house.other, "/none", "/"] {
            #expect(try await house.ann.send("\(house.path)/adoption", choice(organisation, "keep")).status == 422, "\(organisation)")
        }
        #expect(try await house.ann.send("\(house.path)/adoption", choice(house.organisation, "other")).status == 422)
        let missing = try await house.ann.send("\(house.path)/adoption")
        #expect(missing.status == 422 && missing.body.contains("href=\"#organisation\"") && missing.body.contains("href=\"#link\""))
        #expect(try await house.eve.get("\(house.path)/adoption").status == 403)
        #expect(try await house.eve.send("/en/account", to: "\(house.path)/adoption", choice(house.other, "keep")).status == 403)
        #expect(try house.test.site.store.assessments(of: String(house.other.split(separator: "/").last ?? "")) == [])
    }

    @Test func `SEC-11: somebody else's assessment fills in no facts of a new organisation`() async throws {
        let house = try await House()
        let id = String(house.path.split(separator: "/").last ?? "")
        let page = try await house.eve.get("/en/organisations/new?assessment=\(id)")
        #expect(page.status == 200 && page.hidden("assessment") == nil && !page.body.contains("value=\"micro\" checked"))
        let made = try await house.eve.send("/en/organisations/new", anvil + [("assessment", id)])
        #expect(made.location.hasPrefix("/en/organisations/"))
    }
}
