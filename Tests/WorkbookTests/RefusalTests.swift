import Assessment
import Testing

@testable import Workbook

/// SEC-16: what is no filled official workbook gets a list of what is wrong and where; nothing is taken over.
@Suite struct RefusalTests {
    @Test func `odd scores, unknown, double and missing requirements are all named, with sheet and cell`() throws {
        let bytes = try Sample.changing(
            try Sample.bytes("cyfun-2025-important"),
            [
                ("GOVERN", "G3", "0"), ("GOVERN", "H3", "6"), ("GOVERN", "G4", "2,5"), ("GOVERN", "H4", nil), ("DETECT", "G3", "three"),
                ("DETECT", "H3", "0x3"), ("RESPOND", "G3", "3e0"),
                ("GOVERN", "F6", "GV.OC-99.1: made up"), ("RECOVER", "F4", "RC.RP-01.1: again"),
            ])
        let file = try WorkbookFile(bytes, wanted: { _ in true })
        let whole = try WorkbookFile(try Sample.bytes("cyfun-2025-important"), wanted: { _ in true })
        let text = try #require(whole.sheet("GOVERN")).text(6, 5)
        let lost = try #require(CyFunID.read(text))
        let faults = Sample.faults(bytes)
        for fault in [
            WorkbookFault.oddScore(sheet: "GOVERN", cell: "G3", text: "0"), .oddScore(sheet: "GOVERN", cell: "H3", text: "6"),
            .oddScore(sheet: "GOVERN", cell: "G4", text: "2,5"), .oddScore(sheet: "GOVERN", cell: "H4", text: ""),
            .oddScore(sheet: "DETECT", cell: "G3", text: "three"), .oddScore(sheet: "DETECT", cell: "H3", text: "0x3"),
            .oddScore(sheet: "RESPOND", cell: "G3", text: "3e0"),
            .unknownRequirement(sheet: "GOVERN", cell: "F6", text: "GV.OC-99.1: made up"),
            .requirementTwice(sheet: "RECOVER", cell: "F4", id: "RC.RP-01.1"),
            .requirementMissing(sheet: "GOVERN", id: "\(lost.category)-0\(lost.subcategory).\(lost.number)"),
        ] {
            #expect(faults.contains(fault), "\(fault)")
        }
        #expect(faults.count == 11, "\(faults)")
        #expect(file.sheets.count > 6)
    }

