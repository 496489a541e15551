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
        let reading = try Sample.read(try Sample.bytes(name))
        #expect(reading.questionnaire == id && reading.level == level)
        #expect(reading.otherLevels == (id == "cyfun-2023" ? ["basic", "important"] : []))
        let definition = try Sample.definition(id)
        let index = try #require(definition.levelIndex(of: level))
        let read = definition.read(reading.sheet, level: index, profile: Profile())
        #expect(read.faults.isEmpty && read.answers.count == count)
        let card = definition.score(read.answers, level: index, profile: Profile())
        #expect(reading.figures.count == card.domains.count + 1)
        for figure in reading.figures {
            let ours = figure.domain.map { id in card.domains.first { $0.id == id }?.score } ?? card.total
            let value = try #require(ours)
            #expect(abs(Double(value.numerator) / Double(value.denominator) - figure.value) < 1e-12, "\(figure.domain ?? "total")")
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

    @Test func `of the sheets of 2023 the highest counts in which something was filled in`() throws {
        let bytes = try Sample.bytes("cyfun-2023")
        let file = try WorkbookFile(bytes, wanted: { _ in true })
        let sheet = try #require(file.sheet("ESSENTIAL Details"))
        let ones = sheet.rows.filter { $0 > 2 }.flatMap { row in
            ["G", "H"].map { ("ESSENTIAL Details", "\($0)\(row)", Optional("1")) } + [("ESSENTIAL Details", "M\(row)", nil)]
        }.filter { sheet.cell($0.1) != nil }
        let reading = try Sample.read(try Sample.changing(bytes, ones))
        #expect(reading.level == "important" && reading.otherLevels == ["basic"])
    }

    @Test func `names of cells go both ways`() {
        for (name, row, column) in [("A1", 1, 0), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", 1_048_576, 16_383)] {
            #expect(Cell.name(row: row, column: column) == name)
            #expect(Cell.place(name).map { [$0.row, $0.column] } == [row, column])
        }
        for odd in ["", "A", "1", "1A", "a1", "A0", "ZZZZ1", "A99999999999"] { #expect(Cell.place(odd) == nil, "\(odd)") }
    }
}
