import Assessment

/// Writes JSON bytes in one pass, in the order given.
struct JSONText {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    var text: String { String(decoding: bytes, as: UTF8.self) }

    mutating func object(_ content: (inout JSONText) -> Void) { enclosed("{", "}", content) }
    mutating func array(_ content: (inout JSONText) -> Void) { enclosed("[", "]", content) }

    /// For a document that is sent piece by piece: what was begun must be ended, the last first.
    mutating func begin(_ bracket: Bracket, _ name: String? = nil) {
        if let name { key(name) } else { separate() }
        bytes.append(bracket == .object ? UInt8(ascii: "{") : UInt8(ascii: "["))
        needsComma = false
    }

    mutating func end(_ bracket: Bracket) {
        bytes.append(bracket == .object ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        needsComma = true
    }

    /// What has been written since the last time.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    enum Bracket { case object, array }

    mutating func member(_ name: String, object content: (inout JSONText) -> Void) {
        key(name)
        object(content)
    }

    mutating func member(_ name: String, array content: (inout JSONText) -> Void) {
        key(name)
        array(content)
    }

    mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
        needsComma = true
    }

    mutating func member(_ name: String, _ value: Int) { raw(name, String(value)) }
    mutating func member(_ name: String, _ value: Bool) { raw(name, value ? "true" : "false") }

    /// A figure with nine decimals, trailing zeros dropped; `null` where there is none.
    mutating func member(_ name: String, _ value: Fraction?) {
        raw(name, value.map(Self.figure) ?? "null")
    }

    /// A value that is JSON already.
    mutating func member(_ name: String, json text: String) { raw(name, text) }

    mutating func element(_ value: String) {
        separate()
        string(value)
        needsComma = true
    }

    mutating func element(object content: (inout JSONText) -> Void) {
        separate()
        object(content)
    }

    static func figure(_ value: Fraction) -> String {
        var text = value.decimals(9)
        guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
        while text.utf8.last == UInt8(ascii: "0") { text.removeLast() }
        if text.utf8.last == UInt8(ascii: ".") { text.removeLast() }
        return text
    }

    private mutating func raw(_ name: String, _ value: String) {
        key(name)
        bytes.append(contentsOf: value.utf8)
        needsComma = true
    }

    private mutating func key(_ name: String) {
        separate()
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func enclosed(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONText) -> Void) {
        bytes.append(UInt8(ascii: open))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func string(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
            case 0..<0x20, 0x7F:
                bytes.append(contentsOf: "\\u00".utf8)
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 0xF)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
