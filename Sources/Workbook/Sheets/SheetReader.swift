/// Reads the cells of one sheet.
final class SheetReader: XMLWalk.Visitor {
    private let shared: [String]
    private var cells: [Int: [Int: Cell]] = [:]
    /// Where a merged cell shows what stands in its first one: that one, by the others' names.
    private var merged: [String: String] = [:]
    private var cell: Cell?
    private var type = ""
    private var value = ""
    private var isInValue = false
    private var isInPhonetics = false
    private var (row, column) = (0, -1)

    private init(shared: [String]) { self.shared = shared }

    static func read(_ bytes: [UInt8], name: String, part: String, shared: [String]) throws(WorkbookFault) -> WorkbookFile.Sheet {
        let reader = SheetReader(shared: shared)
        try XMLWalk.walk(bytes, part: part, reader)
        return WorkbookFile.Sheet(name: name, part: part, cells: reader.cells, merged: reader.merged)
    }

    func begin(_ name: String, _ attributes: [String: String], at bytes: Range<Int>) {
        switch name {
        case "row":
            row = min(attributes["r"].flatMap { Int($0) } ?? row + 1, Cell.lastRow)
            column = -1
        case "c":
            // A cell without a name follows the one before.
            let place = attributes["r"].flatMap(Cell.place) ?? (row, column + 1)
            (row, column) = place
            cell = Cell(row: row, column: column, text: "", bytes: bytes)
            (type, value) = (attributes["t"] ?? "n", "")
        case "f": cell?.isFormula = true
        case "mergeCell": merge(attributes["ref"] ?? "")
        case "rPh": isInPhonetics = true
        case "v", "t": isInValue = cell != nil && !isInPhonetics
        default: break
        }
    }

    /// Only cells below each other matter here: a comment for several requirements.
    private func merge(_ range: String) {
        let ends = range.split(separator: ":").compactMap { Cell.place(String($0)) }
        guard ends.count == 2, ends[0].row < ends[1].row, ends[1].row - ends[0].row < 100, merged.count < 10_000 else { return }
        for row in ends[0].row + 1...ends[1].row {
            merged[Cell.name(row: row, column: ends[0].column)] = Cell.name(row: ends[0].row, column: ends[0].column)
        }
    }

    func text(_ text: String) {
        if isInValue { value.append(text, upTo: Cell.textLimit) }
    }

    func end(_ name: String, at bytes: Range<Int>) {
        switch name {
        case "v", "t": isInValue = false
        case "rPh": isInPhonetics = false
        case "c":
            guard var cell else { return }
            cell.bytes = cell.bytes.lowerBound..<bytes.upperBound
            // TRUE and FALSE are stored as 1 and 0.
            if type == "b" { value = value == "1" ? "TRUE" : "FALSE" }
            cell.text = type == "s" ? Int(value).flatMap { shared.indices.contains($0) ? shared[$0] : nil } ?? "" : value.withoutEscapes
            cells[cell.row, default: [:]][cell.column] = cell
            self.cell = nil
        default: break
        }
    }
}

/// Reads the texts that cells of all sheets share.
final class SharedStrings: XMLWalk.Visitor {
    private var texts: [String] = []
    private var text = ""
    private var isInText = false
    private var isInPhonetics = false

    static func read(_ bytes: [UInt8], part: String) throws(WorkbookFault) -> [String] {
        let reader = SharedStrings()
        try XMLWalk.walk(bytes, part: part, reader)
        return reader.texts
    }

    func begin(_ name: String, _ attributes: [String: String], at bytes: Range<Int>) {
        switch name {
        case "si": text = ""
        case "rPh": isInPhonetics = true
        case "t": isInText = !isInPhonetics
        default: break
        }
    }

    func text(_ text: String) {
        if isInText { self.text.append(text, upTo: Cell.textLimit) }
    }

    func end(_ name: String, at bytes: Range<Int>) {
        switch name {
        case "t": isInText = false
        case "rPh": isInPhonetics = false
        case "si": texts.append(text.withoutEscapes)
        default: break
        }
    }
}

extension String {
    /// - Parameter limit: In bytes; what goes beyond it is left out.
    fileprivate mutating func append(_ more: String, upTo limit: Int) {
        let free = limit - utf8.count
        guard free > 0 else { return }
        self += more.utf8.count <= free ? more : String(decoding: more.utf8.prefix(free), as: UTF8.self)
    }

    /// Spreadsheets write what XML cannot hold, and a carriage return, as `_x000D_`. Control characters go.
    var withoutEscapes: String {
        guard utf8.contains(UInt8(ascii: "_")) else { return self }
        let bytes = Array(utf8)
        var (result, place) = ([UInt8](), 0)
        result.reserveCapacity(bytes.count)
        while place < bytes.count {
            guard let scalar = Self.escape(bytes[place...].prefix(7)) else {
                result.append(bytes[place])
                place += 1
                continue
            }
            if scalar.value >= 0x20 && scalar.value != 0x7F || "\n\r\t".unicodeScalars.contains(scalar) {
                result += Array(String(scalar).utf8)
            }
            place += 7
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func escape(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
        let start = bytes.startIndex
        guard bytes.count == 7, bytes[start] == UInt8(ascii: "_"), bytes[start + 1] == UInt8(ascii: "x"),
            bytes[start + 6] == UInt8(ascii: "_")
        else { return nil }
        var value: UInt32 = 0
        for byte in bytes[(start + 2)..<(start + 6)] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return Unicode.Scalar(value)
    }
}
