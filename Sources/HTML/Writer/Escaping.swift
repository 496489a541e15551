extension HTML {
    /// Appends UTF-8 text with `& < > " '` as references and control characters as U+FFFD.
    ///
    /// Line breaks become LF, as every HTML parser would have it; tab stays. C1 controls (U+0080 to U+009F) count as
    /// controls: HTML forbids them.
    mutating func escape(_ text: UnsafeBufferPointer<UInt8>) {
        var plainFrom = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            guard mayNeedEscape(byte) else {
                index += 1
                continue
            }
            let next = index + 1 < text.count ? text[index + 1] : 0
            var length = 1
            let replacement: StaticString
            switch byte {
            case UInt8(ascii: "&"): replacement = "&amp;"
            case UInt8(ascii: "<"): replacement = "&lt;"
            case UInt8(ascii: ">"): replacement = "&gt;"
            case UInt8(ascii: "\""): replacement = "&#34;"
            case UInt8(ascii: "'"): replacement = "&#39;"
            case UInt8(ascii: "\r"):
                replacement = "\n"
                if next == UInt8(ascii: "\n") { length = 2 }
            case 0xC2 where (0x80...0x9F).contains(next):
                replacement = "\u{FFFD}"
                length = 2
            case 0x00..<0x20 where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\t"), 0x7F:
                replacement = "\u{FFFD}"
            default:
                index += 1
                continue
            }
            append(text, from: plainFrom, to: index)
            raw(replacement)
            index += length
            plainFrom = index
        }
        append(text, from: plainFrom, to: text.count)
    }

    private mutating func append(_ text: UnsafeBufferPointer<UInt8>, from: Int, to: Int) {
        guard from < to else { return }
        append(UnsafeBufferPointer(rebasing: text[from..<to]))
    }
}

/// False for the bytes that never need a second look: letters, digits, most punctuation, nearly all of UTF-8.
@inline(__always)
private func mayNeedEscape(_ byte: UInt8) -> Bool {
    if byte >= 0x40 { return byte == 0x7F || byte == 0xC2 }
    // One bit per byte below 0x40: the controls, & < > " '.
    let special: UInt64 = 0xFFFF_FFFF | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E
    return special >> UInt64(byte) & 1 == 1
}
