import Assessment

@testable import Workbook

/// Workbooks with cells changed.
enum WorkbookTestEdit {
    static func set(_ changes: [(sheet: String, cell: String, text: String)], in bytes: [UInt8]) throws -> [UInt8] {
        let file = try WorkbookFile(bytes, wanted: { _ in true })
        var edits: [String: [Edit]] = [:]
        for change in changes {
            guard let sheet = file.sheet(change.sheet), let cell = sheet.cell(change.cell) else { throw WorkbookFault.foreign }
            edits[sheet.part, default: []].append(Edit(cell, Int64(change.text).map { .number($0) } ?? .text(change.text)))
        }
        var parts: [String: [UInt8]] = [:]
        for (part, edits) in edits { parts[part] = Edit.apply(edits, to: try file.archive.read(part)) }
        return try file.archive.replacing(parts)
    }

    /// As if nobody had filled it in.
    static func allOnes(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = try WorkbookFile(bytes, wanted: CyFunLayout.isWanted)
        var changes: [(sheet: String, cell: String, text: String)] = []
        for sheet in file.sheets {
            guard let columns = try? CyFunColumns(sheet) else { continue }
            for row in sheet.rows where row > 2 && CyFunID.read(sheet.text(row, columns.requirement)) != nil {
                for column in columns.scores { changes.append((sheet.name, Cell.name(row: row, column: column), "1")) }
                if sheet.cells[row]?[columns.comment] != nil {
                    changes.append((sheet.name, Cell.name(row: row, column: columns.comment), ""))
                }
            }
        }
        return try set(changes, in: bytes)
    }
}
