import HTTPTypes
import QuestionnaireFiles
import Testing

@testable import Site

@Suite struct LanguageChoiceTests {
    @Test(
        arguments: [
            ("nl", Language.nl), ("fr-BE", .fr), ("de-DE,de;q=0.9,en;q=0.8", .de), ("en-GB", .en), ("NL-be", .nl),
            ("es,pt;q=0.9,fr;q=0.1", .fr), ("en;q=0.5,nl;q=0.8", .nl), ("nl;q=0", nil), ("*", nil), ("", nil), ("es", nil),
            ("nl;q=0.5,fr;q=0.5", .nl), ("fr;q=abc,nl;q=0.1", .nl), ("de;q=2,fr;q=0.3", .fr), (" fr ", .fr),
            ("nl ; q=0.4 , en ; q=0.9", .en),
            ("x-klingon,fr", .fr), (",,,de", .de), ("frx,nl", .nl), ("en-US,en;q=0.5,nl;q=0.9", .en),
        ] as [(String, Language?)])
    func `UX-32: the browser's first wish that we have`(_ header: String, _ expected: Language?) {
        #expect(LanguageChoice.preferred(header) == expected)
    }

    @Test func `UX-32: without a wish there is a page to choose, which varies by language; nothing else does`() async throws {
        let browser = Browser(try TestSite())
        let chooser = try await browser.get("/")
        #expect(chooser.status == 200)
        #expect(chooser.headers[.vary] == "Accept-Language")
        for name in ["Nederlands", "Français", "Deutsch", "English"] { #expect(chooser.body.contains(name)) }
        let sent = try await browser.get("/", headers: [.acceptLanguage: "fr-BE"])
        #expect(sent.status == 303)
        #expect(sent.location == "/fr")
        #expect(try await browser.get("/fr").headers[.vary] == nil)
    }
}
