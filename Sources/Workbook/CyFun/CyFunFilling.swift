import Assessment

/// Fills a blank official workbook: the cells for scores, comments and the day. Every other byte of its parts stays, but for the
/// results that formulas were stored with: those are of the blank workbook, and a program that trusts them would show them.
public enum CyFunFilling {
    /// - Parameters:
    ///   - answers: Checked answers of the level.
    ///   - day: Days since 1970-01-01: when the self-assessment was completed.
    ///   - fillsGaps: Writes the lowest score where there is no answer or "I don't know"; otherwise these are refused, all named.
    public static func fill(
        _ bytes: [UInt8], questionnaire: Questionnaire, level: Int, answers: Answers, notes: [String: String], day: Int64,
        fillsGaps: Bool = false
    ) throws(WorkbookFaults) -> [UInt8] {
        let file: WorkbookFile
        do {
            file = try WorkbookFile(bytes, wanted: CyFunLayout.isWanted)
        } catch {
            throw WorkbookFaults([error])
        }
        guard let layout = CyFunLayout.all.first(where: { $0.questionnaire == questionnaire.id }), layout.fits(file) else {
            throw WorkbookFaults([CyFunLayout.all.contains { $0.fits(file) } ? .otherEdition : .foreign])
        }
        let wanted = questionnaire.levels[level].id
        let parts = layout.parts.filter { $0.level == nil || $0.level == wanted }
        let table = CyFunTable(file, parts, questionnaire, level: parts.count == 1 ? wanted : nil)
        guard table.levelID == wanted else {
            throw WorkbookFaults([.otherLevel(of: questionnaire.id, expected: wanted, found: table.levelID)])
        }
        guard table.faults.isEmpty else { throw WorkbookFaults(table.faults) }
        var edits: [String: [Edit]] = [:]
        var comments: [String: (texts: [(id: String, text: String)], ids: [String])] = [:]
        var faults: [WorkbookFault] = []
        for row in table.rows {
            guard let scores = scores(answers[row.id], questionnaire, fillsGaps: fillsGaps) else {
                faults.append(.unanswered(id: row.id))
                continue
            }
            do {
                for (score, column) in zip(scores, row.columns.scores) {
                    let name = Cell.name(row: row.row, column: column)
                    try add(score.map { .number(Int64($0)) } ?? .text("N/A"), to: name, on: row.sheet, of: file, &edits)
                }
            } catch {
                faults.append(error)
            }
            let name = Cell.name(row: row.row, column: row.columns.comment)
            let place = "\(row.sheet)!\(file.sheet(row.sheet)?.merged[name] ?? name)"
            // Also where there is none: what somebody else wrote does not stay beside these scores.
            comments[place, default: ([], [])].ids.append(row.id)
            if let text = CyFunComment.text(answers[row.id], note: notes[row.id]) { comments[place]?.texts.append((row.id, text)) }
        }
        guard faults.isEmpty else { throw WorkbookFaults(faults) }
        guard let (sheet, cell) = completion(file) else { throw WorkbookFaults([.noDay(sheet: CyFunLayout.introduction)]) }
        edits[sheet.part, default: []].append(Edit(cell, .number(day + excelEpoch)))
        do {
            for (place, comment) in comments where !comment.texts.isEmpty || file.has(textAt: place) {
                let sides = place.split(separator: "!", maxSplits: 1).map(String.init)
                let text = CyFunComment.joined(comment.texts, among: comment.ids)
                let content = comment.texts.isEmpty ? Edit.Content.nothing : .text(text)
                try add(content, to: sides[1], on: sides[0], of: file, &edits)
            }
            for sheet in file.sheets {
                for cell in sheet.cells.values.flatMap(\.values) where cell.isFormula {
                    edits[sheet.part, default: []].append(Edit(cell, .noResult))
                }
            }
            var replaced: [String: [UInt8]] = [:]
            for (part, edits) in edits { replaced[part] = Edit.apply(edits, to: try file.archive.read(part)) }
            return try file.archive.replacing(replaced)
        } catch {
            throw WorkbookFaults([error])
        }
    }

    private static func add(
        _ content: Edit.Content, to cell: String, on sheet: String, of file: WorkbookFile, _ edits: inout [String: [Edit]]
    ) throws(WorkbookFault) {
        guard let sheet = file.sheet(sheet) else { throw .damaged(part: sheet) }
        guard let cell = sheet.cell(cell) else { throw .damaged(part: sheet.part) }
        edits[sheet.part, default: []].append(Edit(cell, content))
    }

