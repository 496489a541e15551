import Assessment

/// The requirements of one level in a workbook, with where their scores and comments stand.
struct CyFunTable {
    struct Row {
        let id: String
        let sheet: String
        let row: Int
        let columns: CyFunColumns
    }

    /// More help nobody: it is another kind of file.
    private static let faultLimit = 500

    let questionnaire: Questionnaire
    private(set) var rows: [Row] = []
    private(set) var sheet: AnswerSheet = [:]
    private(set) var faults: [WorkbookFault] = []
    private(set) var isUntouched = true
    private(set) var level = 0
    private var texts: [String: (scores: [(cell: String, text: String)], comment: (cell: String, text: String))] = [:]

    var levelID: String { questionnaire.levels[level].id }

    /// - Parameter level: The level of the sheets; `nil` where it follows from which requirements are there.
    init(_ file: WorkbookFile, _ parts: [CyFunLayout.Part], _ questionnaire: Questionnaire, level: String?) {
        self.questionnaire = questionnaire
        let ids = Set(questionnaire.questions.map(\.id))
        var found: Set<String> = []
        for part in parts {
            guard let sheet = file.sheet(part.sheet) else { continue }
            do throws(WorkbookFault) {
                try read(sheet, ids, &found)
            } catch {
                faults.append(error)
            }
        }
        self.level =
            level.flatMap(questionnaire.levelIndex) ?? questionnaire.questions.filter { found.contains($0.id) }.map(\.level).max() ?? 0
        for question in questionnaire.questions where question.level <= self.level && !found.contains(question.id) {
            let home = parts.first { $0.function.map(question.id.hasPrefix) ?? true } ?? parts[0]
            faults.append(.requirementMissing(sheet: home.sheet, id: question.id))
        }
        for row in rows { take(row) }
    }

    private mutating func read(_ sheet: WorkbookFile.Sheet, _ ids: Set<String>, _ found: inout Set<String>) throws(WorkbookFault) {
        let columns = try CyFunColumns(sheet)
        var subcategory = ""
        for row in sheet.rows where row > CyFunLayout.titleRow {
            if !sheet.label(row, columns.subcategory).isEmpty { subcategory = sheet.label(row, columns.subcategory) }
            let text = sheet.label(row, columns.requirement)
            let cell = Cell.name(row: row, column: columns.requirement)
            guard faults.count < Self.faultLimit else { throw .tooMuch }
            // "No requirement", with guidance only, carries no id and no score; neither do empty rows.
            guard CyFunID.read(text) != nil else {
                if let column = columns.scores.first(where: { !sheet.text(row, $0).allSatisfy(\.isWhitespace) }) {
                    faults.append(
                        .strayScore(
                            sheet: sheet.name, cell: Cell.name(row: row, column: column), text: String(sheet.text(row, column).prefix(40))))
                }
                continue
            }
            guard let id = CyFunID.find(text, subcategory: subcategory, among: ids) else {
                faults.append(.unknownRequirement(sheet: sheet.name, cell: cell, text: String(text.prefix(40))))
                continue
            }
            guard found.insert(id).inserted else {
                faults.append(.requirementTwice(sheet: sheet.name, cell: cell, id: id))
                continue
            }
            rows.append(Row(id: id, sheet: sheet.name, row: row, columns: columns))
            let place = { (column: Int) in (cell: Cell.name(row: row, column: column), text: sheet.text(row, column)) }
            texts[id] = (columns.scores.map(place), place(columns.comment))
        }
        tellApart(sheet)
    }

    /// The comments of requirements that share a cell, where it says which is for which.
    private mutating func tellApart(_ sheet: WorkbookFile.Sheet) {
        let own = rows.filter { $0.sheet == sheet.name }
        let shared = Dictionary(grouping: own) { row in
            let name = Cell.name(row: row.row, column: row.columns.comment)
            return sheet.merged[name] ?? name
        }
        for (cell, rows) in shared where rows.count > 1 {
            guard let text = sheet.cell(cell)?.text.replacing("\r\n", with: "\n"),
                let parts = CyFunComment.parted(text, among: rows.map(\.id))
            else { continue }
            for row in rows { texts[row.id]?.comment = (cell, parts[row.id] ?? "") }
        }
    }

    private mutating func take(_ row: Row) {
        guard let question = questionnaire.question(row.id), let texts = texts[row.id] else { return }
        let comment = texts.comment.text.replacing("\r\n", with: "\n")
        if !comment.allSatisfy(\.isWhitespace) { isUntouched = false }
        let marks = texts.scores.map { Self.mark($0.text, scale: questionnaire.scale) }
        for (mark, place) in zip(marks, texts.scores) where mark == nil {
            faults.append(.oddScore(sheet: row.sheet, cell: place.cell, text: String(place.text.prefix(40))))
        }
        let strays = CyFunLayout.strays["\(questionnaire.id) \(row.id) \(row.sheet)"] ?? []
        let isLowest = marks.allSatisfy { $0 == .score(questionnaire.scale.lowerBound) }
        if !isLowest, marks != strays.map({ .score($0) }) { isUntouched = false }
        guard !marks.contains(nil) else { return write(comment, .note, row, texts.comment.cell) }
        if let place = zip(marks, texts.scores).first(where: { $0.0 == .notApplicable })?.1 {
            guard questionnaire.mayBeNotApplicable(question, at: level) else {
                return faults.append(.notApplicableRefused(sheet: row.sheet, cell: place.cell, id: row.id))
            }
            sheet[questionnaire.field(.aspect(0), of: row.id).name] = Choice.notApplicable.value
            let (reason, note) = CyFunComment.reasonAndNote(comment)
            write(reason, .reason, row, texts.comment.cell)
            return write(note, .note, row, texts.comment.cell)
        }
        write(comment, .note, row, texts.comment.cell)
        for (aspect, mark) in marks.enumerated() { sheet[questionnaire.field(.aspect(aspect), of: row.id).name] = mark?.value ?? "" }
    }

    private mutating func write(_ text: String, _ part: AnswerField.Part, _ row: Row, _ cell: String) {
        let (length, limit) = (text.unicodeScalars.count, Questionnaire.textLimit)
        if length > limit { faults.append(.commentTooLong(sheet: row.sheet, cell: cell, length: length, limit: limit)) }
        if !text.allSatisfy(\.isWhitespace) { sheet[questionnaire.field(part, of: row.id).name] = text }
    }

    /// A score as spreadsheets store it: `3`, `3.0`, "3", "N/A".
    static func mark(_ text: String, scale: ClosedRange<Int>) -> Choice? {
        let text = text.split(whereSeparator: \.isWhitespace).joined()
        if ["n/a", "na"].contains(text.lowercased()) { return .notApplicable }
        guard let match = text.wholeMatch(of: /([0-9]{1,3})(?:\.0+)?/), let score = Int(match.1), scale.contains(score) else { return nil }
        return .score(score)
    }
}
