/// An e-mail address that mail can be sent to: a dot-atom at a domain name, in ASCII (RFC 5321, RFC 5322 §3.4.1).
/// Two addresses are compared by their `key`, so the type has no `==` that could tell them apart by case.
struct EmailAddress: Sendable {
    /// As typed before the `@`.
    let localPart: String
    /// In lower case.
    let domain: String
    /// What two addresses are compared by: all in lower case. Mail providers do not tell case apart.
    let key: String

    /// As it is shown, and as mail is sent to it.
    var text: String { "\(localPart)@\(domain)" }

    init(_ typed: String) throws(EmailFault) {
        let scalars = typed.unicodeScalars.drop(while: Self.isBlank)
        let trimmed = scalars.prefix(upTo: scalars.lastIndex { !Self.isBlank($0) }.map(scalars.index(after:)) ?? scalars.startIndex)
        guard !trimmed.isEmpty else { throw .empty }
        let bytes = Array(String(trimmed).utf8)
        guard bytes.count <= 254 else { throw .tooLong }
        guard bytes.allSatisfy({ $0 < 0x80 }) else { throw .notASCII }
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count > 1 else { throw .noAt }
        guard parts.count == 2 else { throw .severalAts }
        guard parts[0].count <= 64 else { throw .tooLong }
        guard Self.isDotAtom(parts[0]) else { throw .localPart }
        guard Self.isDomain(parts[1]) else { throw .domain }
        localPart = String(decoding: parts[0], as: UTF8.self)
        domain = String(decoding: parts[1].map(\.lowerCased), as: UTF8.self)
        key = String(decoding: bytes.map(\.lowerCased), as: UTF8.self)
    }

    /// One that was checked when it was stored: a message's receiver, an account's address.
    init(stored text: String) {
        let bytes = Array(text.utf8)
        let at = bytes.lastIndex(of: UInt8(ascii: "@")) ?? bytes.endIndex
        localPart = String(decoding: bytes[..<at], as: UTF8.self)
        domain = String(decoding: bytes[at...].dropFirst(), as: UTF8.self)
        key = String(decoding: bytes.map(\.lowerCased), as: UTF8.self)
    }

    /// A line break is no blank: it is the start of an attempt to write a second header.
    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator
    }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.allSatisfy { $0.isLetterOrDigit || atomSigns.contains($0) }
        }
    }

    private static let atomSigns = Array("!#$%&'*+-/=?^_`{|}~".utf8)

    /// Two labels at least, the last not all digits, which would be the end of an IP address.
    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count >= 2, let last = labels.last, !last.allSatisfy(\.isDigit) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
                && label.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
        }
    }
}

/// Why a text is no address that mail can be sent to.
enum EmailFault: Error, Equatable {
    case empty
    case noAt
    case severalAts
    /// Before the `@`: a sign that may not stand there, or a dot at an end or beside another.
    case localPart
    /// After the `@`: not the name of a domain.
    case domain
    /// Letters outside a–z; a domain that has them can be typed in its `xn--` form.
    case notASCII
    /// Over 254 bytes in all, or over 64 before the `@`.
    case tooLong
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
    fileprivate var isLetterOrDigit: Bool { isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(lowerCased) }
    fileprivate var lowerCased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
