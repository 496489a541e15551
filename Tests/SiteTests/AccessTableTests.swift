import HTTPTypes
import Testing

@testable import Site

/// SEC-11: every route × every kind of viewer, compared with this table. A new route without its row fails.
/// `open` is the page or its redirect, `closed` is 403 with the page that asks for the private link.
@Suite struct AccessTableTests {
    static let table = """
        GET                                                                       open   open   open   open
        GET  /help                                                                open   open   open   open
        POST /start/{questionnaire}                                               open   open   open   open
        GET  /open                                                                open   open   open   open
        GET  /open/{token}                                                        open   open   open   open
        POST /open                                                                open   open   open   open
        GET  /assessments/{assessment}/facts                                      closed closed open   closed
        POST /assessments/{assessment}/facts                                      closed closed open   closed
        GET  /assessments/{assessment}/link                                       closed closed open   closed
        POST /assessments/{assessment}/link                                       closed closed open   closed
        GET  /assessments/{assessment}                                            closed closed open   closed
        GET  /assessments/{assessment}/sections/{section}                         closed closed open   closed
        POST /assessments/{assessment}/sections/{section}                         closed closed open   closed
        GET  /assessments/{assessment}/check                                      closed closed open   closed
        POST /assessments/{assessment}/check                                      closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/confirmation      closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}                   closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/plan              closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/why               closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/answers           closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/result.json       closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/result.csv        closed closed open   closed
        GET  /assessments/{assessment}/submissions/{submission}/reminder.ics      closed closed open   closed
        GET  /assessments/{assessment}/deletion                                   closed closed open   closed
        POST /assessments/{assessment}/deletion                                   closed closed open   closed
        GET  /deleted                                                             open   open   open   open
        """

    struct Row {
        let method: String
        let place: String
        let expected: [Viewer: String]

        init(_ line: Substring) {
            var words = line.split(separator: " ").map(String.init)
            method = words.removeFirst()
            place = words.count == 5 ? words.removeFirst() : ""
            expected = Dictionary(uniqueKeysWithValues: zip([.anonymous, .holderOfAnother, .holder, .withdrawn], words))
        }
    }

    static let rows = table.split(separator: "\n").map(Row.init)

    @Test func `SEC-11: the table has exactly the routes that exist, and their rules say the same`() {
        #expect(
            Self.rows.map { "\($0.method) \($0.place)" }.sorted()
                == Site.routes.entries.map { "\($0.method.rawValue) \($0.place)" }.sorted())
        for row in Self.rows {
            let route = Site.routes.entries.first { $0.method.rawValue == row.method && $0.place == row.place }
            for viewer in Viewer.allCases {
                #expect(route?.rule.allows(viewer) == (row.expected[viewer] == "open"), "\(row.method) \(row.place) \(viewer)")
            }
        }
    }

    @Test func `SEC-11: every route answers every kind of viewer as the table says`() async throws {
        let test = try TestSite()
        let holder = Browser(test)
        let (path, _) = try await holder.finish()
        let id = String(path.split(separator: "/").last ?? "")
        let another = Browser(test)
        _ = try await another.beginWithFacts()
        let withdrawn = try await Self.ended(test, path, holder)
        let viewers: [Viewer: Browser] = [.anonymous: Browser(test), .holderOfAnother: another, .holder: holder, .withdrawn: withdrawn]
        // Deletion last: nothing is left after it.
        for row in Self.rows.sorted(by: { left, _ in !left.place.hasSuffix("/deletion") }) {
            let place = row.place.replacing("{questionnaire}", with: "supply-chain").replacing("{token}", with: "AAAA")
                .replacing("{assessment}", with: id).replacing("{section}", with: "GOV").replacing("{submission}", with: "1")
            for (viewer, browser) in viewers {
                let proof = try await browser.get("/en/open").hidden("proof") ?? ""
                let page =
                    row.method == "GET" ? try await browser.get("/en\(place)") : try await browser.post("/en\(place)", [("proof", proof)])
                let isClosed = page.status == 403
                #expect(isClosed == (row.expected[viewer] == "closed"), "\(row.method) \(row.place) \(viewer): \(page.status)")
                #expect(page.status < 500)
                if isClosed {
                    let missing = try await browser.get("/en/assessments/AAAAAAAAAAAAAAAA")
                    #expect(missing.status == 403, "an assessment that does not exist is answered the same")
                }
            }
        }
    }

    /// A browser that opened the assessment 21 hours ago; the holder has saved since.
    private static func ended(_ test: TestSite, _ path: String, _ holder: Browser) async throws -> Browser {
        let browser = Browser(test)
        let link = try await holder.get("\(path)/link").body.firstMatch(of: /\/en\/open\/([A-Za-z0-9_-]+)/)?.1 ?? ""
        let door = try await browser.get("/en/open")
        _ = try await browser.post("/en/open", [("proof", door.hidden("proof") ?? ""), ("link", String(link))])
        #expect(try await browser.get(path).status == 200)
        test.pass(hours: 19)
        try await holder.save("\(path)/sections/GOV", [("GOV-1.note", "still here")])
        test.pass(hours: 2)
        return browser
    }
}
