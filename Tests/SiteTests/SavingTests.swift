import HTTPTypes
import Store
import Testing

@testable import Site

@Suite struct SavingTests {
    @Test func `REL-15: two tabs changing different fields merge, the same field shows both and loses neither`() async throws {
        let first = Browser(try TestSite())
        let path = try await first.beginWithFacts()
        let section = "\(path)/sections/GOV"
        let second = Browser(sharing: first)
        let pageOne = try await first.get(section)
        let pageTwo = try await second.get(section)
        _ = try await first.post(
            section, Browser.framework(pageOne) + [("GOV-1.practice", "2"), ("GOV-1.note", "mine"), ("then", "continue")])
        let merged = try await second.post(
            section, Browser.framework(pageTwo) + [("GOV-2.practice", "5"), ("GOV-1.note", ""), ("then", "continue")])
        #expect(merged.status == 303)
        let conflict = try await second.post(section, Browser.framework(pageTwo) + [("GOV-1.practice", "4"), ("then", "continue")])
        #expect(conflict.status == 409)
        #expect(conflict.body.contains("name=\"GOV-1.practice\" value=\"4\"") && conflict.body.contains("value=\"2\""))
        #expect(try await first.get(section).body.contains("value=\"2\" checked"))
        let resolved = try await second.post(section, Browser.framework(conflict) + [("GOV-1.practice", "4"), ("then", "continue")])
        #expect(resolved.status == 303)
        let now = try await first.get(section).body
        #expect(now.contains("value=\"4\" checked") && now.contains("value=\"5\" checked") && now.contains("mine"))
    }

