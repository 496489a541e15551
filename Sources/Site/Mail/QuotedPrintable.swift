/// A text's UTF-8 in printable ASCII lines of at most 76 characters (RFC 2045 §6.7), which end in LF.
enum QuotedPrintable {
    private static let lineLimit = 76

    static func encoded(_ text: String) -> [UInt8] {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(text.utf8.count * 5 / 4)
        for line in lines(text) {
            var length = 0
            for (index, byte) in line.enumerated() {
                let isPlain = isPlain(byte, isLast: index == line.count - 1)
                let width = isPlain ? 1 : 3
                // One place stays free for the sign that the line goes on.
                if length + width >= lineLimit {
                    encoded += "=\n".utf8
                    length = 0
                }
                if isPlain { encoded.append(byte) } else { encoded += escape(byte).utf8 }
                length += width
            }
            encoded.append(UInt8(ascii: "\n"))
        }
        return encoded
    }

    /// `=C3`.
    static func escape(_ byte: UInt8) -> String { "=\(digit(byte >> 4))\(digit(byte & 15))" }

    private static func digit(_ value: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10)
    }

    /// Between line ends of any kind; the last line needs none.
    private static func lines(_ text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var previous: UInt8 = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\n") where previous == UInt8(ascii: "\r"): break
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): lines.append([])
            default: lines[lines.count - 1].append(byte)
            }
            previous = byte
        }
        if lines.last == [] { lines.removeLast() }
        return lines
    }

    /// A blank at the end of a line would get lost on the way.
    private static func isPlain(_ byte: UInt8, isLast: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): !isLast
        case UInt8(ascii: "="): false
        default: (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte)
        }
    }
}
