import Assessment
import Foundation
import HTTPTypes
import QuestionnaireFiles
import Testing

@testable import Site

@Suite struct DownloadTests {
    @Test func `the JSON holds the scorecard and the answers, and scoring it again gives the same figures`() async throws {
        let browser = Browser(try TestSite())
        let (_, submission) = try await browser.finish(level: "standard", score: "4")
        let text = try await browser.get("\(submission)/result.json").body
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["questionnaire"] as? String == "supply-chain")
        #expect(object["level"] as? String == "standard")
        #expect(object["total"] as? Int == 4)
        #expect(object["verdict"] as? String == "met")
        #expect((object["domains"] as? [String: [String: Any]])?["GOV"]?["practice"] as? Int == 4)
        let definition = try #require(try TestSite.catalogue.get().current("supply-chain")).definition
        let reading = definition.read(try AnswersJSON.sheet(text, of: definition), level: 1, profile: Profile(sector: "10"))
        #expect(reading.answers.count == 45)
        #expect(definition.score(reading.answers, level: 1, profile: Profile(sector: "10")).total == Fraction(4))
    }

    @Test(arguments: [
        #"{"practice": 3, "unknown": true}"#, #"{"practice": 3, "notApplicable": "x"}"#, #"{"unknown": true, "notApplicable": "x"}"#,
        #"{"practice": 9}"#, #"{"practise": 3}"#,
    ])
    func `answers in JSON that contradict themselves, or make no sense, are refused by their question`(_ answer: String) throws {
        let definition = try #require(try TestSite.catalogue.get().current("supply-chain")).definition
        let failure = #expect(throws: AnswersJSON.Failure.self) {
            try AnswersJSON.sheet(#"{"answers": {"GOV-1": \#(answer)}}"#, of: definition)
        }
        #expect(failure?.faults.map(\.question) == ["GOV-1"])
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\u{FF1D}1"])
    func `SEC-14: no cell begins like a formula`(_ text: String) {
        #expect(CSVText.cell(text).drop { $0 == "\"" }.first == "'")
    }

    @Test func `SEC-14: quotes, separators and line breaks are quoted by RFC 4180`() {
        #expect(CSVText.cell("plain") == "plain")
        #expect(CSVText.cell("a \"b\", c") == "\"a \"\"b\"\", c\"")
        #expect(
            Array(CSVText.cell("\"\u{301} x").unicodeScalars) == Array("\"\"\"\u{301} x\"".unicodeScalars), "a quote with a combining mark")
        #expect(CSVText.cell("two\nlines") == "\"two\nlines\"")
    }

    @Test func `the calendar file asks to assess again in a year, in lines of at most 75 bytes`() async throws {
        let browser = Browser(try TestSite(), language: "fr")
        let (_, submission) = try await browser.finish()
        let page = try await browser.get("\(submission)/reminder.ics")
        #expect(page.headers[.contentType] == "text/calendar; charset=utf-8")
        let lines = page.body.components(separatedBy: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.dropLast().last == "END:VCALENDAR")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 })
        #expect(lines.contains("DTSTART;VALUE=DATE:20271118"))
    }

    @Test(arguments: [
        (#"{"answers": {"NONE-1": {"practice": 3}}}"#, "no such question"), (#"{"answers": {"GOV-1": {"practice": 6}}}"#, "from 1 to 5"),
        (#"{"answers": {"GOV-1": {"practice": 0}}}"#, "from 1 to 5"), (#"{"answers": {"GOV-1": {"practice": 2.5}}}"#, "from 1 to 5"),
        (#"{"answers": {"GOV-1": {"other": 2}}}"#, "is not one of practice"),
    ])
    func `a file of answers with a fault names the question and the fault`(_ text: String, _ message: String) throws {
        let definition = try #require(try TestSite.catalogue.get().current("supply-chain")).definition
        let failure = #expect(throws: AnswersJSON.Failure.self) { try AnswersJSON.sheet(text, of: definition) }
        #expect(failure?.faults.first?.description.contains(message) == true)
    }

    @Test func `JSON text escapes what must be escaped`() throws {
        var json = JSONText()
        json.object {
            $0.member("a", "\"\\\n\u{1}é")
            $0.member("b", Fraction(8, 3))
            $0.member("c", nil as Fraction?)
            $0.member(
                "d",
                array: {
                    $0.element("x"); $0.element("y")
                })
        }
        #expect(json.text == "{\"a\":\"\\\"\\\\\\n\\u0001é\",\"b\":2.666666667,\"c\":null,\"d\":[\"x\",\"y\"]}")
    }
}
