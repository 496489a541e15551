import Foundation
import Testing

@testable import Site

@Suite struct JourneyTests {
    @Test(arguments: ["nl", "fr", "de", "en"])
    func `from the start page to the result, in every language`(_ language: String) async throws {
        let browser = Browser(try TestSite(), language: language)
        let (assessment, submission) = try await browser.finish(level: "standard", score: "4")
        let result = try await browser.get(submission)
        #expect(result.status == 200)
        #expect(result.body.contains(language == "en" ? "4.00" : "4,00"))
        for page in ["", "/confirmation", "/plan", "/why", "/answers"] {
            let page = try await browser.get(submission + page)
            #expect(page.status == 200)
            #expect(page.body.contains("lang=\"\(language)\""))
        }
        #expect(try await browser.get(assessment).status == 200)
    }

    @Test func `the private link resumes the assessment in another browser, until it is withdrawn`() async throws {
        let test = try TestSite()
        let first = Browser(test)
        let path = try await first.beginWithFacts()
        try await first.save("\(path)/sections/GOV", [("GOV-1.practice", "4")])
        let link = try #require(
            try await first.get("\(path)/link").body.firstMatch(of: /https:\/\/test\.example(\/en\/open\/[A-Za-z0-9_-]+)/)?.1)
        #expect(try await first.get("\(path)/link").body.contains(link), "a reload shows it again until it was kept")
        try await first.save("\(path)/link", [], then: "kept")
        #expect(try await !first.get("\(path)/link").body.contains(link), "kept: shown no more")

        let second = Browser(test)
        #expect(try await second.get(path).status == 403)
        let door = try await second.get(String(link))
        #expect(door.status == 200)
        let opened = try await second.post("/en/open", [("proof", door.hidden("proof") ?? ""), ("link", door.hidden("link") ?? "")])
        #expect(opened.status == 303)
        #expect(opened.location == path)
        #expect(try await second.get("\(path)/sections/GOV").body.contains("value=\"4\" checked"))

