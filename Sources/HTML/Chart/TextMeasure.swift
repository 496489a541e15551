/// Estimates how wide text of 14 units becomes. Generous, since the reader's font is not known here.
enum TextMeasure {
    static let lineHeight = 18.0

    static func width(_ text: String) -> Double {
        text.unicodeScalars.reduce(0) { $0 + width($1) }
    }

    private static func width(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "\u{AD}", "\u{300}"..."\u{36F}": 0
        case " ", "!", "'"...")", ","..."/", ":", ";", "I", "f", "i", "j", "l", "r", "t": 5.6
        case "M", "W", "m", "w", "@", "%": 13
        case "A"..."Z", "\u{C0}"..."\u{DE}": 10.5
        case "\u{2E80}"..."\u{1FFFF}": 15
        default: 8.7
        }
    }

    /// Breaks text into lines at spaces, after hyphens and at soft hyphens. Nil if a word does not fit, unless words
    /// may be broken anywhere.
    static func wrap(_ text: String, width limit: Double, breakingWords: Bool = false) -> [String]? {
        var lines: [String] = []
        var line = ""
        for piece in pieces(of: text) {
            let glue = line.isEmpty || line.utf8.last == UInt8(ascii: "-") || piece.isContinued ? "" : " "
            let hyphen = piece.isBroken && piece.text.utf8.last != UInt8(ascii: "-") ? "-" : ""
            if width(line + glue + piece.text + hyphen) <= limit || line.isEmpty {
                line += glue + piece.text
            } else {
                lines.append(piece.isContinued && line.utf8.last != UInt8(ascii: "-") ? line + "-" : line)
                line = piece.text
            }
            while width(line) > limit {
                guard breakingWords else { return nil }
                var head = line
                while width(head) > limit - 8, head.unicodeScalars.count > 1 { head.unicodeScalars.removeLast() }
                guard head.unicodeScalars.count < line.unicodeScalars.count else { break }
                lines.append(head + "-")
                line.unicodeScalars.removeFirst(head.unicodeScalars.count)
            }
        }
        return lines + [line]
    }

    /// Words, or parts of them that may stand on a line of their own: `isContinued` if the word began before, `isBroken` if
    /// it goes on.
    private static func pieces(of text: String) -> [(text: String, isContinued: Bool, isBroken: Bool)] {
        var pieces: [(text: String, isContinued: Bool, isBroken: Bool)] = []
        for word in text.split(separator: " ") {
            var part = String.UnicodeScalarView()
            var isContinued = false
            for scalar in word.unicodeScalars {
                if scalar.value != 0xAD { part.append(scalar) }
                if (scalar.value == 0xAD || scalar == "-") && !part.isEmpty {
                    pieces.append((String(part), isContinued, true))
                    part = .init()
                    isContinued = true
                }
            }
            if !part.isEmpty { pieces.append((String(part), isContinued, false)) }
        }
        return pieces
    }
}