    @Test func `the same page sent again with another answer is no conflict with itself`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let page = try await browser.get("\(path)/sections/GOV")
        for score in ["2", "2", "5"] {
            let saved = try await browser.post(
                "\(path)/sections/GOV", Browser.framework(page) + [("GOV-1.practice", score), ("then", "continue")])
            #expect(saved.status == 303)
        }
        #expect(try await browser.get("\(path)/sections/GOV").body.contains("value=\"5\" checked"))
    }

    @Test func `REL-13: the same page sent again with what it showed first undoes the change between`() async throws {
        let browser = Browser(try TestSite())
        let section = "\(try await browser.beginWithFacts())/sections/GOV"
        try await browser.save(section, [("GOV-1.practice", "3")])
        let page = Browser.framework(try await browser.get(section))
        for (score, note) in [("4", "typed"), ("3", "")] {
            let sent = page + [("GOV-1.practice", score), ("GOV-1.note", note), ("then", "continue")]
            #expect(try await browser.post(section, sent).status == 303)
        }
        let now = try await browser.get(section).body
        #expect(now.contains("value=\"3\" checked") && !now.contains("typed"))
    }

    @Test func `REL-15: a form's first field is named after what it shows, so that no browser fills another's answers in anew`()
        async throws
    {
        let browser = Browser(try TestSite())
        let section = "\(try await browser.beginWithFacts())/sections/GOV"
        let first = { (page: Page) in
            page.body.firstMatch(of: /<form id="section" name="(at-[a-z0-9]+)"[^>]*><input type="hidden" name="at-[a-z0-9]+" value="">/)?.1
        }
        let empty = try #require(first(try await browser.get(section)))
        #expect(first(try await browser.get(section)) == empty)
        try await browser.save(section, [("GOV-1.practice", "3")])
        #expect(try #require(first(try await browser.get(section))) != empty)
    }

    @Test func `UX-30: another language shows an undecided conflict again, with both versions`() async throws {
        let browser = Browser(try TestSite())
        let section = "\(try await browser.beginWithFacts())/sections/GOV"
        let page = Browser.framework(try await browser.get(section))
        try await browser.save(section, [("GOV-1.note", "theirs")])
        let conflict = try await browser.post(section, page + [("GOV-1.note", "mine & only"), ("then", "continue")])
        #expect(conflict.status == 409)
        #expect(conflict.body.contains("formaction=\"\(section.replacing("/en/", with: "/fr/"))\""))
        let mine = conflict.hidden("mine.GOV-1.note")
        let french = try await browser.post(
            section.replacing("/en/", with: "/fr/"),
            Browser.framework(conflict) + [("mine.GOV-1.note", mine ?? ""), ("then", "language:fr")])
        #expect(french.status == 409 && french.body.contains("<html lang=\"fr\""))
        #expect(french.body.contains("value=\"mine &amp; only\"") && french.body.contains("value=\"theirs\""))
        #expect(try await browser.get(section).body.contains("theirs"), "nothing was decided")
    }

    @Test func `UX-30: another language keeps a form that waits for the private link`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let section = "\(try await browser.beginWithFacts())/sections/GOV"
        let page = Browser.framework(try await browser.get(section))
        test.pass(hours: 21)
        let late = try await browser.post(section, page + [("GOV-1.note", "typed before"), ("then", "continue")])
        #expect(late.status == 403 && late.body.contains("formaction=\"/nl/open\""))
        let kept = late.kept(in: "kept")
        let dutch = try await browser.post(
            "/nl/open", [("proof", late.hidden("proof") ?? ""), ("link", ""), ("then", "language:nl")] + kept)
        #expect(dutch.status == 200 && dutch.body.contains("<html lang=\"nl\""))
        #expect(dutch.hidden("keep.GOV-1.note") == "typed before" && !dutch.body.contains("class=\"fault\""))
    }

    @Test func `a form that another session of this browser drew says what its button does`() async throws {
        let browser = Browser(try TestSite())
        let section = "\(try await browser.beginWithFacts())/sections/GOV"
        let stale = try await browser.post(section, [("proof", "AAAAAAAAAAAAAAAAAAAAAA"), ("GOV-1.note", "typed"), ("then", "later")])
        #expect(stale.status == 403 && stale.body.contains("<h1>Save what you typed</h1>") && !stale.body.contains("name=\"link\""))
        #expect(stale.body.contains("name=\"then\" value=\"later\""))
    }

    @Test func `a link withdrawn between the look and the save: the typed form is kept, and nobody speaks of broken storage`() async throws
    {
        var routes = Site.routes
        routes.add(.post, "/assessments/{assessment}/withdrawn", .answer, handler: { _ in throw StoreError.noAccess })
        let browser = Browser(try TestSite(routes: routes))
        let path = try await browser.beginWithFacts()
        let proof = try await browser.get("\(path)/sections/GOV").hidden("proof") ?? ""
        let late = try await browser.post("\(path)/withdrawn", [("proof", proof), ("GOV-1.note", "typed before")])
        #expect(late.status == 403 && late.hidden("keep.GOV-1.note") == "typed before")
        #expect(late.body.contains("<h1>Give your private link to save this</h1>"))
    }

    @Test func `SEC-12: a form's id has at most 64 characters`() async throws {
        let browser = Browser(try TestSite())
        let section = "\(try await browser.beginWithFacts())/sections/GOV"
        let page = Browser.framework(try await browser.get(section)).filter { $0.0 != "form" }
        for (length, status) in [(64, 303), (65, 422)] {
            let form = String(repeating: "x", count: length)
            #expect(
                try await browser.post(section, page + [("form", form), ("GOV-1.practice", "3"), ("then", "continue")]).status == status)
        }
    }

    @Test(arguments: [
        [("GOV-1.practice", "6")], [("GOV-1.practice", "0")], [("GOV-1.practice", "2.5")], [("GOV-1.practice", "na")],
        [("SUP-1.practice", "3")], [("mine.SUP-1.practice", "3")], [("mine.", "3")], [("GOV-1.other", "x")], [("admin", "1")],
        [("firm.level", "standard")],
        [("GOV-1.practice", "3"), ("GOV-1.practice", "4")],
    ])
    func `SEC-12: a field or value that the page does not have is refused, and nothing of the form is written`(_ fields: [(String, String)])
        async throws
    {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let page = try await browser.get("\(path)/sections/GOV")
        let refused = try await browser.post("\(path)/sections/GOV", Browser.framework(page) + [("GOV-2.practice", "3")] + fields)
        #expect(refused.status == 422)
        #expect(refused.body.contains("Nothing of this form has been saved"))
        #expect(try await !browser.get("\(path)/sections/GOV").body.contains(" checked>"))
    }

    @Test func `UX-6: not applicable without a reason keeps all that was typed and names the field`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts(level: "standard")
        let faulty = try await browser.save(
            "\(path)/sections/GOV",
            [("GOV-1.practice", "4"), ("GOV-1.note", "see <binder>"), ("GOV-3.practice", "na"), ("GOV-3.reason", " ")])
        #expect(faulty.status == 422)
        #expect(faulty.body.contains("<title>Error: "))
        #expect(faulty.body.contains("href=\"#GOV-3.reason\"") && faulty.body.contains("id=\"GOV-3.reason\""))
        #expect(faulty.body.contains("see &lt;binder&gt;"))
        #expect(faulty.body.contains("value=\"na\" checked"))
        #expect(try await browser.get("\(path)/sections/GOV").body.contains("see &lt;binder&gt;"), "saved as a draft")
    }

    @Test func `a note that is too long comes back whole, with how much too long it is`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let long = String(repeating: "é", count: 4_003)
        let faulty = try await browser.save("\(path)/sections/GOV", [("GOV-1.practice", "4"), ("GOV-1.note", long)])
        #expect(faulty.status == 422)
        #expect(faulty.body.contains(long))
        #expect(faulty.body.contains("make it 3 shorter"))
        let later = try await browser.save("\(path)/sections/GOV", [("GOV-1.note", long + "!")], then: "later")
        #expect(later.status == 303)
        #expect(try await browser.get("\(path)/sections/GOV").body.contains(long + "!"))
    }

    @Test func `UX-30: switching the language saves first and stays on the page`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let switched = try await browser.save("\(path)/sections/GOV", [("GOV-1.note", "half a tho")], then: "language:fr")
        #expect(switched.location == "/fr" + path.dropFirst(3) + "/sections/GOV")
        let french = try await browser.get(switched.location).body
        #expect(french.contains("half a tho") && french.contains("<html lang=\"fr\""))
    }

    @Test func `UX-24: a form that comes after the session ended is kept and saved once the link is given`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let path = try await browser.beginWithFacts()
        let link = try #require(
            try await browser.get("\(path)/link").body.firstMatch(of: /https:\/\/test\.example\/en\/open\/[A-Za-z0-9_-]+/)?.0)
        let page = try await browser.get("\(path)/sections/GOV")
        test.pass(hours: 21)
        let typed = [("GOV-1.practice", "4"), ("GOV-1.note", "typed & kept \"here\"")]
        let late = try await browser.post("\(path)/sections/GOV", Browser.framework(page) + typed + [("then", "continue")])
        #expect(late.status == 403)
        let kept = late.kept(in: "kept")
        #expect(kept.contains { $0 == ("keep.GOV-1.note", "typed & kept \"here\"") })
        let opened = try await browser.post("/en/open", [("proof", late.hidden("proof") ?? ""), ("link", String(link))] + kept)
        #expect(opened.status == 200)
        let fields = opened.body.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map {
            (String($0.1), Page.unescaped(String($0.2)))
        }
        #expect(try await browser.post("\(path)/sections/GOV", fields).status == 303)
        #expect(try await browser.get("\(path)/sections/GOV").body.contains("typed &amp; kept &#34;here&#34;"))
    }

    @Test func `facts: a wrong enterprise number comes back as typed, with what is wrong`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.begin()
        let faulty = try await browser.save(
            "\(path)/facts", [("firm.size", "micro"), ("firm.region", "BE10"), ("firm.number", "0403.227.516")])
        #expect(faulty.status == 422)
        #expect(faulty.body.contains("0403.227.516") && faulty.body.contains("has a wrong digit"))
        #expect(faulty.body.contains("href=\"#find\""), "the sector is missing too")
    }

    @Test func `facts: searching a sector saves what was typed and needs no script`() async throws {
        let browser = Browser(try TestSite(), language: "fr")
        let path = try await browser.begin()
        let sent = try await browser.save("\(path)/facts", [("firm.name", "Chez Léa"), ("find", "boulangerie")], then: "find")
        #expect(sent.status == 303)
        let found = try await browser.get(String(sent.location.prefix { $0 != "#" })).body
        #expect(found.contains("name=\"firm.sector\" value=\"10\"") && found.contains("Chez Léa"))
    }
}