    /// Spreadsheets count days from 1899-12-30.
    private static let excelEpoch: Int64 = 25_569

    /// Per aspect; `nil` stands for "N/A". Nothing where there is no answer that the workbook has a cell for.
    private static func scores(_ answer: Answer?, _ questionnaire: Questionnaire, fillsGaps: Bool) -> [Int?]? {
        let gap = fillsGaps ? questionnaire.scale.lowerBound : nil
        switch answer {
        case .notApplicable: return questionnaire.aspects.map { _ in nil }
        case .marks(let marks):
            let scores = marks.map { $0?.score ?? gap }
            return scores.contains(nil) ? nil : scores
        case nil: return gap.map { gap in questionnaire.aspects.map { _ in gap } }
        }
    }

    /// The cell for the day: the first figure behind the sentence that says so.
    private static func completion(_ file: WorkbookFile) -> (sheet: WorkbookFile.Sheet, cell: Cell)? {
        guard let sheet = file.sheet(CyFunLayout.introduction) else { return nil }
        for row in sheet.rows {
            let cells = (sheet.cells[row] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
            guard let label = cells.firstIndex(where: { $0.text.hasPrefix(CyFunLayout.completion) }) else { continue }
            return cells[(label + 1)...].first { Double($0.text) != nil }.map { (sheet, $0) }
        }
        return nil
    }
}

/// A cell's new content. Its name and its look stay.
struct Edit {
    enum Content {
        case number(Int64)
        case text(String)
        case nothing
        /// A formula stays, without the result that was stored with it.
        case noResult
    }

    let cell: Cell
    let content: Content

    init(_ cell: Cell, _ content: Content) {
        self.cell = cell
        self.content = content
    }

    static func apply(_ edits: [Edit], to part: [UInt8]) -> [UInt8] {
        var (result, place) = ([UInt8](), 0)
        result.reserveCapacity(part.count + edits.count * 64)
        // New content wins over taking a stored result away from the same cell.
        let inOrder = edits.sorted { ($0.cell.bytes.lowerBound, $0.rank) < ($1.cell.bytes.lowerBound, $1.rank) }
        for edit in inOrder where edit.cell.bytes.lowerBound >= place {
            result += part[place..<edit.cell.bytes.lowerBound]
            result += edit.element(instead: Array(part[edit.cell.bytes]))
            place = edit.cell.bytes.upperBound
        }
        return result + part[place...]
    }

    private var rank: Int { if case .noResult = content { 1 } else { 0 } }

    /// The element with its own tag and attributes, but for the type.
    private func element(instead old: [UInt8]) -> [UInt8] {
        let text = String(decoding: old, as: UTF8.self)
        let tag = text.prefix { $0 != ">" && $0 != "/" && !$0.isWhitespace }
        let start = text.prefix { $0 != ">" }
        let attributes = start.matches(of: /\s(r|s)\s*=\s*(?:"([0-9A-Za-z]*)"|'([0-9A-Za-z]*)')/).map { match in
            " \(match.1)=\"\(match.2 ?? match.3 ?? "")\""
        }.joined()
        let name = tag.dropFirst()
        let prefix = name.contains(":") ? String(name.prefix { $0 != ":" }) + ":" : ""
        switch content {
        case .noResult: return Array(text.replacing(/<([A-Za-z]+:)?v>[^<]*<\/([A-Za-z]+:)?v>/, with: "").utf8)
        case .nothing: return Array("\(tag)\(attributes)/>".utf8)
        case .number(let number): return Array("\(tag)\(attributes)><\(prefix)v>\(number)</\(prefix)v></\(name)>".utf8)
        case .text(let text):
            let body = "<\(prefix)is><\(prefix)t xml:space=\"preserve\">\(Self.escaped(text))</\(prefix)t></\(prefix)is>"
            return Array("\(tag)\(attributes) t=\"inlineStr\">\(body)</\(name)>".utf8)
        }
    }

    /// What XML can hold; what looks like an escape of a spreadsheet is escaped itself.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.replacing("\r\n", with: "\n").replacing(/_x[0-9A-Fa-f]{4}_/, with: { "_x005F" + $0.0 }).unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\n", "\t": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
