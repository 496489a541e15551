/// An address that may stand in `href`, `src` or `action`: a place on this site, or a checked one outside.
///
/// `javascript:`, `data:` and `//elsewhere` cannot be made into one. SEC-13.
public struct Link: Sendable, Hashable, ExpressibleByStringLiteral {
    /// ASCII; still to be escaped for HTML.
    public let address: String

    /// A place on this site: `/path?query#fragment`, `?query` or `#fragment`.
    ///
    /// Always succeeds: bytes that do not belong in an address are percent-encoded, a missing leading slash is added,
    /// several become one. So `javascript:x` becomes the harmless path `/javascript:x`.
    public init(path: String) {
        if Self.isPlain(path.utf8) {
            address = path
            return
        }
        let bytes = Array(path.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 1)
        var index = 0
        if bytes.first != UInt8(ascii: "?") && bytes.first != UInt8(ascii: "#") {
            result.append(UInt8(ascii: "/"))
            while index < bytes.count && bytes[index] == UInt8(ascii: "/") { index += 1 }
        }
        while index < bytes.count {
            let byte = bytes[index]
            let isEscape = byte == UInt8(ascii: "%") && index + 2 < bytes.count && isHex(bytes[index + 1]) && isHex(bytes[index + 2])
            if isEscape || isAddressByte(byte) { result.append(byte) } else { percentEncode(byte, into: &result) }
            index += 1
        }
        address = String(decoding: result, as: UTF8.self)
    }

    /// Whether a path is an address as it stands: nearly every one is.
    private static func isPlain(_ path: String.UTF8View) -> Bool {
        guard path.first == UInt8(ascii: "/"), path.dropFirst().first != UInt8(ascii: "/") else { return false }
        return path.allSatisfy(isAddressByte)
    }

    /// A place on this site, from its parts; each is percent-encoded, so none can end the path or add a parameter.
    public static func path(_ segments: [String], query: [(name: String, value: String)] = [], fragment: String? = nil) -> Link {
        var result: [UInt8] = []
        for segment in segments where !segment.isEmpty && segment != "." && segment != ".." {
            result.append(UInt8(ascii: "/"))
            encode(segment, into: &result)
        }
        if segments.last == "" || result.isEmpty { result.append(UInt8(ascii: "/")) }
        for (index, pair) in query.enumerated() {
            result.append(UInt8(ascii: index == 0 ? "?" : "&"))
            encode(pair.name, into: &result)
            result.append(UInt8(ascii: "="))
            encode(pair.value, into: &result)
        }
        if let fragment {
            result.append(UInt8(ascii: "#"))
            encode(fragment, into: &result)
        }
        return Link(address: String(decoding: result, as: UTF8.self))
    }

    /// The element of the same page that has this id.
    public static func fragment(_ id: String) -> Link {
        var result = [UInt8(ascii: "#")]
        encode(id, into: &result)
        return Link(address: String(decoding: result, as: UTF8.self))
    }

    /// A place elsewhere, as an operator configures it: `https://host…`, `mailto:…` or `tel:…`. Nil if it is anything else, or
    /// has a byte that does not belong there.
    public init?(outside text: String) {
        let rest: Substring
        if let found = text.dropping("https://") {
            rest = found
            let host = rest.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
            let isHost = host.allSatisfy { isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
            guard isHost, let first = host.first, isWord(first) else { return nil }
        } else if let found = text.dropping("mailto:") {
            rest = found
            guard rest.utf8.contains(UInt8(ascii: "@")) else { return nil }
        } else if let found = text.dropping("tel:") {
            rest = found
            guard rest.utf8.allSatisfy({ (0x30...0x39).contains($0) || "+-.()".utf8.contains($0) }) else { return nil }
        } else {
            return nil
        }
        guard !rest.isEmpty, rest.utf8.allSatisfy({ isAddressByte($0) || $0 == UInt8(ascii: "%") }) else { return nil }
        address = text
    }

    /// From a literal in the source, which cannot hold an interpolation.
    public init(stringLiteral: StaticString) {
        self.init(path: stringLiteral.description)
        assert(address == stringLiteral.description, "not an address on this site: \(stringLiteral)")
    }

    var isOnThisSite: Bool { address.utf8.first.map { "/?#".utf8.contains($0) } ?? false }

    private init(address: String) { self.address = address }
}

extension String {
    fileprivate func dropping(_ prefix: String) -> Substring? {
        utf8.starts(with: prefix.utf8) ? Substring(utf8.dropFirst(prefix.utf8.count)) : nil
    }
}

private func encode(_ text: String, into bytes: inout [UInt8]) {
    for byte in text.utf8 {
        if isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
        {
            bytes.append(byte)
        } else {
            percentEncode(byte, into: &bytes)
        }
    }
}

private func percentEncode(_ byte: UInt8, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "%"))
    for digit in [byte >> 4, byte & 15] { bytes.append(digit < 10 ? 0x30 + digit : 0x41 + digit - 10) }
}

private func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
}

private func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
}

/// RFC 3986: unreserved, sub-delims and `: @ / ? #`. The apostrophe is left out.
private func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"),
        UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"),
        UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        true
    default: isWord(byte)
    }
}
