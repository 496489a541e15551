import Testing

@testable import Site

/// A section's page is drawn once for all who look at it: nothing of one visitor may reach another.
@Suite struct SharedDrawingTests {
    @Test func `a visitor's answers, note, ids and proof are on no other visitor's page`() async throws {
        let test = try TestSite()
        let (anna, bert) = (Browser(test), Browser(test))
        let (hers, his) = (try await anna.beginWithFacts(), try await bert.beginWithFacts())
        _ = try await anna.get("\(hers)/sections/GOV")
        try await anna.save("\(hers)/sections/GOV", [("GOV-1.practice", "4"), ("GOV-1.note", "xylophone-4711")])
        let page = try await anna.get("\(hers)/sections/GOV")
        #expect(page.body.contains("xylophone-4711") && page.body.contains("value=\"4\" checked"))
        let other = try await bert.get("\(his)/sections/GOV")
        let id = try #require(hers.split(separator: "/").last)
        for secret in ["xylophone-4711", String(id), page.hidden("proof") ?? "?", page.hidden("form") ?? "?", " checked>"] {
            #expect(!other.body.contains(secret), "\(secret)")
        }
        #expect(other.body.contains(try #require(his.split(separator: "/").last)))
    }

    @Test func `the page is the same whether it is drawn the first time or again, but for what is one's own`() async throws {
        let test = try TestSite()
        let (anna, bert) = (Browser(test, language: "nl"), Browser(test, language: "nl"))
        let (hers, his) = (try await anna.beginWithFacts(), try await bert.beginWithFacts())
        let pages = [
            Self.anonymous(try await anna.get("\(hers)/sections/SUP?from=check"), hers),
            Self.anonymous(try await anna.get("\(hers)/sections/SUP?from=check"), hers),
            Self.anonymous(try await bert.get("\(his)/sections/SUP?from=check"), his),
        ]
        #expect(Set(pages).count == 1)
        let plain = Self.anonymous(try await bert.get("\(his)/sections/SUP"), his)
        #expect(plain != pages[0], "from 'check your answers' the page leads back there")
    }

    private static func anonymous(_ page: Page, _ path: String) -> String {
        var text = page.body.replacing(String(path.split(separator: "/").last ?? "?"), with: "ID")
        for name in ["proof", "form", "shown"] { text.replace("\"\(page.hidden(name) ?? "?")\"", with: "\"\(name)\"") }
        return text
    }
}
