import Store
import Testing

@testable import Site

@Suite struct RolePagesTests {
    @Test func `SEC-11: a reader sees tasks, answers and results, with no link or button that would be refused`() async throws {
        let test = try TestSite()
        let (ann, rob) = (try await test.colleague("Ann"), try await test.colleague("Rob"))
        let organisation = try await ann.organisation()
        try await ann.add(rob, to: organisation, as: .reader)
        let path = try await ann.begin(in: organisation)
        try await ann.browser.answerAll(path, score: "3")
        let submission = try await ann.browser.confirm(path)
        var seen: Set<String> = []
        var waiting = [path, "\(path)/check", "\(path)/authors", submission]
        while let next = waiting.popLast() {
            guard seen.insert(next).inserted else { continue }
            let page = try await rob.get(next)
            #expect(page.status == 200, "\(next)")
            #expect(!page.main.contains("<form"), "\(next)")
            waiting += page.main.matches(of: /href="(\/en\/assessments\/[^"#?]*)/).map { String($0.1) }
        }
        #expect(seen.count > 8, "the crawl went somewhere: \(seen)")
        for (place, fields) in [
            ("/sections/GOV", [("GOV-1.practice", "5")]), ("/facts", [("firm.size", "small")]),
            ("/check", [("form", "f"), ("revision", "1")]),
            ("/link", [("then", "new")]), ("/deletion", [("sure", "yes")]), ("/colleagues", [("name", "X")]),
        ] {
            let refused = try await rob.send("/en/account", to: "\(path)\(place)", fields)
            #expect(refused.status == 403 && refused.body.contains("Your role does not allow this"), "\(place)")
        }
    }

    @Test func `an editor answers, confirms and asks, and finds neither link nor deletion`() async throws {
        let test = try TestSite()
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let organisation = try await ann.organisation()
        try await ann.add(mia, to: organisation, as: .editor)
        let path = try await mia.begin(in: organisation)
        let tasks = try await mia.get(path)
        for place in ["/colleagues", "/check", "/sections/GOV", "/authors"] {
            #expect(tasks.body.contains("href=\"\(path)\(place)"), "\(place)")
        }
        for place in ["/link", "/deletion", "/adoption"] { #expect(!tasks.body.contains("href=\"\(path)\(place)\""), "\(place)") }
        #expect(tasks.body.contains("href=\"\(organisation)\">Back to your organisation"))
        try await mia.browser.answerAll(path, score: "4")
        #expect(try await ann.get(try await mia.browser.confirm(path)).status == 200)
        #expect(try await mia.get("\(path)?saved=later").body.contains("You find the assessment again with your organisation."))
        #expect(try await ann.get(path).body.contains("href=\"\(path)/link\""))
    }

    @Test func `UX-24: a member's session ends while she types: she signs in on the same page, and nothing is lost`() async throws {
        let test = try TestSite()
        let ann = try await test.colleague("Ann")
        let path = try await ann.begin(in: try await ann.organisation())
        let form = Browser.framework(try await ann.get("\(path)/sections/GOV")) + [("GOV-1.note", "typed & kept"), ("then", "continue")]
        test.pass(hours: 3)
        let late = try await ann.browser.post("\(path)/sections/GOV", form)
        #expect(late.status == 403)
        let again = try await ann.browser.post(
            "/en/sign-in",
            [("proof", late.hidden("proof") ?? ""), ("email", ann.email), ("password", Colleague.password)] + late.kept(in: "sign-in"))
        #expect(again.status == 200)
        let fields = again.body.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map {
            (String($0.1), Page.unescaped(String($0.2)))
        }
        #expect(try await ann.browser.post("\(path)/sections/GOV", fields).status == 303)
        #expect(try await ann.get("\(path)/sections/GOV").body.contains("typed &amp; kept"))
    }

    @Test func `who answered what, and when, is there for every member, by name`() async throws {
        let test = try TestSite()
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let organisation = try await ann.organisation()
        try await ann.add(mia, to: organisation, as: .editor)
        let path = try await ann.begin(in: organisation)
        try await ann.browser.save("\(path)/sections/GOV", [("GOV-1.practice", "4"), ("GOV-2.practice", "2")])
        test.pass(hours: 1)
        try await mia.browser.save("\(path)/sections/GOV", [("GOV-2.note", "see the folder")])
        let page = try await ann.get("\(path)/authors")
        #expect(page.status == 200)
        let rows = page.body.matches(of: /<tr><th scope="row">.*?<\/tr>/).map { $0.0.replacing(/<[^>]*>/, with: "|") }
        #expect(rows[0].contains("|Ann|") && !rows[0].contains("Mia"))
        #expect(rows[1].contains("|Mia; Ann|"), "the last one first")
        #expect(rows[2].contains("|–|") && rows[2].contains("Not provided"))
        #expect(try await ann.get("\(path)/check").body.contains("href=\"\(path)/authors\""))
        try await test.site.store.setProfile(account: mia.id, name: "Mia <b>", language: "en")
        #expect(try await ann.get("\(path)/authors").body.contains("Mia &lt;b&gt;"))
        let eve = try await test.colleague("Eve")
        #expect(try await eve.get("\(path)/authors").status == 403)
    }

    @Test func `without an account nothing is said of authors, as nobody is known`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.practice", "4")])
        #expect(try await !browser.get(path).body.contains("/authors"))
        #expect(try await browser.get("\(path)/authors").body.contains("somebody with the private link"))
    }
}
