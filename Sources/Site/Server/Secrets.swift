import Crypto
import Store

/// 256 random bits that live in the browser's cookie; the store knows only their SHA-256 (SEC-4).
/// Everything else that must be secret but need not be stored is derived from it.
package struct SessionSecret: Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the cookie's text; `nil` unless it is exactly 32 bytes of base64url.
    init?(cookie: some StringProtocol) {
        guard let bytes = Base64URL.decode(cookie), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    package var cookie: String { Base64URL.encode(bytes) }
    package var key: SessionKey { Digest32(SHA256.hash(data: bytes)) }

    /// What every form of this browser carries, so that no other site can post in its name (SEC-10). A plain digest: it
    /// says nothing about the secret behind the label, and every page needs one.
    package var proof: String { Base64URL.encode(proofBytes) }

    func proves(_ text: String?) -> Bool {
        guard let text, let given = Base64URL.decode(text) else { return false }
        return constantTimeEqual(given, proofBytes)
    }

    private var proofBytes: [UInt8] { Array(SHA256.hash(data: Self.proofLabel + bytes).prefix(16)) }
    private static let proofLabel = Array("linchpin form proof ".utf8)

    /// The token of an assessment's private link. It can be shown again while this browser is open,
    /// although only its digest is stored.
    func linkToken(assessment: String, madeAt: Timestamp) -> LinkToken {
        LinkToken(bytes: derived("link \(assessment) \(madeAt.milliseconds)"))
    }

    private func derived(_ purpose: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: SymmetricKey(data: bytes)))
    }

    private func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        SHA256.hash(data: left) == SHA256.hash(data: right)
    }
}

/// 256 bits that open one assessment from any browser, until withdrawn.
struct LinkToken: Sendable {
    package let bytes: [UInt8]

    package init(bytes: [UInt8]) { self.bytes = bytes }

    init?(text: some StringProtocol) {
        guard let bytes = Base64URL.decode(text), bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    var text: String { Base64URL.encode(bytes) }
    var digest: Digest32 { Digest32(SHA256.hash(data: bytes)) }
}

extension Digest32 {
    init(_ digest: SHA256.Digest) { self.init(bytes: Array(digest)) }
}

/// Base64 with the URL-safe alphabet and no padding (RFC 4648 §5).
enum Base64URL {
    private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Every page encodes several, which Foundation's encoder would take a tenth of its time for.
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { text in
            var (length, pool, bits) = (0, UInt32(0), UInt32(0))
            for byte in bytes {
                pool = pool << 8 | UInt32(byte)
                bits += 8
                while bits >= 6 {
                    bits -= 6
                    text[length] = digits[Int(pool >> bits & 63)]
                    length += 1
                }
            }
            if bits > 0 {
                text[length] = digits[Int(pool << (6 - bits) & 63)]
                length += 1
            }
            return length
        }
    }

    /// `nil` for anything but what `encode` gives.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var (pool, bits) = (UInt32(0), UInt32(0))
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 3 / 4)
        for byte in text.utf8 {
            guard let digit = value(of: byte) else { return nil }
            pool = pool << 6 | digit
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: pool >> bits))
            }
        }
        // Neither a lone digit nor bits that encode nothing: two texts never mean the same bytes.
        guard bits < 6, pool & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

extension Base64URL {
    /// Percent-encodes everything but RFC 3986's unreserved characters.
    static func percentEncoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
