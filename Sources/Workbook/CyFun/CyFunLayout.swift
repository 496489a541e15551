import Assessment

/// How the self-assessment workbooks of an edition of CyFun are laid out. Sheets and columns are found by their titles, never by
/// their place, for the columns differ between levels.
struct CyFunLayout {
    /// One sheet with requirements, of one level or of one function.
    struct Part {
        let sheet: String
        var level: String?
        /// What its ids begin with.
        var function: String?
    }

    let questionnaire: String
    let parts: [Part]

    static let all = [
        CyFunLayout(
            questionnaire: "cyfun-2025",
            parts: [
                ("GOVERN", "GV"), ("IDENTIFY", "ID"), ("PROTECT", "PR"), ("DETECT", "DE"), ("RESPOND", "RS"), ("RECOVER", "RC"),
            ].map { Part(sheet: $0, function: $1) }),
        CyFunLayout(
            questionnaire: "cyfun-2023",
            parts: ["basic", "important", "essential"].map { Part(sheet: "\($0.uppercased()) Details", level: $0) }),
    ]

    /// Scores that the official workbook of 2023 (V2025-08-04) has although nobody has filled it in.
    static let strays = [
        "cyfun-2023 PR.IP-4.1 BASIC Details": [4, 4], "cyfun-2023 RS.AN-5.1 IMPORTANT Details": [4, 3],
        "cyfun-2023 ID.AM-2.1 ESSENTIAL Details": [3, 1], "cyfun-2023 ID.AM-2.2 ESSENTIAL Details": [1, 3],
        "cyfun-2023 ID.AM-2.3 ESSENTIAL Details": [1, 4],
    ]

    /// Titles stand in this row, data below.
    static let titleRow = 2
    static let introduction = "Introduction"
    /// Behind this sentence stands the day on which the self-assessment was completed.
    static let completion = "This self-assessment was completed"

    /// Which of a workbook's sheets are read.
    static func isWanted(_ sheet: String) -> Bool {
        sheet == introduction || sheet.hasSuffix("Summary") || all.contains { $0.parts.contains { $0.sheet == sheet } }
    }

    func fits(_ file: WorkbookFile) -> Bool { parts.allSatisfy { file.sheet($0.sheet) != nil } }
}

/// The titles of a sheet's columns; of two that are the same the one on the left counts.
struct CyFunTitles {
    private let columns: [(title: String, column: Int)]

    init(_ sheet: WorkbookFile.Sheet) {
        columns = (sheet.cells[CyFunLayout.titleRow] ?? [:]).sorted { $0.key < $1.key }.map { ($1.title, $0) }
    }

    subscript(title: String) -> Int? { columns.first { $0.title == title.lowercased() }?.column }
    subscript(beginningWith title: String) -> Int? { columns.first { $0.title.hasPrefix(title.lowercased()) }?.column }
}

/// The columns of a sheet with requirements.
struct CyFunColumns {
    let subcategory: Int
    let requirement: Int
    /// Documentation, implementation.
    let scores: [Int]
    let comment: Int

    init(_ sheet: WorkbookFile.Sheet) throws(WorkbookFault) {
        let titles = CyFunTitles(sheet)
        func column(_ title: String) throws(WorkbookFault) -> Int {
            guard let column = titles[title] ?? titles[beginningWith: title] else {
                throw .columnMissing(sheet: sheet.name, title: title)
            }
            return column
        }
        subcategory = try column("Subcategory")
        requirement = try column("Requirement")
        scores = [try column("Documentation Score"), try column("Implementation Score")]
        comment = try column("Comments")
    }
}

/// A requirement's id as workbooks write it, in their several spellings.
enum CyFunID {
    /// `GV.OC-03.1`, `BASIC_ID.AM-1.1:`, `ID.AM-5.1`, `DE.CM-03-1`, `R.AC-3.4`.
    static func read(_ text: String) -> (category: String, subcategory: Int, number: Int)? {
        guard
            let match = text.prefixMatch(
                of: /\s*(?:(?:BASIC|IMPORTANT|ESSENTIAL)[_ ]+)?([A-Z]{1,2}\.[A-Z]{2})\s*-?\s*(\d{1,2})[.\-](\d{1,2})\s*:?/.ignoresCase()),
            let subcategory = Int(match.2), let number = Int(match.3)
        else { return nil }
        let category = match.1.uppercased() == "R.AC" ? "PR.AC" : match.1.uppercased()
        return (category, subcategory, number)
    }

    /// Among the ids of a questionnaire; in 2025 the subcategory has two digits. The official workbook of 2023 misprints ID.BE-2.1,
    /// 3.1 and 4.1 as ID.BE-1.2, 1.3 and 1.4: there the subcategory's own cell decides.
    static func find(_ text: String, subcategory: String, among ids: Set<String>) -> String? {
        guard let read = read(text) else { return nil }
        if read.category == "ID.BE", read.subcategory == 1, (2...4).contains(read.number),
            subcategory.prefixMatch(of: /\s*ID\.BE-?([0-9])/).flatMap({ Int($0.1) }) == read.number
        {
            return "ID.BE-\(read.number).1"
        }
        let padded = (read.subcategory < 10 ? "0" : "") + String(read.subcategory)
        return ["\(read.category)-\(read.subcategory).\(read.number)", "\(read.category)-\(padded).\(read.number)"].first(
            where: ids.contains)
    }
}
