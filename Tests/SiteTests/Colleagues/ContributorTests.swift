import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct ContributorTests {
    private func withMail(_ configuration: inout SiteConfiguration) { configuration.mailProgram = "/usr/bin/true" }

    /// Asks, and returns the path of the asked one's page and that of the link.
    private func ask(
        _ browser: Browser, _ path: String, sections: [String] = ["GOV", "ACC"], _ more: [(String, String)] = []
    ) async throws -> (page: String, link: String) {
        let asked = try await browser.send(
            "\(path)/colleagues", [("name", "Our IT firm"), ("days", "7")] + sections.map { ("section.\($0)", $0) } + more)
        let page = try await browser.get(asked.location)
        let link = page.body.firstMatch(of: /https:\/\/test\.example(\/en\/contribute\/[A-Za-z0-9_-]+)/)?.1 ?? ""
        return (String(asked.location.prefix { $0 != "?" }), String(link))
    }

    /// A browser of somebody who opened the link.
    private func open(_ link: String, _ test: TestSite) async throws -> Browser {
        let browser = Browser(test)
        try await browser.send(link)
        return browser
    }

    @Test func `somebody without an account fills in the sections that she was asked for, and they carry her name`() async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        let (page, link) = try await ask(ann, path)
        #expect(try await ann.get(page).body.contains("class=\"qr\""))
        let firm = Browser(test)
        let door = try await firm.get(link)
        #expect(door.status == 200 && door.body.contains("Our IT firm"))
        #expect(try await firm.get(path).status == 403, "following the link opens nothing (SEC-10)")
        #expect(try await firm.send(link).location == path)
        let list = try await firm.get(path)
        #expect(list.status == 200 && list.body.contains("You have completed 0 of 2 sections."))
        #expect(list.body.matches(of: /href="[^"]*\/sections\/([A-Z]+)"/).map { String($0.1) } == ["GOV", "ACC"])
        #expect(
            list.main.matches(of: /href="(\/en\/assessments[^"]*)"/).allSatisfy { $0.1.contains("/sections/") }, "no way to other pages")
        let saved = try await firm.save("\(path)/sections/GOV", [("GOV-1.practice", "4")])
        #expect(saved.location == "\(path)/sections/ACC", "her next section")
        #expect(try await firm.save("\(path)/sections/ACC", [("ACC-1.practice", "5")]).location == path, "and back to her list")
        #expect(try await firm.save("\(path)/sections/ACC", [], then: "later").location == "\(path)?saved=later")
        #expect(try await firm.get("\(path)?saved=later").body.contains("use the link that you were given"))
        let authors = try await ann.get("\(path)/authors").body
        #expect(authors.contains("Our IT firm"))
        #expect(try await ann.get(path).body.contains("href=\"\(path)/authors\""))
        #expect(try await ann.get("\(path)/sections/GOV").body.contains("value=\"4\" checked"))
    }

    @Test func `SEC-28: the export of who was asked for sections has what she wrote by the link, and nothing else of it`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        try await ann.save("\(path)/sections/GOV", [("GOV-1.note", "Nachtegaal")])
        let firm = try await open(try await ask(ann, path).link, test)
        try await firm.save("\(path)/sections/ACC", [("ACC-1.note", "Zweefvlieg")])
        try await firm.register("firm@anvil.example")
        let file = try await firm.fill("/account/export.json", [], from: "/account").body
        #expect(file.contains("Zweefvlieg") && !file.contains("Nachtegaal") && !file.contains("firm.sector"))
    }

    @Test func `SEC-11: everything but her sections is closed to a contributor, as if it were not there`() async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let (path, submission) = try await ann.finish()
        let other = try await ann.beginWithFacts()
        let firm = try await open(try await ask(ann, path).link, test)
        let places = [
            "/sections/SUP", "/sections/NONE", "/facts", "/check", "/link", "/deletion", "/adoption", "/colleagues", "/authors",
            "/colleagues/none",
        ]
        for place in places.map({ path + $0 }) + [submission, "\(submission)/answers", "\(submission)/result.json", other] {
            #expect(try await firm.get(place).status == 403, "\(place)")
        }
        let proof = try await firm.get("\(path)/sections/GOV").hidden("proof") ?? ""
        for (place, fields) in [
            ("/sections/SUP", [("SUP-1.practice", "1")]), ("/facts", [("firm.size", "small")]),
            ("/check", [("form", "f"), ("revision", "1")]),
            ("/link", [("then", "new")]), ("/deletion", [("sure", "yes")]), ("/adoption", []),
            ("/colleagues", [("name", "Me"), ("section.SUP", "SUP")]), ("/colleagues/none/withdrawal", []),
        ] {
            #expect(try await firm.post("\(path)\(place)", [("proof", proof)] + fields).status == 403, "\(place)")
        }
        let foreign = try await firm.post(
            "\(path)/sections/GOV", Browser.framework(try await firm.get("\(path)/sections/GOV")) + [("SUP-1.practice", "1")])
        #expect(foreign.status == 422, "a field of another section in the form of hers")
        #expect(try await ann.get("\(path)/sections/SUP").body.contains("value=\"3\" checked"))
        let fromCheck = try await firm.get("\(path)/sections/GOV?from=check")
        #expect(fromCheck.status == 200 && !fromCheck.body.contains("\(path)/check"))
    }

    @Test func `a link that is withdrawn while she types shuts her out at once, and her text is kept`() async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        let (page, link) = try await ask(ann, path)
        let firm = try await open(link, test)
        let form = Browser.framework(try await firm.get("\(path)/sections/GOV")) + [("GOV-1.note", "typed & kept"), ("then", "continue")]
        let withdrawn = try await ann.send(page, to: "\(page)/withdrawal")
        #expect(withdrawn.status == 303 && withdrawn.location == "\(path)/colleagues")
        #expect(try await ann.get(page).body.contains("withdrawn on "))
        #expect(try await !ann.get(page).body.contains("/en/contribute/"))
        let late = try await firm.post("\(path)/sections/GOV", form)
        #expect(late.status == 403 && late.hidden("keep.GOV-1.note") == "typed & kept")
        for place in ["", "/sections/GOV"] { #expect(try await firm.get("\(path)\(place)").status == 403) }
        for browser in [firm, Browser(test)] {
            let over = try await browser.get(link)
            #expect(over.status == 410 && over.body.contains("It was used already or taken back"))
        }
        #expect(try await !ann.get("\(path)/sections/GOV").body.contains("typed"))
        // A new link saves it after all.
        let again = try await ask(ann, path).link
        let opened = try await firm.post(
            "/en/open", [("proof", late.hidden("proof") ?? ""), ("link", "https://test.example\(again)")] + late.kept(in: "kept"))
        #expect(opened.status == 200 && opened.body.contains("typed &amp; kept"))
    }

    @Test func `UX-24: after twenty hours she gives her link again, and what she typed is saved`() async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        let link = try await ask(ann, path).link
        let firm = try await open(link, test)
        let form = Browser.framework(try await firm.get("\(path)/sections/GOV")) + [("GOV-1.practice", "4"), ("then", "continue")]
        test.pass(hours: 21)
        let late = try await firm.post("\(path)/sections/GOV", form)
        #expect(late.status == 403)
        let opened = try await firm.post("/en/open", [("proof", late.hidden("proof") ?? ""), ("link", link)] + late.kept(in: "kept"))
        let fields = opened.body.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map {
            (String($0.1), Page.unescaped(String($0.2)))
        }
        #expect(try await firm.post("\(path)/sections/GOV", fields).status == 303)
        #expect(try await firm.get("\(path)/sections/GOV").body.contains("value=\"4\" checked"))
    }

    @Test(arguments: [7, 30, 90]) func `a link works for as many days as were chosen, and not a moment longer`(_ days: Int64) async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        let asked = try await ann.send("\(path)/colleagues", [("name", "Our IT firm"), ("days", String(days)), ("section.GOV", "GOV")])
        let link = String(try #require(try await ann.get(asked.location).body.firstMatch(of: /\/en\/contribute\/[A-Za-z0-9_-]+/)?.0))
        test.pass(hours: days * 24 - 1)
        let firm = try await open(link, test)
        #expect(try await firm.get(path).status == 200)
        test.pass(hours: 1)
        #expect(try await firm.get(path).status == 403)
        #expect(try await firm.get(link).status == 410)
        let proof = try await firm.get("/en/sign-in").hidden("proof") ?? ""
        #expect(try await firm.post(link, [("proof", proof)]).status == 410)
    }

    @Test(arguments: [
        ("name", "", "name"), ("name", "Оur IT", "name"), ("name", "IT\nfirm", "name"),
        ("name", String(repeating: "x", count: 101), "name"),
        ("section.GOV", "", "sections"), ("email", "x", "email"),
    ])
    func `UX-6: what is missing or wrong in the request is named, and what was typed is kept`(
        _ field: String, _ value: String, _ fault: String
    )
        async throws
    {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.begin(in: try await ann.organisation())
        let good = [("name", "Our IT firm"), ("section.GOV", "GOV"), ("days", "90"), ("email", "it@firm.example")]
        let fields = good.filter { $0.0 != field } + (value.isEmpty ? [] : [(field, value)])
        let refused = try await ann.send("\(path)/colleagues", fields)
        #expect(refused.status == 422 && refused.body.contains("href=\"#\(fault)\"") && refused.body.contains("id=\"\(fault)\""))
        #expect(refused.body.contains("value=\"90\" checked"))
        if field != "section.GOV" { #expect(refused.body.contains("value=\"GOV\" checked")) }
        #expect(try await ann.get("\(path)/colleagues").body.contains("Nobody yet."))
    }

    @Test(arguments: [
        ("section.NONE", "NONE"), ("section.GOV", "SUP"), ("days", "365"), ("days", ""), ("email", "a@b.example"), ("role", "owner"),
    ])
    func `SEC-12: a section, time or field that the page does not have is refused`(_ field: String, _ value: String) async throws {
        let ann = Browser(try TestSite())
        let path = try await ann.beginWithFacts()
        let fields = [("name", "Our IT firm"), ("section.GOV", "GOV")].filter { $0.0 != field } + [(field, value)]
        let refused = try await ann.send("\(path)/colleagues", fields)
        #expect(refused.status == 422 && refused.body.contains("This form does not fit the page"))
        #expect(try await ann.get("\(path)/colleagues").body.contains("Nobody yet."))
    }

    @Test func `NOT-1: who is signed in can have the link sent; the message carries the contribution's id, no token`() async throws {
        let test = try TestSite(configure: withMail)
        let ann = try await test.colleague("Ann")
        let path = try await ann.begin(in: try await ann.organisation())
        let (page, link) = try await ask(ann.browser, path, [("email", "it@firm.example")])
        let mail = try #require(try test.site.store.dueMail(now: test.site.clock()).first)
        let id = String(page.split(separator: "/").last ?? "")
        #expect(mail.kind == "contribute" && mail.email == "it@firm.example")
        #expect(mail.facts == ["name": "Ann", "organisation": "Anvil & Sons", "contribution": id])
        #expect(test.site.address(ofContribution: id, language: .en) == "https://test.example\(link)")
        #expect(try await ann.get("\(page)?mail=sent").body.contains("We have sent the link."))
        #expect(try await open(link, test).get(path).status == 200)
        let nobody = Browser(test)
        let other = try await nobody.beginWithFacts()
        #expect(try await !nobody.get("\(other)/colleagues").body.contains("name=\"email\""), "nobody unknown has us write to others")
    }

    @Test func `SEC-11: links of another assessment are none, and only who may ask sees them`() async throws {
        let test = try TestSite()
        let (ann, eve) = (Browser(test), Browser(test))
        let (path, other) = (try await ann.beginWithFacts(), try await eve.beginWithFacts())
        let id = String(try await ask(ann, path).page.split(separator: "/").last ?? "")
        #expect(try await eve.get("\(other)/colleagues/\(id)").status == 404)
        #expect(try await eve.send("\(other)/colleagues", to: "\(other)/colleagues/\(id)/withdrawal").status == 404)
        #expect(try await eve.get("\(path)/colleagues/\(id)").status == 403)
        #expect(try await ann.get("\(path)/colleagues/\(id)").body.contains("works until "))
    }

    @Test func `REL-13: asking twice with the same form asks once`() async throws {
        let ann = Browser(try TestSite())
        let path = try await ann.beginWithFacts()
        let form = Browser.framework(try await ann.get("\(path)/colleagues")) + [("name", "Our IT firm"), ("section.GOV", "GOV")]
        let first = try await ann.post("\(path)/colleagues", form)
        #expect(try await ann.post("\(path)/colleagues", form).location == first.location)
        #expect(try await ann.get("\(path)/colleagues").body.matches(of: /<th scope="row">/).count == 1)
    }

    @Test func `REL-15: a contributor and a member who change the same answer see both versions`() async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        let firm = try await open(try await ask(ann, path).link, test)
        let page = try await firm.get("\(path)/sections/GOV")
        try await ann.save("\(path)/sections/GOV", [("GOV-1.practice", "2")])
        let conflict = try await firm.post(
            "\(path)/sections/GOV", Browser.framework(page) + [("GOV-1.practice", "4"), ("then", "continue")])
        #expect(conflict.status == 409 && conflict.body.contains("value=\"4\"") && conflict.body.contains("value=\"2\""))
        let chosen = try await firm.post(
            "\(path)/sections/GOV", Browser.framework(conflict) + [("GOV-1.practice", "4"), ("then", "continue")])
        #expect(chosen.status == 303)
    }

    @Test func `SEC-11: an adopted assessment whose link ended keeps its contributors, until they are withdrawn`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let organisation = try await ann.organisation()
        let path = try await ann.browser.beginWithFacts()
        let (page, link) = try await ask(ann.browser, path)
        let firm = try await open(link, test)
        try await ann.send(
            "\(path)/adoption", [("organisation", String(organisation.split(separator: "/").last ?? "")), ("link", "end")])
        #expect(try await firm.get(path).status == 200)
        try await ann.send(page, to: "\(page)/withdrawal")
        #expect(try await firm.get(path).status == 403)
        let trail = try await ann.get("\(organisation)/audit").body
        #expect(trail.contains("withdrew a link for others") && trail.contains("Our IT firm"))
    }

    @Test func `UX-30: a contributor's section comes in every language, with only her way on`() async throws {
        let test = try TestSite()
        let ann = Browser(test)
        let path = try await ann.beginWithFacts()
        // Drawn for the one who may see all first: what is drawn once must not leak into hers.
        _ = try await ann.get("\(path)/sections/GOV")
        let firm = try await open(try await ask(ann, path, sections: ["GOV"]).link, test)
        for language in ["en", "nl", "fr", "de"] {
            let page = try await firm.get("\(path)/sections/GOV".replacing("/en/", with: "/\(language)/"))
            #expect(page.status == 200 && page.body.contains("<html lang=\"\(language)\""))
        }
        let english = try await firm.get("\(path)/sections/GOV").body
        #expect(!english.contains("Section 1 of ") && english.contains("class=\"caption\""))
        #expect(try await ann.get("\(path)/sections/GOV").body.contains("Section 1 of "))
        let switched = try await firm.save("\(path)/sections/GOV", [("GOV-1.note", "half")], then: "language:nl")
        #expect(switched.location == "\(path)/sections/GOV".replacing("/en/", with: "/nl/"))
        #expect(try await firm.get("\(path)/sections/GOV").body.contains("half"))
    }
}
