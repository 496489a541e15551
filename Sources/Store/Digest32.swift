import Crypto

/// A SHA-256: all that the store ever learns of a session's cookie or a private link's token (SEC-4).
public struct Digest32: Sendable, Hashable {
    public let bytes: [UInt8]

    /// Takes a digest that was computed elsewhere. Bytes of another length match nothing that is stored.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Digests a secret.
    public init(of secret: some Sequence<UInt8>) {
        bytes = Array(SHA256.hash(data: Array(secret)))
    }

    /// Reads what `hexadecimal` wrote; `nil` for anything else.
    init?(hexadecimal: String) {
        let digits = hexadecimal.utf8.compactMap { Self.digits.firstIndex(of: $0) }
        guard digits.count == hexadecimal.utf8.count, digits.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    /// Lower-case hexadecimal digits, two per byte.
    public var hexadecimal: String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = Self.digits[Int(byte >> 4)]
                text[2 * index + 1] = Self.digits[Int(byte & 15)]
            }
            return bytes.count * 2
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

/// The digest of the random bytes in a browser's session cookie.
public typealias SessionKey = Digest32
