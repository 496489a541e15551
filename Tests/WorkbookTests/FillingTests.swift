import Assessment
import Testing

@testable import Workbook

@Suite struct FillingTests {
    /// Random answers of a level.
    private func answers(_ definition: Questionnaire, _ level: Int) -> Answers {
        var gaps = definition.levels[level].notApplicable == nil ? 0 : 1
        return Dictionary(
            uniqueKeysWithValues: definition.questions.filter { $0.level <= level }.map { question in
                if gaps > 0, definition.mayBeNotApplicable(question, at: level) {
                    gaps -= 1
                    return (question.id, .notApplicable(reason: "none & <never> here"))
                }
                return (question.id, .marks([.score(Int.random(in: 1...5)), .score(Int.random(in: 2...5))]))
            })
    }

    @Test(arguments: [
        ("cyfun-2025-basic", "cyfun-2025", 0), ("cyfun-2025-important", "cyfun-2025", 1), ("cyfun-2025-essential", "cyfun-2025", 2),
        ("cyfun-2023", "cyfun-2023", 0), ("cyfun-2023", "cyfun-2023", 1), ("cyfun-2023", "cyfun-2023", 2),
    ])
    func `out and in again gives identical answers, and nothing but those cells changes`(_ name: String, _ id: String, _ level: Int) throws
    {
        let definition = try Sample.definition(id)
        let answers = answers(definition, level)
        let note = "=1+1 \"quoted\" & <b>é</b> _x0041_\nsecond line ✓"
        let noted = try #require(definition.questions.last { $0.level <= level })
        let bytes = try Sample.bytes(name)
        let filled = try CyFunFilling.fill(
            bytes, questionnaire: definition, level: level, answers: answers, notes: [noted.id: note], day: 20_782)
        let levelID = definition.levels[level].id
        let parts = CyFunLayout.all.first { $0.questionnaire == id }?.parts.filter { $0.level == nil || $0.level == levelID } ?? []
        let file = try WorkbookFile(filled, wanted: CyFunLayout.isWanted)
        let table = CyFunTable(file, parts, definition, level: parts.count == 1 ? levelID : nil)
        #expect(table.faults.isEmpty && table.levelID == levelID)
        let read = definition.read(table.sheet, level: level, profile: Profile())
        #expect(read.answers == answers && read.faults.isEmpty)
        #expect(read.notes[noted.id] == note)
        try expectOnlyCells(of: bytes, in: filled, table, wasNoted: noted.id)
    }

    @Test func `where somebody put a formula into a cell, the answer takes its place`() throws {
        let definition = try Sample.definition("cyfun-2025")
        var answers = answers(definition, 0)
        answers["GV.OC-03.1"] = .marks([.score(3), .score(4)])
        let file = try WorkbookFile(try Sample.bytes("cyfun-2025-basic"), wanted: { _ in true })
        var parts: [String: [UInt8]] = [:]
        for (name, cells) in [
            ("GOVERN", ["F3", "G3", "L3"]),
            (
                "Introduction",
                file.sheet("Introduction")?.rows.flatMap { row in
                    file.sheet("Introduction")?.cells[row]?.values.map(\.name) ?? []
                } ?? []
            ),
        ] {
            let sheet = try #require(file.sheet(name))
            var part = try file.archive.read(sheet.part)
            for cell in cells.compactMap(sheet.cell).filter({ name == "GOVERN" || $0.text.isEmpty }).sorted(by: {
                $0.bytes.lowerBound > $1.bytes.lowerBound
            }) {
                part.replaceSubrange(cell.bytes, with: Array("<c r=\"\(cell.name)\"><f>1+1</f><v>2</v></c>".utf8))
            }
            parts[sheet.part] = part
        }
        let filled = try CyFunFilling.fill(
            try file.archive.replacing(parts), questionnaire: definition, level: 0, answers: answers, notes: ["GV.OC-03.1": "ours"],
            day: 20_782)
        let read = try Sample.read(filled)
        #expect(definition.read(read.sheet, level: 0, profile: Profile()).answers == answers)
        #expect(read.sheet["GV.OC-03.1.note"] == "ours")
        let sheet = try #require(try WorkbookFile(filled, wanted: { _ in true }).sheet("GOVERN"))
        #expect(["F3", "G3", "L3"].allSatisfy { sheet.cell($0)?.isFormula == false })
    }

