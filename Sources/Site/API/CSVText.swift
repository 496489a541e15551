/// Writes CSV by RFC 4180 with a byte order mark, so that spreadsheet programs read it as UTF-8.
/// A cell that a program could take for a formula gets an apostrophe in front (SEC-14).
struct CSVText {
    private(set) var text = "\u{FEFF}"

    mutating func row(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    /// Looks at scalars: a quote followed by a combining mark is one `Character`, and would go out undoubled.
    static func cell(_ value: String) -> String {
        var cell = String.UnicodeScalarView()
        if let first = value.unicodeScalars.first, formulaSigns.contains(first) { cell.append("'") }
        for scalar in value.unicodeScalars {
            if scalar == "\"" { cell.append("\"") }
            cell.append(scalar)
        }
        let needsQuotes = cell.contains { separators.contains($0) }
        return needsQuotes ? "\"\(String(cell))\"" : String(cell)
    }

    private static let formulaSigns: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
    private static let separators: Set<Unicode.Scalar> = [",", ";", "\"", "\n", "\r", "\t"]
}
