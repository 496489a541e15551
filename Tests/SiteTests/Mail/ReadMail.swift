/// A mail taken apart again by the rules of RFC 5322, 2047 and 2045, for tests. Written apart from what it checks.
struct ReadMail {
    enum Fault: Error, Equatable {
        case noBody
        case noName(String)
        case noAddress(String)
        case brokenWord(String)
        case brokenEscape(String)
    }

    /// In order, unfolded, not decoded.
    let headers: [(name: String, value: String)]
    let headerLines: [String]
    let bodyLines: [String]

    init(_ bytes: [UInt8]) throws {
        let lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        guard let end = lines.firstIndex(of: "") else { throw Fault.noBody }
        headerLines = Array(lines[..<end])
        bodyLines = Array(lines[(end + 1)...].dropLast())
        var headers: [(name: String, value: String)] = []
        for line in headerLines {
            if line.hasPrefix(" "), let last = headers.last {
                headers[headers.count - 1] = (last.name, last.value + line)
            } else {
                guard let colon = line.firstIndex(of: ":"), !line[..<colon].contains(" ") else { throw Fault.noName(line) }
                headers.append((String(line[..<colon]), String(line[colon...].dropFirst(2))))
            }
        }
        self.headers = headers
    }

    subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

    /// Blanks between encoded words are no part of the text.
    static func decodedWords(_ value: String) throws -> String {
        guard value.hasPrefix("=?utf-8?Q?") else { return value }
        return try value.split(separator: " ").map { word in
            guard word.hasPrefix("=?utf-8?Q?"), word.hasSuffix("?="), word.utf8.count <= 75 else { throw Fault.brokenWord(String(word)) }
            let bytes = try unescaped(word.utf8.dropFirst(10).dropLast(2).map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 })
            guard let text = String(validating: bytes, as: UTF8.self) else { throw Fault.brokenWord(String(word)) }
            return text
        }.joined()
    }

    /// The name before `<address>`.
    static func decodedName(_ value: String) throws -> String {
        guard let end = value.lastIndex(of: "<") else { throw Fault.noAddress(value) }
        let name = value[..<end]
        guard name.hasPrefix("\"") else { return try decodedWords(name.split(separator: " ").joined(separator: " ")) }
        var isEscaped = false
        return String(
            String.UnicodeScalarView(
                name.unicodeScalars.dropFirst().dropLast(2).filter { scalar in
                    isEscaped = scalar == "\\" && !isEscaped
                    return !isEscaped
                }))
    }

    var body: String {
        get throws {
            var bytes: [UInt8] = []
            for line in bodyLines {
                let goesOn = line.hasSuffix("=")
                bytes += try Self.unescaped(Array((goesOn ? line.dropLast() : line[...]).utf8))
                if !goesOn { bytes.append(10) }
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    private static func unescaped(_ bytes: [UInt8]) throws -> [UInt8] {
        var plain: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "=") {
                guard let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), rest.count >= 2 else {
                    throw Fault.brokenEscape(String(decoding: bytes, as: UTF8.self))
                }
                plain.append(value)
                rest = rest.dropFirst(2)
            } else {
                plain.append(byte)
            }
        }
        return plain
    }
}