    /// Every part is the same, but for the cells of scores and comments, and one in the introduction.
    private func expectOnlyCells(of before: [UInt8], in after: [UInt8], _ table: CyFunTable, wasNoted: String) throws {
        let (old, new) = (try ZipArchive(before), try ZipArchive(after))
        #expect(Set(old.names) == Set(new.names))
        let (oldFile, newFile) = (try WorkbookFile(before, wanted: { _ in true }), try WorkbookFile(after, wanted: { _ in true }))
        let sheets = Dictionary(uniqueKeysWithValues: oldFile.sheets.map { ($0.part, $0) })
        for name in old.names {
            let (one, other) = (try old.read(name), try new.read(name))
            guard one != other else { continue }
            let sheet = try #require(sheets[name], "\(name) is no sheet")
            let changed = try #require(newFile.sheet(sheet.name))
            let rows = table.rows.filter { $0.sheet == sheet.name }
            let may = Set(rows.flatMap { row in (row.columns.scores + [row.columns.comment]).map { Cell.name(row: row.row, column: $0) } })
            let isIntroduction = sheet.name == CyFunLayout.introduction
            // Without those cells, both are the same to the byte.
            func rest(_ bytes: [UInt8], _ sheet: WorkbookFile.Sheet) -> [UInt8] {
                var (result, place) = ([UInt8](), 0)
                for cell in sheet.cells.values.flatMap(\.values).sorted(by: { $0.bytes.lowerBound < $1.bytes.lowerBound })
                where may.contains(cell.name) || cell.isFormula || isIntroduction && Double(cell.text) != nil {
                    result += bytes[place..<cell.bytes.lowerBound]
                    // A formula stays as it is, but for its stored result.
                    if cell.isFormula {
                        result += Array(String(decoding: bytes[cell.bytes], as: UTF8.self).replacing(/<v>[^<]*<\/v>/, with: "").utf8)
                    }
                    place = cell.bytes.upperBound
                }
                return result + bytes[place...]
            }
            #expect(rest(one, sheet) == rest(other, changed), "\(sheet.name)")
            for style in ["s"] { #expect(styles(one, style) == styles(other, style), "looks and locks stay") }
        }
    }

    private func styles(_ bytes: [UInt8], _ attribute: String) -> [Substring] {
        String(decoding: bytes, as: UTF8.self).matches(of: /<c r="[A-Z]+[0-9]+" (s="[0-9]+")/).map(\.1)
    }

    @Test func `requirements that share a comment's cell have their comments told apart in it, and no stale figure is left`() throws {
        let definition = try Sample.definition("cyfun-2025")
        let part = "xl/worksheets/sheet2.xml"
        let merged = try Sample.changing(try Sample.bytes("cyfun-2025-important"), part: part) { text in
            text.contains("<mergeCells")
                ? text.replacing("</mergeCells>", with: "<mergeCell ref=\"M3:M4\"/></mergeCells>")
                : text.replacing("</sheetData>", with: "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"M3:M4\"/></mergeCells>")
        }
        let filled = try CyFunFilling.fill(
            merged, questionnaire: definition, level: 1,
            answers: answers(definition, 1).mapValues { answer in
                if case .notApplicable = answer { .marks([.score(2), .score(2)]) } else { answer }
            }, notes: ["GV.OC-01.1": "one", "GV.OC-03.1": "two"], day: 1)
        let file = try WorkbookFile(filled, wanted: { _ in true })
        let sheet = try #require(file.sheet("GOVERN"))
        #expect(sheet.cell("M3")?.text == "GV.OC-01.1: one\nGV.OC-03.1: two")
        let read = try Sample.read(filled).sheet
        #expect(read["GV.OC-01.1.note"] == "one" && read["GV.OC-03.1.note"] == "two", "and they come back apart")
        let alone = try Sample.read(
            try CyFunFilling.fill(
                filled, questionnaire: definition, level: 1,
                answers: answers(definition, 1).mapValues { _ in .marks([.score(2), .score(2)]) }, notes: ["GV.OC-03.1": "two"], day: 1)
        ).sheet
        #expect(alone["GV.OC-01.1.note"] == nil && alone["GV.OC-03.1.note"] == "two", "also where only the second has one")
        #expect(file.sheets.flatMap { $0.cells.values.flatMap(\.values) }.allSatisfy { !$0.isFormula || $0.text.isEmpty })
        #expect(file.sheets.contains { $0.cells.values.flatMap(\.values).contains { $0.isFormula } })
    }

    @Test func `a reason and a note come back as they went in, alone, together or in a cell that is shared`() {
        let texts = ["one", "two\nlines", "GV.OC-02.1: not ours", "x: y", "é & <b>"]
        for reason in texts where !reason.contains("\n") {
            for note in [nil, "one", "two\nlines", "a\n\nparagraph"] {
                let text = CyFunComment.text(.notApplicable(reason: reason), note: note) ?? ""
                let found = CyFunComment.reasonAndNote(text)
                #expect(found.reason == reason && found.note == note ?? "")
            }
        }
        #expect(CyFunComment.text(.marks([]), note: nil) == nil && CyFunComment.text(nil, note: "n") == "n")
        for blank in ["", " ", "\n\n", " \n\nsecond"] { #expect(CyFunComment.reasonAndNote(blank).reason == "N/A") }
        let ids = ["GV.OC-01.1", "GV.OC-03.1"]
        #expect(CyFunComment.reasonAndNote("one\ntwo\n\nthe note") == ("one two", "the note"), "a reason is one line in forms")
        let odd = texts + ["GV.OC-03.1: x\nGV.OC-03.1: y\n>GV.OC-01.1: z\n> w\n", "\n\nGV.OC-01.1: "]
        for (one, other) in zip(odd, odd.reversed()) {
            let joined = CyFunComment.joined([(ids[0], one), (ids[1], other)], among: ids)
            #expect(CyFunComment.parted(joined, among: ids) == [ids[0]: one, ids[1]: other])
        }
        #expect(CyFunComment.parted("for both of them", among: ids) == nil)
        #expect(CyFunComment.parted(CyFunComment.joined([(ids[1], "alone")], among: ids), among: ids) == [ids[1]: "alone"])
    }

    @Test func `the day is filled in`() throws {
        let definition = try Sample.definition("cyfun-2025")
        let filled = try CyFunFilling.fill(
            try Sample.bytes("cyfun-2025-basic"), questionnaire: definition, level: 0, answers: answers(definition, 0), notes: [:],
            day: 20_782)
        let sheet = try #require(try WorkbookFile(filled, wanted: { _ in true }).sheet("Introduction"))
        #expect(sheet.cell("T27")?.text == "46351", "2026-11-25 as spreadsheets count")
    }

    @Test func `what the workbook has no cell for is refused, all of it named, or filled with 1 on request`() throws {
        let definition = try Sample.definition("cyfun-2025")
        var answers = answers(definition, 0)
        answers["GV.OC-03.1"] = nil
        answers["RC.RP-01.1"] = .marks([.unknown, .score(4)])
        let bytes = try Sample.bytes("cyfun-2025-basic")
        #expect(throws: WorkbookFaults([.unanswered(id: "GV.OC-03.1"), .unanswered(id: "RC.RP-01.1")])) {
            try CyFunFilling.fill(bytes, questionnaire: definition, level: 0, answers: answers, notes: [:], day: 1)
        }
        let filled = try CyFunFilling.fill(
            bytes, questionnaire: definition, level: 0, answers: answers, notes: [:], day: 1, fillsGaps: true)
        let sheet = try Sample.read(filled).sheet
        #expect(sheet["GV.OC-03.1.documentation"] == "1" && sheet["RC.RP-01.1.documentation"] == "1")
        #expect(sheet["RC.RP-01.1.implementation"] == "4")
    }

    @Test func `what others wrote into its comments does not stay, and a cell for the day that is empty is named`() throws {
        let definition = try Sample.definition("cyfun-2025")
        let bytes = try Sample.bytes("cyfun-2025-basic")
        let written = try Sample.changing(bytes, [("GOVERN", "L3", "somebody else's"), ("GOVERN", "L4", "and more")])
        let answers = answers(definition, 0).mapValues { _ in Answer.marks([.score(2), .score(4)]) }
        let filled = try CyFunFilling.fill(
            written, questionnaire: definition, level: 0, answers: answers, notes: ["GV.RM-03.1": "ours"], day: 1)
        let read = try Sample.read(filled)
        #expect(read.sheet["GV.OC-03.1.note"] == nil && read.sheet["GV.RM-03.1.note"] == "ours")
        #expect(definition.read(read.sheet, level: 0, profile: Profile()).notes.count == 1)
        let empty = try Sample.changing(bytes, [("Introduction", "T27", nil)])
        #expect(throws: WorkbookFaults([.noDay(sheet: "Introduction")])) {
            try CyFunFilling.fill(empty, questionnaire: definition, level: 0, answers: answers, notes: [:], day: 1)
        }
    }