        try await first.save("\(path)/link", [], then: "withdraw")
        let third = Browser(test)
        let late = try await third.get(String(link))
        let refused = try await third.post("/en/open", [("proof", late.hidden("proof") ?? ""), ("link", late.hidden("link") ?? "")])
        #expect(refused.status == 403)
        #expect(try await third.get(path).status == 403)
        #expect(try await second.get(path).status == 403, "who came in by it is shut out")
        #expect(try await first.get(path).status == 200)
    }

    @Test func `REL-13, UX-14: the same confirmation sent twice, also at once, gives one submission`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        try await browser.answerAll(path, score: "3")
        let form = Browser.framework(try await browser.get("\(path)/check"))
        let locations = try await withThrowingTaskGroup(of: Page.self) { group in
            for _ in 0..<20 { group.addTask { try await Browser(sharing: browser).post("\(path)/check", form) } }
            return try await group.reduce(into: Set<String>()) { $0.insert("\($1.status) \($1.location)") }
        }
        #expect(locations == ["303 \(path)/submissions/1/confirmation"])
        #expect(try await browser.get("\(path)/submissions/2").status == 404)
    }

    @Test func `SEC-12: confirming before every question has an answer is refused and says which are open`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let check = try await browser.get("\(path)/check")
        let refused = try await browser.post("\(path)/check", Browser.framework(check))
        #expect(refused.status == 422)
        #expect(refused.body.contains("href=\"#change-GOV-1\""))
        #expect(try await browser.get("\(path)/submissions/1").status == 404)
    }

    @Test func `UX-6, UX-11: a fact that is wrong or missing is named on the check page, with the way to mend it and back`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        try await browser.answerAll(path, score: "3")
        #expect(try await browser.save("\(path)/facts", [("firm.number", "0403227516")]).status == 422)
        let refused = try await browser.post("\(path)/check", Browser.framework(try await browser.get("\(path)/check")))
        #expect(refused.status == 422 && refused.body.contains("href=\"#change-number\"") && refused.body.contains("id=\"change-number\""))
        #expect(refused.body.contains("href=\"\(path)/facts?from=check#number\""))
        let mended = try await browser.save("\(path)/facts?from=check", [("firm.number", "0403227515")])
        #expect(mended.location == "\(path)/check")
        #expect(try await browser.confirm(path) == "\(path)/submissions/1")
    }

    @Test func `the start form sent with another level after Back begins another assessment`() async throws {
        let browser = Browser(try TestSite())
        let home = try await browser.get("/en")
        var places: [String] = []
        for level in ["starter", "standard", "starter"] {
            let form = [("proof", home.hidden("proof") ?? ""), ("form", home.hidden("form") ?? ""), ("level", level)]
            places.append(try await browser.post("/en/start/supply-chain", form).location)
        }
        #expect(places[0] == places[2] && places[0] != places[1])
        #expect(try await browser.get(places[1]).body.contains("value=\"standard\" checked"))
    }

    @Test func `UX-29: the start page without a level leads to the start page in other languages`() async throws {
        let browser = Browser(try TestSite())
        let home = try await browser.get("/en")
        let missing = try await browser.post(
            "/en/start/supply-chain", [("proof", home.hidden("proof") ?? ""), ("form", home.hidden("form") ?? "")])
        #expect(missing.status == 422 && missing.body.contains("<a href=\"/nl\" lang=\"nl\""))
    }

    @Test func `a result lists itself and those before it, however many came after`() async throws {
        let browser = Browser(try TestSite())
        let (path, first) = try await browser.finish(score: "1")
        var last = first
        for number in 2...8 {
            try await browser.save("\(path)/sections/GOV", [("GOV-1.practice", String(1 + number % 5))])
            last = try await browser.confirm(path)
        }
        let reference = { (place: String) in
            try await browser.get("\(place)/confirmation").body.firstMatch(of: /<strong>([0-9A-Z-]{9})</)?.1
        }
        let second = try await browser.get("\(path)/submissions/2").body
        for (number, isListed) in [(1, true), (2, true), (3, false)] {
            let name = try #require(try await reference("\(path)/submissions/\(number)"))
            #expect(second.contains("(\(name))") == isListed, "\(number)")
        }
        #expect(last == "\(path)/submissions/8")
        #expect(try await browser.get(last).body.matches(of: /<th[^>]*>[^<]*\([0-9A-Z-]{9}\)/).count == 6)
    }

    @Test func `a second click on "delete everything" says that it is gone, not that nothing was saved`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        let form = [("proof", try await browser.get("\(path)/deletion").hidden("proof") ?? ""), ("sure", "yes")]
        let answers = try await withThrowingTaskGroup(of: Page.self) { group in
            for _ in 0..<8 { group.addTask { try await browser.post("\(path)/deletion", form) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count { $0.status == 303 } >= 1)
        for answer in answers where answer.status != 303 {
            #expect(answer.status == 403 && answer.body.contains("it is gone for good"), "\(answer.status)")
        }
    }

    @Test func `an answer changed after the check page was drawn must be looked at before it is frozen`() async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts()
        try await browser.answerAll(path, score: "3")
        let form = Browser.framework(try await browser.get("\(path)/check"))
        try await browser.save("\(path)/sections/GOV", [("GOV-1.practice", "1")])
        #expect(try await browser.post("\(path)/check", form).status == 409)
        #expect(try await browser.get("\(path)/submissions/1").status == 404)
    }

    @Test func `a second submission shows the change beside the first, and the first stays as it was`() async throws {
        let browser = Browser(try TestSite())
        let (path, first) = try await browser.finish(score: "2")
        let before = try await browser.get("\(first)/result.json").body
        try await browser.answerAll(path, score: "4")
        let second = try await browser.confirm(path)
        #expect(second == "\(path)/submissions/2")
        let result = try await browser.get(second).body
        #expect(result.contains("+2.00"))
        #expect(try await browser.get("\(first)/result.json").body == before)
    }

    @Test(arguments: [("20", "CHE"), ("19", "CHE"), ("21", "PHA"), ("49", "LOG"), ("53", "LOG"), ("10", ""), ("62", "")])
    func `an add-on is asked in its own sector only`(_ sector: String, _ domain: String) async throws {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts(level: "standard", sector: sector)
        let sections = try await browser.sections(path)
        #expect(sections.filter { ["CHE", "PHA", "LOG"].contains($0) } == (domain.isEmpty ? [] : [domain]))
        #expect(try await browser.get("\(path)/sections/\(domain.isEmpty ? "LOG" : domain)").status == (domain.isEmpty ? 404 : 200))
    }

    @Test func `SEC-28: deletion asks once, then nothing opens any more and no text is left in the data folder`() async throws {
        let test = try TestSite()
        let browser = Browser(test)
        let path = try await browser.beginWithFacts()
        try await browser.save("\(path)/sections/GOV", [("GOV-1.practice", "4"), ("GOV-1.note", "xylophone-4711")])
        #expect(try await browser.save("\(path)/deletion", [], then: "").status == 422)
        let page = try await browser.get("\(path)/deletion")
        let gone = try await browser.post("\(path)/deletion", [("proof", page.hidden("proof") ?? ""), ("sure", "yes")])
        #expect(gone.location == "/en/deleted")
        #expect(try await browser.get(path).status == 403)
        let data = test.site.configuration.dataFolder
        for file in try FileManager.default.contentsOfDirectory(atPath: data) {
            let bytes = FileManager.default.contents(atPath: "\(data)/\(file)") ?? Data()
            #expect(bytes.range(of: Data("xylophone-4711".utf8)) == nil, "\(file)")
        }
    }
}