    @Test func `N/A is refused for a key measure, for what must apply, and in 2023`() throws {
        let basic = try Sample.changing(try Sample.bytes("cyfun-2025-basic"), [("PROTECT", "F3", "N/A")])
        #expect(Sample.faults(basic) == [.notApplicableRefused(sheet: "PROTECT", cell: "F3", id: "PR.AA-01.1")])
        let essential = try Sample.changing(try Sample.bytes("cyfun-2025-essential"), [("GOVERN", "H12", "N/A")])
        #expect(Sample.faults(essential) == [.notApplicableRefused(sheet: "GOVERN", cell: "H12", id: "GV.RM-01.1")])
        let earlier = try Sample.changing(try Sample.bytes("cyfun-2023"), [("ESSENTIAL Details", "G3", "N/A")])
        #expect(
            Sample.faults(earlier, level: "essential") == [.notApplicableRefused(sheet: "ESSENTIAL Details", cell: "G3", id: "ID.AM-1.1")])
    }

    @Test func `a comment beyond the limit is refused with its cell, one within is not cut`() throws {
        let long = String(repeating: "é", count: Questionnaire.textLimit)
        let bytes = try Sample.bytes("cyfun-2025-basic")
        #expect(try Sample.read(try Sample.changing(bytes, [("GOVERN", "L3", long)])).sheet["GV.OC-03.1.note"] == long)
        #expect(
            Sample.faults(try Sample.changing(bytes, [("GOVERN", "L3", long + "é")]))
                == [.commentTooLong(sheet: "GOVERN", cell: "L3", length: 4_001, limit: 4_000)])
    }

    @Test func `a workbook of nothing but 1s is asked about`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let file = try WorkbookFile(bytes, wanted: CyFunLayout.isWanted)
        var changes: [(sheet: String, cell: String, text: String?)] = []
        for name in ["GOVERN", "IDENTIFY", "PROTECT", "DETECT", "RESPOND", "RECOVER"] {
            let sheet = try #require(file.sheet(name))
            for row in sheet.rows where row > 2 && CyFunID.read(sheet.text(row, 4)) != nil {
                for column in ["F", "G"] { changes.append((name, "\(column)\(row)", "1")) }
                if sheet.cell("L\(row)") != nil { changes.append((name, "L\(row)", nil)) }
            }
        }
        let blank = try Sample.changing(bytes, changes)
        #expect(Sample.faults(blank) == [.untouched(of: "cyfun-2025", level: "basic")])
        #expect(try Sample.read(blank, isFilledIn: true).sheet.values.allSatisfy { $0 == "1" })
    }

    @Test func `files of other kinds are told apart`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        #expect(Sample.faults([]) == [.notAWorkbook])
        #expect(Sample.faults(Array("PK".utf8)) == [.damaged(part: "")])
        #expect(Sample.faults(Array("%PDF-1.7".utf8)) == [.notAWorkbook])
        #expect(Sample.faults([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) == [.encrypted])
        #expect(Sample.faults(try Sample.adding("word/document.xml", "<a/>")) == [.notAWorkbook])
        #expect(Sample.faults(try Sample.adding("xl/vbaProject.bin", "x", to: bytes)) == [.macros])
        // A name of its own does not hide it.
        let renamed = try Sample.changing(bytes, part: "[Content_Types].xml") {
            $0.replacing(
                "</Types>", with: "<Override PartName=\"/xl/x.bin\" ContentType=\"application/vnd.ms-office.vbaProject\"/></Types>")
        }
        #expect(Sample.faults(renamed) == [.macros])
        let other = try Sample.changing(bytes, part: "xl/workbook.xml") { $0.replacing("GOVERN", with: "Other") }
        #expect(Sample.faults(other) == [.foreign])
        let shifted = try Sample.changing(bytes, [("GOVERN", "F2", "Points")])
        #expect(Sample.faults(shifted).first == .columnMissing(sheet: "GOVERN", title: "Documentation Score"))
    }

    @Test func `a zip bomb, one that lies about its size, and thousands of parts are not unpacked`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let bomb = try Sample.adding("xl/media/image1.png", zeros: 80 << 20, to: bytes)
        #expect(bomb.count < 300_000)
        #expect(Sample.faults(bomb) == [.tooLarge(limit: 64 << 20)])
        // The size that the directory gives for one part is made smaller than what is there.
        var liar = try Sample.adding("xl/workbook.xml", zeros: 40_000)
        let place = try #require(liar.lastRange(of: [0x40, 0x9C, 0, 0]))
        liar.replaceSubrange(place, with: [0x10, 0, 0, 0])
        #expect(!Sample.faults(liar).isEmpty)
    }

    @Test func `more sheets, cells, merged cells or levels of XML than any real one has cost neither time nor memory`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let part = "xl/worksheets/sheet2.xml"
        func sheet(_ change: (String) -> String) throws -> [WorkbookFault] {
            Sample.faults(try Sample.changing(bytes, part: part, change))
        }
        let cells = String(repeating: "<c/>", count: 400_000)
        #expect(try sheet { $0.replacing("</sheetData>", with: "<row>\(cells)</row></sheetData>") } == [.tooMuch])
        let (down, up) = (String(repeating: "<x>", count: 100), String(repeating: "</x>", count: 100))
        #expect(try sheet { $0.replacing("</sheetData>", with: "\(down)\(up)</sheetData>") } == [.tooMuch])
        let merges = (0..<20_000).map { "<mergeCell ref=\"Z\($0 * 50 + 1):Z\($0 * 50 + 50)\"/>" }.joined()
        let merged = try Sample.changing(bytes, part: part) {
            $0.replacing("</sheetData>", with: "</sheetData><mergeCells>\(merges)</mergeCells>")
        }
        #expect(try WorkbookFile(merged, wanted: { $0 == "GOVERN" }).sheets.allSatisfy { $0.merged.count <= 10_100 })
        let sheets = try Sample.changing(bytes, part: "xl/workbook.xml") { text in
            let first = text.firstMatch(of: /<sheet [^>]*name="GOVERN"[^>]*\/>/).map { String($0.0) } ?? ""
            let more = (0..<200).map { first.replacing("GOVERN", with: "GOVERN\($0)") }.joined()
            return text.replacing("</sheets>", with: "\(more)</sheets>")
        }
        #expect(Sample.faults(sheets) == [.tooMuch])
    }

    @Test func `sheets of many cells together, and texts of megabytes, cost neither time nor memory`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let row = "<row>\(String(repeating: "<c/>", count: 150_000))</row></sheetData>"
        let many = try ["sheet2", "sheet3", "sheet4"].reduce(bytes) { bytes, sheet in
            try Sample.changing(bytes, part: "xl/worksheets/\(sheet).xml") { $0.replacing("</sheetData>", with: row) }
        }
        #expect(Sample.faults(many) == [.tooMuch], "each alone is within what one sheet may have")
        // One shared text that every title and every id points to; texts that come in very many pieces.
        let long = String(repeating: "x", count: 8 << 20)
        for (text, times) in [(long, 1), (String(repeating: "\n", count: 1 << 20), 1), (String(repeating: "\n", count: 1 << 16), 20)] {
            let texts = try Sample.changing(bytes, part: "xl/sharedStrings.xml") {
                $0.replacing("</t>", with: "\(text)</t>", maxReplacements: times)
            }
            #expect(Sample.faults(texts) == [.tooMuch])
        }
    }

    @Test func `a flood of rows or of attributes, and texts full of escapes, end in a message at once`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let part = "xl/worksheets/sheet2.xml"
        let rows = try Sample.changing(bytes, part: part) { text in
            let row = "<row><c r=\"E9\" t=\"inlineStr\"><is><t>GV.OC-04.20: x</t></is></c></row>"
            let more = (1_000..<41_000).map { row.replacing("E9", with: "E\($0)") }.joined()
            return text.replacing("</sheetData>", with: more + "</sheetData>")
        }
        #expect(Sample.faults(rows).contains(.tooMuch) && Sample.faults(rows).count < 1_000)
        let attributes = try Sample.changing(bytes, part: part) { text in
            text.replacing("<sheetData>", with: "<x \((0..<200_000).map { "a\($0)=\"\"" }.joined(separator: " "))/><sheetData>")
        }
        #expect(Sample.faults(attributes) == [.tooMuch])
        let escapes = String(repeating: "_x0041_", count: 1 << 18)
        #expect(escapes.withoutEscapes == String(repeating: "A", count: 1 << 18))
    }

    @Test func `ids in small letters, scores without an id, UTF-16 and document types anywhere are named`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let small = try Sample.changing(bytes, [("GOVERN", "E3", "gv.oc-99.1: x")])
        #expect(Sample.faults(small).contains(.unknownRequirement(sheet: "GOVERN", cell: "E3", text: "gv.oc-99.1: x")))
        let own = try Sample.changing(bytes, [("GOVERN", "E3", "Our own extra requirement")])
        #expect(Sample.faults(own).contains(.strayScore(sheet: "GOVERN", cell: "F3", text: "1")))
        let styles = try Sample.changing(bytes, part: "xl/styles.xml") { "<!DOCTYPE x [<!ENTITY a \"b\">]>" + $0 }
        #expect(Sample.faults(styles) == [.documentType(part: "xl/styles.xml")])
        let hidden = try Sample.changing(bytes, part: "xl/_rels/workbook.xml.rels") {
            $0.replacing(
                "</Relationships>",
                with:
                    "<Relationship Id=\"x\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"code.bin\"/></Relationships>"
            )
        }
        #expect(Sample.faults(hidden) == [.macros])
        let archive = try ZipArchive(bytes)
        let wide = String(decoding: try archive.read("xl/worksheets/sheet2.xml"), as: UTF8.self).utf16.flatMap {
            [UInt8($0 & 255), UInt8($0 >> 8)]
        }
        let utf16 = try archive.replacing(["xl/worksheets/sheet2.xml": [0xFF, 0xFE] + wide])
        #expect(Sample.faults(utf16) == [.damaged(part: "xl/worksheets/sheet2.xml")])
        for level in ["important", "nonsense"] {
            #expect(Sample.faults(bytes, level: level) == [.otherLevel(of: "cyfun-2025", expected: level, found: "basic")])
        }
    }

    @Test func `of two columns with one title the left one counts, whatever was read first`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let twice = try Sample.changing(bytes, [("GOVERN", "H2", "Documentation Score")])
        let sheet = try Sample.read(bytes).sheet
        for _ in 0..<20 { #expect(try Sample.read(twice).sheet == sheet) }
    }

    @Test func `rows beyond the last, and logical values for scores, are read for what they are`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let far = try Sample.changing(bytes, part: "xl/worksheets/sheet2.xml") {
            $0.replacing("</sheetData>", with: "<row r=\"9223372036854775807\"><c/></row><row><c/></row></sheetData>")
        }
        #expect(Sample.faults(far).isEmpty)
        let file = try WorkbookFile(bytes, wanted: { _ in true })
        let sheet = try #require(file.sheet("GOVERN"))
        let cell = try #require(sheet.cell("F3"))
        var part = try file.archive.read(sheet.part)
        part.replaceSubrange(cell.bytes, with: Array("<c r=\"F3\" t=\"b\"><v>1</v></c>".utf8))
        #expect(Sample.faults(try file.archive.replacing([sheet.part: part])) == [.oddScore(sheet: "GOVERN", cell: "F3", text: "TRUE")])
    }

    @Test func `XML with a document type, unclosed or full of rubbish, is refused by its part`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let part = "xl/worksheets/sheet2.xml"
        let entities = try Sample.changing(bytes, part: part) {
            $0.replacing("?>", with: "?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>", maxReplacements: 1)
        }
        #expect(Sample.faults(entities) == [.documentType(part: part)])
        #expect(Sample.faults(try Sample.changing(bytes, part: part) { String($0.dropLast(20)) }) == [.damaged(part: part)])
        #expect(Sample.faults(try Sample.changing(bytes, part: part) { _ in "rubbish" }) == [.damaged(part: part)])
        let outside = try Sample.changing(bytes, part: "xl/_rels/workbook.xml.rels") {
            $0.replacing("worksheets/sheet2.xml", with: "../../../etc/passwd")
        }
        #expect(Sample.faults(outside) == [.damaged(part: "xl/../../../etc/passwd")])
    }

    @Test func `cut off anywhere, or with any byte changed, it is refused or read, and never ends the program`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        for length in stride(from: 0, to: bytes.count, by: 397) { #expect(!Sample.faults(Array(bytes.prefix(length))).isEmpty) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            var changed = bytes
            for _ in 0..<3 { changed[Int.random(in: 0..<bytes.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random) }
            _ = Sample.faults(changed)
        }
    }
}

extension [UInt8] {
    fileprivate func lastRange(of part: [UInt8]) -> Range<Int>? {
        (0...(count - part.count)).reversed().first { self[$0..<$0 + part.count].elementsEqual(part) }.map { $0..<$0 + part.count }
    }
}
