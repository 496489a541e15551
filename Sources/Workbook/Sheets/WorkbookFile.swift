/// A workbook: its sheets by name, in order.
struct WorkbookFile {
    struct Sheet {
        let name: String
        let part: String
        /// By row, then by column.
        let cells: [Int: [Int: Cell]]
        /// The first cell of a merged one, by the names of those below it.
        let merged: [String: String]

        func text(_ row: Int, _ column: Int) -> String { cells[row]?[column]?.text ?? "" }
        func label(_ row: Int, _ column: Int) -> String { cells[row]?[column]?.label ?? "" }
        func cell(_ name: String) -> Cell? { Cell.place(name).flatMap { cells[$0.row]?[$0.column] } }
        var rows: [Int] { cells.keys.sorted() }
    }

    let archive: ZipArchive
    let sheets: [Sheet]

    /// In all sheets together; the largest official workbook has 12,000.
    private static let cellLimit = 300_000

    /// - Parameter wanted: Which sheets are read at all.
    init(_ bytes: [UInt8], wanted: (String) -> Bool) throws(WorkbookFault) {
        archive = try ZipArchive(bytes)
        guard archive.has("xl/workbook.xml"), archive.has("[Content_Types].xml") else { throw .notAWorkbook }
        let types = String(decoding: try archive.read("[Content_Types].xml"), as: UTF8.self).lowercased()
        guard !types.contains("vbaproject"), !types.contains("macroenabled") else { throw .macros }
        guard !archive.names.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") || $0.lowercased().contains("macrosheets/") })
        else { throw .macros }
        let outline = try Outline.read(archive)
        guard !outline.hasMacros else { throw .macros }
        try Self.refuseDocumentTypes(archive)
        let hasShared = archive.has("xl/sharedStrings.xml")
        let shared = hasShared ? try SharedStrings.read(try archive.read("xl/sharedStrings.xml"), part: "xl/sharedStrings.xml") : []
        // The official ones have eleven sheets, each in a part of its own.
        guard outline.sheets.count <= 100, Set(outline.sheets.map(\.part)).count == outline.sheets.count else { throw .tooMuch }
        var (sheets, cells) = ([Sheet](), 0)
        for (name, part) in outline.sheets where wanted(name) {
            let sheet = try SheetReader.read(try archive.read(part), name: name, part: part, shared: shared)
            cells += sheet.cells.values.reduce(0) { $0 + $1.count }
            guard cells <= Self.cellLimit else { throw .tooMuch }
            sheets.append(sheet)
        }
        self.sheets = sheets
    }

    /// Also in parts that are not read here: whoever opens what comes back reads them.
    private static func refuseDocumentTypes(_ archive: ZipArchive) throws(WorkbookFault) {
        for name in archive.names.sorted() where name.lowercased().hasSuffix(".xml") || name.lowercased().hasSuffix(".rels") {
            var rest = try archive.read(name)[...]
            // An exclamation mark is rarer than a tag.
            while let mark = rest.firstIndex(of: UInt8(ascii: "!")) {
                rest = rest[(mark + 1)...]
                guard !rest.starts(with: Array("DOCTYPE".utf8)) else { throw .documentType(part: name) }
            }
        }
    }

    /// Where a place "GOVERN!L3" has a text.
    func has(textAt place: String) -> Bool {
        let sides = place.split(separator: "!", maxSplits: 1).map(String.init)
        return sides.count == 2 && sheet(sides[0])?.cell(sides[1])?.text.isEmpty == false
    }

    func sheet(_ name: String) -> Sheet? { sheets.first { $0.name == name } }
}

/// Names of sheets and the parts they are in.
private final class Outline: XMLWalk.Visitor {
    private var sheets: [(name: String, relation: String)] = []
    private var targets: [String: String] = [:]
    private var hasMacros = false

    static func read(_ archive: ZipArchive) throws(WorkbookFault) -> (sheets: [(name: String, part: String)], hasMacros: Bool) {
        let outline = Outline()
        for part in ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
            try XMLWalk.walk(try archive.read(part), part: part, outline)
        }
        let sheets = outline.sheets.compactMap { sheet in
            outline.targets[sheet.relation].map { (sheet.name, $0.hasPrefix("/") ? String($0.dropFirst()) : "xl/" + $0) }
        }
        return (sheets, outline.hasMacros)
    }

    func begin(_ name: String, _ attributes: [String: String], at bytes: Range<Int>) {
        switch name {
        case "sheet": sheets.append((attributes["name"] ?? "", attributes["id"] ?? ""))
        case "Relationship":
            targets[attributes["Id"] ?? ""] = attributes["Target"] ?? ""
            if attributes["Type"]?.lowercased().contains("vbaproject") == true { hasMacros = true }
        default: break
        }
    }

    func text(_ text: String) {}
    func end(_ name: String, at bytes: Range<Int>) {}
}
