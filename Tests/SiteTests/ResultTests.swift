import Assessment
import QuestionnaireFiles
import Testing

@testable import Site

/// What the result tells a director must be true, and enough to act on.
@Suite struct ResultTests {
    private func result(_ change: [(section: String, fields: [(String, String)])], level: String = "starter", score: String = "3")
        async throws -> (
            Browser, String
        )
    {
        let browser = Browser(try TestSite())
        let path = try await browser.beginWithFacts(level: level)
        try await browser.answerAll(path, score: score)
        for (section, fields) in change { #expect(try await browser.save("\(path)/sections/\(section)", fields).status == 303) }
        return (browser, try await browser.confirm(path))
    }

    @Test func `too many "does not apply": the first step names them, and nothing claims that all is on target`() async throws {
        let left = { (id: String) in [("\(id).practice", "na"), ("\(id).reason", "no such thing here")] }
        let (browser, place) = try await result([("GOV", left("GOV-2")), ("SUP", left("SUP-2"))])
        let page = try await browser.get(place).body
        #expect(page.contains("You do not reach the level Starter yet."))
        #expect(page.contains("Do these first") && page.contains("Look again at what you marked"))
        #expect(page.contains("You chose it for 2 questions; this level allows at most 1. Give at least 1 of these another answer"))
        #expect(!page.contains("What could be better still"))
        #expect(try await browser.get("\(place)/plan").body.contains("Look again at what you marked"))
    }

    @Test func `all on target: what could be better says what the next score means, not how a beginner starts`() async throws {
        let (browser, place) = try await result([])
        let page = try await browser.get(place).body
        #expect(page.contains("What could be better still") && !page.contains("Do these first"))
        #expect(
            page.contains("From “3 – In place” to “4 – In place and checked”. We also check at least once a year that it really works."))
        #expect(!page.contains("Less than a day of work"))
    }

    @Test func `what "I don't know" costs stands in the result`() async throws {
        let (browser, place) = try await result([("GOV", [("GOV-2.practice", "unknown")])])
        let page = try await browser.get(place).body
        #expect(
            page.contains("Once you did not know. That counts as 1. If it turns out to be in place, your total changes by +0.11 points."))
    }

    @Test func `a figure just below a threshold is not shown as if it reached it`() async throws {
        // 44 answers of 3 and one of 2, in one of nine domains with five questions: 3 − 1/45.
        let (browser, place) = try await result([("GOV", [("GOV-3.practice", "2")])], level: "standard")
        let json = try await browser.get("\(place)/result.json").body
        let total = try #require(json.firstMatch(of: /"total":([0-9.]+)/)?.1)
        #expect(total == "2.977777778")
        let words = browser.test.site.words(.en)
        #expect(words.figure(.init(2_999, 1_000), thresholds: [.init(3)]) == "2.99")
        #expect(words.figure(.init(2_999, 1_000)) == "3.00")
        #expect(try await browser.get(place).body.contains("2.98"))
    }
}
