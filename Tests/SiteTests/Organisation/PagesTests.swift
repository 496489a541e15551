import Store
import Testing

@testable import Site

@Suite struct OrganisationPagesTests {
    @Test func `UX-1, UX-7, UX-27: every page of an organisation has one heading, a title of its own, and sound forms, in every language`()
        async throws
    {
        let test = try TestSite { $0.mailProgram = "/usr/bin/true" }
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let path = try await ann.organisation()
        try await ann.add(mia, to: path, as: .editor)
        let join = try await ann.invite("new@anvil.example", to: path)
        let invitation = String(
            try #require(try await ann.get("\(path)/invitations").body.firstMatch(of: /\/invitations\/[A-Za-z0-9_-]+/)?.0))
        let assessment = try await ann.begin(in: path)
        let held = try await ann.browser.beginWithFacts()
        let asked = try await ann.send("\(assessment)/colleagues", [("name", "Our IT firm"), ("section.GOV", "GOV")]).location
        let link = String(try #require(try await ann.get(asked).body.firstMatch(of: /\/en\/contribute\/[A-Za-z0-9_-]+/)?.0))
        try await ann.send("\(path)/proof", [("email", "a@anvil.example")])
        let mails = try test.site.store.dueMail(now: test.site.clock())
        let prove = "/en/prove/\(test.site.token(try #require(mails.first { $0.kind == "proveDomain" }?.ticket)).text)"
        let mailed = "/en/join/\(test.site.token(try #require(mails.first { $0.email == "new@anvil.example" }?.ticket)).text)"
        let firm = Browser(test)
        try await firm.send(link)
        let own = [
            "", "/facts", "/members", "/members/\(mia.id)", "/invitations", invitation, "/assessments", "/departure", "/proof", "/audit",
        ]
        let others = ["/en/organisations/new", "\(held)/adoption", "\(assessment)/colleagues", asked, "\(assessment)/authors", assessment]
        var pages: [(Browser, String)] = (own.map { path + $0 } + others).map { (ann.browser, $0) }
        pages += [join, mailed, prove, link].map { (Browser(test), $0) }
        pages += [(firm, assessment), (mia.browser, join)]
        var titles: [String: String] = [:]
        for (browser, page) in pages {
            for language in ["en", "nl", "fr", "de"] {
                let place = page.hasPrefix("/en") ? "/\(language)\(page.dropFirst(3))" : page
                let answer = try await browser.get(place)
                #expect(answer.status == 200, "\(place)")
                #expect(answer.body.contains("<html lang=\"\(language)\""))
                #expect(answer.body.matches(of: /<h1>/).count == 1, "\(place)")
                #expect(Set(answer.ids).count == answer.ids.count, "\(place): an id twice")
                let forms = answer.body.matches(of: /<form [^>]*>/).map { $0.0 }
                #expect(forms.allSatisfy { $0.contains("novalidate") }, "\(place)")
                if language == "en", let title = answer.body.firstMatch(of: /<title>([^<]*)</)?.1 {
                    let before = titles.updateValue(page, forKey: String(title))
                    #expect(before == nil || page.contains("/join/"), "\(page) and \(before ?? ""): \(title)")
                }
            }
        }
    }

    @Test func `SEC-10: looking at any of these pages changes no row`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let path = try await ann.organisation()
        let join = try await ann.invite("new@anvil.example", to: path)
        let assessment = try await ann.begin(in: path)
        let asked = try await ann.send("\(assessment)/colleagues", [("name", "Our IT firm"), ("section.GOV", "GOV")]).location
        let link = String(try #require(try await ann.get(asked).body.firstMatch(of: /\/en\/contribute\/[A-Za-z0-9_-]+/)?.0))
        let before = try test.site.store.audit().count
        let state = { (try test.site.store.members(of: String(path.split(separator: "/").last ?? "")), try test.site.store.audit().count) }
        for browser in [ann.browser, Browser(test)] {
            for page in [path, "\(path)/members", "\(path)/audit", join, link, assessment, asked, "\(assessment)/authors"] {
                _ = try await browser.get(page)
            }
        }
        #expect(try state().1 == before && state().0.count == 1)
    }
}
