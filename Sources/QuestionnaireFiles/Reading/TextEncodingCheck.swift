/// Refuses bytes that are no clean UTF-8 text.
enum TextEncodingCheck {
    /// The whole file, before it is parsed: broken UTF-8, control characters, and line separators that editors
    /// and YAML count differently.
    static func check(_ bytes: [UInt8], file: String) throws(Fault) {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            let line = 1 + bytes[..<error.byteOffsets.lowerBound].count { $0 == newline }
            throw Fault(file: file, line: line, message: "broken UTF-8; save the file as UTF-8")
        }
        var line = 1
        for index in bytes.indices {
            if bytes[index] == newline { line += 1 }
            guard let scalar = controlCharacter(bytes, at: index) else { continue }
            throw Fault(file: file, line: line, message: "control character \(codePoint(scalar)); remove it")
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func controlCharacter(_ bytes: [UInt8], at index: Int) -> Unicode.Scalar? {
        func following(_ offset: Int) -> UInt8 { index + offset < bytes.count ? bytes[index + offset] : 0 }
        return switch bytes[index] {
        case newline, UInt8(ascii: "\t"): nil
        case UInt8(ascii: "\r"): following(1) == newline ? nil : "\r"
        case 0..<0x20, 0x7F: Unicode.Scalar(bytes[index])
        case 0xC2 where following(1) < 0xA0: Unicode.Scalar(following(1))
        case 0xE2 where following(1) == 0x80 && following(2) == 0xA8: "\u{2028}"
        case 0xE2 where following(1) == 0x80 && following(2) == 0xA9: "\u{2029}"
        default: nil
        }
    }

    /// The first character that would break a line, hide, or turn the direction of what follows.
    static func firstForbidden(in text: String) -> Unicode.Scalar? { text.unicodeScalars.first(where: isForbidden) }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// A value from a file, short enough for a message and on one line.
    static func excerpt(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(60) { result.append(isForbidden(scalar) ? "\u{FFFD}" : scalar) }
        return text.unicodeScalars.count > 60 ? String(result) + "…" : String(result)
    }

    /// U+0007
    static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