    @Test func `cells in other spellings of XML keep their name and their look`() throws {
        let definition = try Sample.definition("cyfun-2025")
        let odd = try Sample.changing(try Sample.bytes("cyfun-2025-basic"), part: "xl/worksheets/sheet2.xml") { text in
            text.replacing("<c r=\"F3\" s=\"2\"", with: "<c\n\tr='F3'\n s = '2'").replacing("<c r=\"G3\"", with: "<c s=\"2\"  r='G3'")
                .replacing(" r='G3' s=\"2\"", with: " r='G3'")
        }
        let answers = answers(definition, 0).mapValues { _ in Answer.marks([.score(2), .score(4)]) }
        let filled = try CyFunFilling.fill(odd, questionnaire: definition, level: 0, answers: answers, notes: [:], day: 1)
        let read = try Sample.read(filled)
        #expect(definition.read(read.sheet, level: 0, profile: Profile()).answers == answers)
        let sheet = String(decoding: try ZipArchive(filled).read("xl/worksheets/sheet2.xml"), as: UTF8.self)
        #expect(sheet.contains("<c r=\"F3\" s=\"2\"><v>2</v></c>") && sheet.contains("<c s=\"2\" r=\"G3\"><v>4</v></c>"))
    }

    @Test func `a workbook of another level or edition is refused`() throws {
        let (new, old) = (try Sample.definition("cyfun-2025"), try Sample.definition("cyfun-2023"))
        #expect(throws: WorkbookFaults([.otherLevel(of: "cyfun-2025", expected: "important", found: "basic")])) {
            try CyFunFilling.fill(
                try Sample.bytes("cyfun-2025-basic"), questionnaire: new, level: 1, answers: answers(new, 1), notes: [:], day: 1)
        }
        #expect(throws: WorkbookFaults([.otherEdition])) {
            try CyFunFilling.fill(
                try Sample.bytes("cyfun-2025-basic"), questionnaire: old, level: 0, answers: answers(old, 0), notes: [:], day: 1)
        }
    }

    @Test func `SEC-14: in our own workbook text is text, whatever it begins with`() throws {
        let hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "\t=1", "http://x.example", "mailto:x", "<b>&", "\u{1}x", "a\nb"]
        let bytes = try WorkbookWriter.write(
            [
                OutputSheet(
                    name: "One/two: three*four?five[six]seven eight nine", head: ["=2+2"], columns: [OutputColumn("=A", width: 10)],
                    rows: hostile.map { [.text($0)] } + [[.number(2.5)]]),
                OutputSheet(name: "", head: [], columns: [], rows: []),
            ], created: 1_700_000_000)
        let archive = try ZipArchive(bytes)
        // No clock plays a part: the same result is the same file, on any day.
        let core = String(decoding: try archive.read("docProps/core.xml"), as: UTF8.self)
        #expect(core.matches(of: /2023-11-14T22:13:20Z/).count == 2)
        for name in archive.names where name.hasSuffix(".xml") {
            let text = String(decoding: try archive.read(name), as: UTF8.self)
            #expect(!text.contains(/<f[ >]/), "\(name) has a formula")
            #expect(!text.contains("hyperlink"), "\(name) has a link")
        }
        let sheet = try #require(try WorkbookFile(bytes, wanted: { _ in true }).sheets.first)
        #expect((0..<hostile.count).map { sheet.text(4 + $0, 0) } == hostile.map { $0.replacing("\u{1}", with: "") })
        #expect(sheet.text(4 + hostile.count, 0) == "2.5")
        #expect(sheet.text(1, 0) == "=2+2")
    }
}
