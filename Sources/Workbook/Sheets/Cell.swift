/// A cell of a sheet: where it stands, what it shows, and where its XML lies.
struct Cell {
    /// From 1.
    let row: Int
    /// From 0: A is 0.
    let column: Int
    /// What it shows, a formula's stored result included; nothing is computed.
    var text: String
    /// Of the whole element in its part.
    var bytes: Range<Int>
    var isFormula = false

    /// More than the 32,767 characters that spreadsheets allow, in bytes. A longer text is in no real workbook.
    static let textLimit = 131_072

    /// The beginning of the text, which is all that titles and ids need, however long somebody made it.
    var label: String { String(text.unicodeScalars.prefix(200)) }

    /// The label as titles are compared: in lower case, with single blanks.
    var title: String { label.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased() }

    /// The last row that spreadsheets have.
    static let lastRow = 1_048_576

    var name: String { Self.name(row: row, column: column) }

    static func name(row: Int, column: Int) -> String {
        var (letters, rest) = ("", column)
        repeat {
            letters = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + letters
            rest = rest / 26 - 1
        } while rest >= 0
        return letters + String(row)
    }

    /// Row and column of a name such as `AB12`; `nil` for anything else.
    static func place(_ name: String) -> (row: Int, column: Int)? {
        var (column, row) = (0, 0)
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where row == 0: column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"): row = row * 10 + Int(byte - UInt8(ascii: "0"))
            default: return nil
            }
            guard column <= 16_384, row <= lastRow else { return nil }
        }
        return column > 0 && row > 0 ? (row, column - 1) : nil
    }
}
