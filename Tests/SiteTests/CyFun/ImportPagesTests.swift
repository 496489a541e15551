import Assessment
import NIOCore
import QuestionnaireFiles
import Store
import Testing

@testable import Site
@testable import Workbook

@Suite struct ImportPagesTests {
    @Test(arguments: ["en", "nl", "fr", "de"])
    func `a filled official workbook becomes an assessment, and its figures are compared`(_ language: String) async throws {
        let browser = Browser(try TestSite(), language: language)
        #expect(try await browser.get("/\(language)").body.contains("action=\"/\(language)/workbook\""), "on the start page")
        let page = try await browser.bringIn(try Browser.workbook("cyfun-2025-important"))
        #expect(page.status == 303 && page.location.hasSuffix("/workbook"))
        let words = browser.test.site.words(Language(rawValue: language) ?? .en)
        let comparison = try await browser.get(page.location)
        #expect(comparison.status == 200 && comparison.body.contains(words[.comparisonTable]))
        // The fixture follows the published method: nothing differs.
        #expect(comparison.body.matches(of: try Regex(">\(words[.comparisonSame])<")).count == 21)
        let path = String(page.location.dropLast("/workbook".count))
        _ = try await browser.save("\(path)/facts", [("firm.sector", "10"), ("firm.size", "micro"), ("firm.region", "BE10")])
        let submission = try await browser.confirm(path)
        #expect(submission.hasSuffix("/submissions/1"), "every requirement was answered")
        #expect(try await browser.get(submission).status == 200)
    }

    @Test func `the same file sent twice begins one assessment, and another tab begins another`() async throws {
        let browser = Browser(try TestSite())
        let form = Browser.framework(try await browser.get("/en/workbook"))
        let file = try Browser.workbook("cyfun-2025-basic")
        let first = try await browser.upload("/en/workbook", form, file: file)
        #expect(try await browser.upload("/en/workbook", form, file: file).location == first.location)
        #expect(try await browser.bringIn(file).location != first.location)
    }

