import Assessment
import Testing

@testable import Workbook

@Suite struct ReadingTests {
    @Test(arguments: [
        ("cyfun-2025-basic", "cyfun-2025", "basic", 34), ("cyfun-2025-important", "cyfun-2025", "important", 133),
        ("cyfun-2025-essential", "cyfun-2025", "essential", 218), ("cyfun-2023", "cyfun-2023", "essential", 219),
    ])
    func `every requirement comes out, and every figure is the one that a spreadsheet program computed`(
        _ name: String, _ id: String, _ level: String, _ count: Int
    ) throws {
        let reading = try Sample.read(try Sample.bytes(name), level: id == "cyfun-2023" ? level : nil)
        #expect(reading.questionnaire == id && reading.level == level)
        #expect(reading.otherLevels == (id == "cyfun-2023" ? ["basic", "important"] : []))
        let definition = try Sample.definition(id)
        let index = try #require(definition.levelIndex(of: level))
        let read = definition.read(reading.sheet, level: index, profile: Profile())
        #expect(read.faults.isEmpty && read.answers.count == count)
        let card = definition.score(read.answers, level: index, profile: Profile())
        #expect(reading.figures.count == 3 * card.domains.count + 1, "each category with both aspects, and the total")
        for figure in reading.figures {
            let value = try #require(card.score(ofDomain: figure.domain, aspect: figure.aspect))
            #expect(abs(value.approximate - figure.value) < 1e-12, "\(figure)")
        }
    }

    @Test func `N/A, comments with anything in them, and numbers stored as text are taken over`() throws {
        let bytes = try Sample.changing(
            try Sample.bytes("cyfun-2025-basic"),
            [
                ("GOVERN", "F3", "2"), ("GOVERN", "G3", "4 "), ("GOVERN", "L3", "=HYPERLINK(\"x\") & <b>\nsecond line"),
                ("GOVERN", "G4", "n/a"), ("GOVERN", "L4", "not ours"),
            ])
        let sheet = try Sample.read(bytes).sheet
        #expect(sheet["GV.OC-03.1.documentation"] == "2" && sheet["GV.OC-03.1.implementation"] == "4")
        #expect(sheet["GV.OC-03.1.note"] == "=HYPERLINK(\"x\") & <b>\nsecond line")
        #expect(sheet["GV.RM-03.1.documentation"] == "na" && sheet["GV.RM-03.1.reason"] == "not ours")
    }

    @Test func `ids in the spellings that official tools use are found`() throws {
        let bytes = try Sample.changing(
            try Sample.bytes("cyfun-2025-essential"),
            [("DETECT", "F3", "DE.CM-01-1: text"), ("IDENTIFY", "F3", "ID.AM-1.1 text"), ("GOVERN", "F3", "ESSENTIAL_GV.OC-01.1:text")])
        #expect(try Sample.read(bytes).sheet.count >= 2 * 213)
        #expect(CyFunID.find("R.AC-3.4: x", subcategory: "PR.AC-3: x", among: ["PR.AC-3.4"]) == "PR.AC-3.4")
        #expect(CyFunID.find("ID.BE-1.3: x", subcategory: "ID.BE-3: x", among: ["ID.BE-3.1", "ID.BE-1.3"]) == "ID.BE-3.1")
        #expect(CyFunID.find("ID.BE-1.2: x", subcategory: "ID.BE-1: x", among: ["ID.BE-2.1", "ID.BE-1.2"]) == "ID.BE-1.2")
        #expect(CyFunID.find("GV.OC-99.1", subcategory: "GV.OC-01: x", among: ["GV.OC-01.1"]) == nil)
        #expect(CyFunID.find("GV.XX-01.1", subcategory: "", among: ["GV.OC-01.1"]) == nil)
        #expect(CyFunID.read("NO REQUIREMENT") == nil)
    }

