/// Writes CSV by RFC 4180 with a byte order mark, so that spreadsheet programs read it as UTF-8.
/// A cell that a program could take for a formula gets an apostrophe in front (SEC-14).
struct CSVText {
    private(set) var text = "\u{FEFF}"

    mutating func row(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ",") + "\r\n"
    }

    static func cell(_ value: String) -> String {
        let triggers: [UInt8] = [
            UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"),
            UInt8(ascii: "\n"), 0,
        ]
        let isRisky = value.utf8.first.map(triggers.contains) ?? false || value.hasPrefix("＝") || value.hasPrefix("＋")
            || value.hasPrefix("－") || value.hasPrefix("＠")
        let guarded = isRisky ? "'\(value)" : value
        let needsQuotes = guarded.utf8.contains { [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: ";"), 10, 13, 9].contains($0) }
        return needsQuotes ? "\"\(guarded.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"" : guarded
    }
}
