import Store

/// Writes one header, its line end included. Whatever text it gets, it stays this one header in printable ASCII:
/// control characters become blanks, everything else that is not ASCII is encoded (RFC 5322, RFC 2047).
enum MailHeader {
    /// Lines with encoded words may have 76 characters (RFC 2047 §2); all others try to.
    static let lineLimit = 76
    /// An address in a command of SMTP has at most 256 bytes with its angle brackets (RFC 5321 §4.5.3.1.3).
    static let addressLimit = 254

    /// Text as it is where it fits on the line, in encoded words where not.
    static func text(_ name: String, _ value: String) -> String {
        let value = value.onOneLine
        let isPlain = isPlainASCII(value) && name.utf8.count + 2 + value.utf8.count <= lineLimit
        return "\(name): \(isPlain ? value : EncodedWords.encode(value, column: name.utf8.count + 2))\n"
    }

    /// `"Name" <address>`: a quoted string says what an encoded word would, and no filter takes it for disguise.
    static func mailbox(_ name: String, name displayName: String, address: String) -> String {
        let displayName = displayName.onOneLine
        guard !displayName.isEmpty else { return "\(name): <\(cleaned(address))>\n" }
        let quoted = "\"\(displayName.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined())\""
        let isPlain = isPlainASCII(displayName) && name.utf8.count + 2 + quoted.utf8.count <= lineLimit
        // The address has a line to itself: only lines with encoded words are limited to 76.
        return "\(name): \(isPlain ? quoted : EncodedWords.encode(displayName, column: name.utf8.count + 2))\n <\(cleaned(address))>\n"
    }

    static func address(_ name: String, _ address: String) -> String { "\(name): \(cleaned(address))\n" }

    /// Text of our own making without blanks, such as an identifier; what does not belong in one is left out.
    static func token(_ name: String, _ value: String) -> String {
        "\(name): \(String(String.UnicodeScalarView(value.unicodeScalars.filter { ("!"..."~").contains($0) })))\n"
    }

    /// `Mon, 23 Nov 2026 08:15:30 +0000`.
    static func moment(_ name: String, _ moment: Timestamp) -> String {
        let milliseconds = moment.milliseconds
        let days = milliseconds / Timestamp.millisecondsPerDay - (milliseconds % Timestamp.millisecondsPerDay < 0 ? 1 : 0)
        // 1970-01-01 was a Thursday.
        let weekday = weekdays[Int((days % 7 + 7) % 7)]
        let time = moment.iso8601.suffix(9).dropLast()
        return "\(name): \(weekday), \(moment.day) \(months[moment.month - 1]) \(moment.year) \(time) +0000\n"
    }

    /// Whether a mail program can be given this address: `name@domain` in ASCII, without quotes, comments or lists.
    static func isPlainAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= addressLimit
            && text.unicodeScalars.allSatisfy(isPlain)
    }

    private static func cleaned(_ address: String) -> String {
        String(String.UnicodeScalarView(address.unicodeScalars.map { isPlain($0) ? $0 : " " }))
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        ("!"..."~").contains(scalar) && !"()<>[]:;,\\\"".unicodeScalars.contains(scalar)
    }

    /// Text that looks like an encoded word must become one, or a reader would decode it.
    private static func isPlainASCII(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } && !text.utf8.contains("=?".utf8) }

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}

/// Text in a header as `=?utf-8?Q?…?=` (RFC 2047), in as many words and lines as it takes.
enum EncodedWords {
    /// `column` is how much of the first line is taken.
    static func encode(_ text: String, column: Int) -> String {
        var encoded = start
        var length = column + start.utf8.count
        for scalar in text.unicodeScalars {
            let piece = piece(scalar)
            // Never within a character: each word must be whole UTF-8.
            if length + piece.utf8.count + end.utf8.count > MailHeader.lineLimit {
                encoded += "\(end)\n \(start)"
                length = 1 + start.utf8.count
            }
            encoded += piece
            length += piece.utf8.count
        }
        return encoded + end
    }

    private static let start = "=?utf-8?Q?"
    private static let end = "?="

    /// Only what may stand for itself everywhere, also within a name (RFC 2047 §5 (3)).
    private static func piece(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "!", "*", "+", "-", "/": String(scalar)
        case " ": "_"
        default: UTF8.encode(scalar)?.map(QuotedPrintable.escape).joined() ?? ""
        }
    }
}

extension String {
    /// The words of a text between single blanks: line ends and all other control characters count as blanks.
    var onOneLine: String {
        let words = unicodeScalars.split { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: scalar == " "
            }
        }
        return words.map { String($0) }.joined(separator: " ")
    }
}