    @Test func `what is wrong is listed with sheet and cell, in the language, and nothing is saved`() async throws {
        let browser = Browser(try TestSite(), language: "nl")
        let broken = try WorkbookTestEdit.set(
            [("GOVERN", "F3", "9"), ("PROTECT", "F3", "N/A")], in: try Browser.workbook("cyfun-2025-basic"))
        let page = try await browser.bringIn(broken)
        #expect(page.status == 422)
        for text in ["GOVERN!F3: ‘9’ is geen score", "PROTECT!F3: PR.AA-01.1 mag op dit niveau niet N/A zijn", "href=\"#workbook\""] {
            #expect(page.body.contains(text), "\(text)")
        }
        #expect(browser.test.log.contains("workbookRefused") && !browser.test.log.contains("GOVERN"))
        for (file, words) in [
            ([], "Kies eerst het bestand"), (Array("no workbook".utf8), "geen .xlsx-werkboek"), ([0xD0, 0xCF, 0x11, 0xE0], "wachtwoord"),
            (Array("PK\u{3}\u{4} cut off".utf8), "beschadigd"),
        ] as [([UInt8], String)] {
            let page = try await browser.bringIn(file)
            #expect(page.status == 422 && page.body.contains(words), "\(words)")
        }
        #expect(try await browser.bringIn(nil).status == 422)
        #expect(
            try await browser.upload("/nl/workbook", Browser.framework(try await browser.get("/nl/workbook")), file: broken, named: "other")
                .status == 422)
    }

    @Test func `a figure of the workbook that differs from ours is named, with the reason where it is known`() async throws {
        let browser = Browser(try TestSite())
        let bytes = try Browser.workbook("cyfun-2025-essential")
        let definition = try #require(try TestSite.catalogue.get().current("cyfun-2025")).definition
        let reading = try CyFunReading(bytes, questionnaires: [definition])
        let card = definition.score(definition.read(reading.sheet, level: 2, profile: Profile()).answers, level: 2, profile: Profile())
        let slips = definition.workbookFigures(card).filter { $0.domain == "PR.IR" }
        #expect(slips.first?.aspect == nil && slips.count > 1)
        let file = try WorkbookFile(bytes, wanted: { _ in true })
        let sheet = try #require(file.sheet("ESSENTIAL Summary"))
        func cell(_ domain: String, _ aspect: Int?) throws -> String {
            let row = try #require(sheet.rows.first { sheet.text($0, 1).contains("(\(domain))") })
            return Cell.name(row: row, column: aspect.map { 4 + $0 } ?? 3)
        }
        let changes = try slips.map { ("ESSENTIAL Summary", try cell("PR.IR", $0.aspect), "\($0.workbook.approximate)") }
        let changed = try WorkbookTestEdit.set(changes + [("ESSENTIAL Summary", try cell("GV.OC", 1), "4.25")], in: bytes)
        let page = try await browser.get(try await browser.bringIn(changed).location).body
        let words = browser.test.site.words(.en)
        #expect(page.matches(of: /PR\.IR-03, PR\.IR-04/).count == slips.count)
        #expect(page.matches(of: try Regex(words[.comparisonUnknown])).count == 1)
        #expect(!page.contains(words[.comparisonChanged]))
        let path = String(try await browser.bringIn(changed).location.dropLast("/workbook".count))
        _ = try await browser.save("\(path)/sections/GV.OC", [("GV.OC-01.1.documentation", "5"), ("GV.OC-01.1.implementation", "1")])
        #expect(try await browser.get("\(path)/workbook").body.contains(words[.comparisonChanged]))
        #expect(page.matches(of: try Regex(">\(words[.comparisonSame])<")).count == 22, "all but PR.IR, of 22 and the total")
    }

    @Test func `a workbook of nothing but 1s is asked about, and taken over on a yes`() async throws {
        let browser = Browser(try TestSite())
        let blank = try WorkbookTestEdit.allOnes(try Browser.workbook("cyfun-2025-basic"))
        let page = try await browser.bringIn(blank)
        #expect(page.status == 422 && page.body.contains("name=\"filledIn\"") && page.body.contains("Every score is 1"))
        #expect(page.body.contains("(Basic)"), "the level by its name")
        #expect(page.body.contains("href=\"#question\"") && !page.body.contains("href=\"#workbook\""), "the question, not the file")
        #expect(try await browser.bringIn(blank, [("filledIn", "yes")]).status == 303)
    }

    @Test func `where several levels of 2023 were filled in, it asks which`() async throws {
        let browser = Browser(try TestSite())
        let file = try Browser.workbook("cyfun-2023")
        let page = try await browser.bringIn(file)
        #expect(page.status == 422 && page.body.matches(of: /name="level" value="(basic|important|essential)"/).count == 3)
        let begun = try await browser.bringIn(file, [("level", "important")])
        #expect(begun.status == 303)
        let facts = try await browser.get(begun.location.replacing("/workbook", with: "/facts"))
        #expect(facts.body.contains("value=\"important\" checked"))
    }

    @Test func `the same file at another level begins another assessment`() async throws {
        let browser = Browser(try TestSite())
        let file = try Browser.workbook("cyfun-2023")
        let form = Browser.framework(try await browser.get("/en/workbook"))
        let basic = try await browser.upload("/en/workbook", form + [("level", "basic")], file: file)
        let important = try await browser.upload("/en/workbook", form + [("level", "important")], file: file)
        #expect(basic.status == 303 && important.status == 303 && basic.location != important.location)
    }

    @Test func `SEC-10, SEC-16: without proof, from another site, too large or of another shape it is refused`() async throws {
        let browser = Browser(try TestSite())
        let form = Browser.framework(try await browser.get("/en/workbook"))
        let file = try Browser.workbook("cyfun-2025-basic")
        #expect(try await browser.upload("/en/workbook", form.filter { $0.0 != "proof" }, file: file).status == 403)
        #expect(try await browser.upload("/en/workbook", form + [("more", "x")], file: file).status == 422)
        let large = try await browser.upload("/en/workbook", form, file: [UInt8](repeating: 0, count: 6 << 20))
        #expect(large.status == 413 && large.body.contains("A workbook may have at most 5 MB"))
        let within = try await browser.upload("/en/workbook", form, file: [UInt8](repeating: 80, count: (5 << 20)))
        #expect(within.status == 422)
        #expect(try await browser.upload("/en/workbook", form, file: [UInt8](repeating: 80, count: (5 << 20) + 1)).status == 413)
        // Elsewhere no file is taken at all.
        #expect(try await browser.upload("/en/start/supply-chain", form + [("level", "starter")], file: file).status == 415)
    }

    @Test func `SEC-16: only so many files are in memory at once`() async throws {
        let browser = Browser(try TestSite())
        let file = try Browser.workbook("cyfun-2025-basic")
        let gate = browser.test.site.uploads
        func enter(_ count: Int, from address: (Int) -> String) -> [UploadGate.Pass] {
            (0..<count).compactMap { gate.enter(from: address($0)) }
        }
        // One network, and of IPv6 one household, leaves places to everybody else.
        var passes = enter(UploadGate.limit) { "2001:db8::\($0)" }
        #expect(passes.count == UploadGate.limitOfOne)
        #expect(try await browser.bringIn(file).status == 303)
        passes += enter(UploadGate.limit) { _ in "192.0.2.1" }
        #expect(passes.count == UploadGate.limit && gate.enter(from: "192.0.2.2") == nil)
        let full = try await browser.bringIn(file)
        #expect(full.status == 503 && full.body.contains("Many workbooks are being read") && !full.body.contains("storage"))
        passes = []
        #expect(try await browser.bringIn(file).status == 303)
        #expect(enter(UploadGate.limit) { "192.0.2.\($0)" }.count == UploadGate.limit, "every place is free again")
    }

    @Test func `multipart forms are read to the byte, and what is none is refused`() throws {
        let read = { (text: String) throws(FormFault) in try MultipartReader.read(.init(string: text), boundary: "b") }
        let (form, file) = try read(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b\r\ncontent-disposition: form-data; name=\"f\"; filename=\"\"\r\n\r\n\r\n--\r\n-b\u{0}\r\n--b--"
        )
        #expect(form["a"] == "x" && file?.field == "f" && file?.bytes == Array("\r\n--\r\n-b\u{0}".utf8))
        for odd in [
            "", "--", "--b", "--b\r\n", "--b--x\r\n--b", "--c--", "--b\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n2\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n" + String(repeating: "X: y\r\n", count: 1_000) + "\r\nx\r\n--b--",
        ] where odd != "--b--x\r\n--b" {
            #expect(throws: FormFault.self, "\(odd.prefix(60))") { try read(odd) }
        }
        #expect(MultipartReader.boundary("multipart/form-data; boundary=\"a b\"") == "a b")
        for odd in [
            "multipart/form-data", "multipart/mixed; boundary=x", "text/plain", "multipart/form-data; boundary=",
            "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
        ] {
            #expect(MultipartReader.boundary(odd) == nil, "\(odd)")
        }
        let longest = String(repeating: "x", count: 70)
        #expect(MultipartReader.boundary("multipart/form-data; boundary=\(longest)") == longest)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let parts = ["--b", "\r\n", "--", "Content-Disposition: form-data; name=\"a\"", "filename=\"x\"", "; ", "x", "\u{0}"]
            let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            _ = try? read(text)
        }
    }
}