    @Test func `of the sheets of 2023 the one counts that was filled in; of several, the one that was named`() throws {
        let bytes = try Sample.bytes("cyfun-2023")
        let ones = try Self.ones(of: "ESSENTIAL Details", in: bytes)
        let two = try Sample.changing(bytes, ones)
        #expect(Sample.faults(two) == [.severalLevels(of: "cyfun-2023", ["basic", "important"])])
        #expect(
            Sample.faults(two, level: "expert") == [.otherLevel(of: "cyfun-2023", expected: "expert", found: "basic, important, essential")]
        )
        for (level, other) in [("basic", "important"), ("important", "basic")] {
            let reading = try Sample.read(two, level: level)
            #expect(reading.level == level && reading.otherLevels == [other])
        }
        let one = try Sample.changing(two, try Self.ones(of: "IMPORTANT Details", in: two))
        #expect(try Sample.read(one).level == "basic" && Sample.read(one).otherLevels.isEmpty)
    }

    private static func ones(of name: String, in bytes: [UInt8]) throws -> [(sheet: String, cell: String, text: String?)] {
        let sheet = try #require(try WorkbookFile(bytes, wanted: { _ in true }).sheet(name))
        return sheet.rows.filter { $0 > 2 }.flatMap { row in
            ["G", "H"].map { (name, "\($0)\(row)", Optional("1")) } + [(name, "M\(row)", nil)]
        }.filter { sheet.cell($0.1) != nil }
    }

    @Test func `the few scores that the official workbook of 2023 comes with do not count as filled in`() throws {
        let bytes = try Sample.bytes("cyfun-2023")
        var changes: [(sheet: String, cell: String, text: String?)] = []
        for level in ["BASIC", "IMPORTANT", "ESSENTIAL"] { changes += try Self.ones(of: "\(level) Details", in: bytes) }
        let strays = try WorkbookFile(bytes, wanted: { _ in true })
        for (key, scores) in CyFunLayout.strays {
            let parts = key.split(separator: " ", maxSplits: 2).map(String.init)
            let sheet = try #require(strays.sheet(parts[2]))
            let row = try #require(sheet.rows.first { sheet.text($0, 4).contains("\(parts[1]):") }, "\(key)")
            changes.removeAll { $0.sheet == parts[2] && ["G\(row)", "H\(row)"].contains($0.cell) }
            changes += [(parts[2], "G\(row)", "\(scores[0])"), (parts[2], "H\(row)", "\(scores[1])")]
        }
        let blank = try Sample.changing(bytes, changes)
        #expect(Sample.faults(blank) == [.untouched(of: "cyfun-2023", level: "basic")])
        // One score more, and it is filled in.
        let place = try #require(changes.first { $0.sheet == "IMPORTANT Details" && $0.cell.hasPrefix("G") && $0.text == "1" })
        #expect(try Sample.read(try Sample.changing(blank, [(place.sheet, place.cell, "2")])).level == "important")
    }

    @Test func `figures in the summary that are none are left out`() throws {
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let summary = try #require(try WorkbookFile(bytes, wanted: { _ in true }).sheet("BASIC Summary"))
        let whole = try Sample.read(bytes).figures
        let cells = summary.rows.flatMap { row in summary.cells[row]?.values.map { $0 } ?? [] }.filter { $0.isFormula }
        #expect(cells.count >= whole.count)
        for odd in ["nan", "inf", "1e300", "-3", "5.01", ""] {
            let file = try Sample.changing(bytes, cells.map { ("BASIC Summary", $0.name, odd) })
            #expect(try Sample.read(file).figures.isEmpty, "\(odd)")
        }
    }

    @Test func `N/A without a comment gets itself as the reason`() throws {
        let bytes = try Sample.changing(try Sample.bytes("cyfun-2025-basic"), [("GOVERN", "G4", "N/A"), ("GOVERN", "L4", " ")])
        #expect(try Sample.read(bytes).sheet["GV.RM-03.1.reason"] == "N/A")
    }

    @Test func `control characters that a spreadsheet escapes do not come through`() throws {
        #expect("a_x0000_b_x001B_c_x007F_".withoutEscapes == "abc" && "_x000D_\n_x0041__xD800_".withoutEscapes == "\r\nA_xD800_")
    }

    @Test func `names of cells go both ways`() {
        for (name, row, column) in [("A1", 1, 0), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", 1_048_576, 16_383)] {
            #expect(Cell.name(row: row, column: column) == name)
            #expect(Cell.place(name).map { [$0.row, $0.column] } == [row, column])
        }
        for odd in ["", "A", "1", "1A", "a1", "A0", "ZZZZ1", "A99999999999"] { #expect(Cell.place(odd) == nil, "\(odd)") }
    }
}
