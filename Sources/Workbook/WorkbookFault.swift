/// What is wrong with a workbook, and where. Cells are named as a spreadsheet names them: `G12`.
public enum WorkbookFault: Error, Sendable, Hashable {
    /// No .xlsx at all.
    case notAWorkbook
    /// Protected by a password that must be given to open it, or an .xls of before 2007.
    case encrypted
    /// It has macros.
    case macros
    /// Unpacked it would take more than the limit, in bytes.
    case tooLarge(limit: Int)
    /// It holds far more parts, sheets, cells or levels of XML than any official workbook.
    case tooMuch
    /// It is cut off, or its parts are damaged.
    case damaged(part: String)
    /// A part declares a document type: entities are not read.
    case documentType(part: String)
    /// A workbook, but none of the framework that is known here.
    case foreign
    case columnMissing(sheet: String, title: String)
    case unknownRequirement(sheet: String, cell: String, text: String)
    case requirementTwice(sheet: String, cell: String, id: String)
    case requirementMissing(sheet: String, id: String)
    /// Neither a whole number of the scale nor "N/A".
    case oddScore(sheet: String, cell: String, text: String)
    case notApplicableRefused(sheet: String, cell: String, id: String)
    /// In characters.
    case commentTooLong(sheet: String, cell: String, length: Int, limit: Int)
    /// Something was filled in at several levels of the questionnaire; which one is meant?
    case severalLevels(of: String, [String])
    /// Every score is the lowest, as in a blank one: was it filled in?
    case untouched(of: String, level: String)
    /// To be filled in, it must be the workbook of this level and edition.
    case otherLevel(of: String, expected: String, found: String)
    /// To be filled in, it must be the workbook of this edition.
    case otherEdition
    /// The cell for the day of completion has no day that could be replaced.
    case noDay(sheet: String)
    /// A row has a score and names no requirement.
    case strayScore(sheet: String, cell: String, text: String)
    /// The workbook has no cell for "I don't know" or "no answer yet".
    case unanswered(id: String)
}
