import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct NoticesTests {
    @Test(arguments: Language.allCases, ["/privacy", "/accessibility"])
    func `both notices are read by anybody, from a link on every page`(_ language: Language, _ place: String) async throws {
        let browser = Browser(try TestSite(), language: language.rawValue)
        let page = try await browser.get("/\(language.rawValue)\(place)")
        #expect(page.status == 200)
        #expect(page.body.matches(of: /<h1/).count == 1)
        #expect(!page.body.contains("{"))
        for other in ["", "/help", "/sign-in", "/none"] {
            #expect(try await browser.get("/\(language.rawValue)\(other)").body.contains("href=\"/\(language.rawValue)\(place)\""))
        }
    }

    @Test func `SEC-28: the privacy page has a row for every kind of data, with the figures by which it is deleted`() async throws {
        let page = try await Browser(try TestSite { $0.mailProgram = "/bin/true" }).get("/en/privacy").body
        #expect(page.matches(of: /<th scope="row">/).count == PersonalData.Kind.allCases.count)
        for figure in ["24 months", "180 days", "30 days after", "12 months", "30 days before", "20 hours"] {
            #expect(page.contains(figure), "\(figure)")
        }
        for right in ["Data Protection Authority", "Article 6(1)(b)", "Article 6(1)(f)", "mailto:help@test.example", "Test Coalition"] {
            #expect(page.contains(right), "\(right)")
        }
    }

    @Test func `the operator's own address, contacts and authorities stand in the notices, escaped`() async throws {
        let browser = Browser(
            try TestSite {
                $0.operatorAddress = "Street 1 <b>"
                $0.privacyContact = "privacy@test.example"
                $0.privacyAuthority = "Authority & Co"
                $0.accessibilityContact = "access@test.example"
                $0.accessibilityEnforcement = "Watch dog"
            })
        let privacy = try await browser.get("/nl/privacy").body
        #expect(privacy.contains("Street 1 &lt;b&gt;") && privacy.contains("Authority &amp; Co"))
        #expect(privacy.contains("mailto:privacy@test.example") && !privacy.contains("apd-gba"))
        let access = try await browser.get("/nl/accessibility").body
        #expect(access.contains("mailto:access@test.example") && access.contains("Watch dog") && !access.contains("BOSA"))
        for version in ["V3.2.1", "V4.1.1", "2.2"] { #expect(access.contains(version)) }
    }

    @Test func `without any contact the notices say so`() async throws {
        let browser = Browser(
            try TestSite {
                $0.operatorContact = ""; $0.operatorName = ""
            })
        for place in ["/en/privacy", "/en/accessibility"] {
            let page = try await browser.get(place)
            #expect(page.status == 200 && !page.body.contains("mailto:"))
            #expect(page.body.contains("has not given an address"))
        }
    }
}
