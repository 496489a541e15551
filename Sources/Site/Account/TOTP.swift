import Crypto
import Store

/// One-time codes by time (RFC 6238): SHA-1, six digits, steps of thirty seconds, as every authenticator app makes them.
struct TOTP {
    static let stepSeconds: Int64 = 30
    static let digits = 6
    private let secret: [UInt8]

    /// The secret of an account, from the salt that is stored and the key of the installation that is not in the database.
    init(account: String, salt: String, key: InstallationKey) {
        secret = Array(key.derived("totp \(account) \(salt)").prefix(20))
    }

    init(secret: [UInt8]) { self.secret = secret }

    /// What an app takes when it is typed.
    var text: String { Base32.encode(secret) }

    /// What an app takes when it is scanned (the de facto format of otpauth addresses).
    func address(issuer: String, account: String) -> String {
        let label = "\(Base64URL.percentEncoded(issuer)):\(Base64URL.percentEncoded(account))"
        return "otpauth://totp/\(label)?secret=\(text)&issuer=\(Base64URL.percentEncoded(issuer))&algorithm=SHA1&digits=6&period=30"
    }

    static func step(at now: Timestamp) -> Int64 { now.milliseconds / (stepSeconds * 1_000) }

    /// The step whose code this is: the present one, or one before or after, for clocks that differ and people who type slowly.
    func step(of code: String, now: Timestamp) -> Int64? {
        let typed = Array(code.utf8.filter { $0 != UInt8(ascii: " ") })
        guard typed.count == Self.digits else { return nil }
        let present = Self.step(at: now)
        // All three are compared whatever comes out: the time says nothing.
        return [present - 1, present, present + 1].reduce(nil) { found, step in
            Digest32(of: Array(self.code(step).utf8)) == Digest32(of: typed) ? step : found
        }
    }

    /// RFC 4226's truncation of the HMAC of a step.
    func code(_ step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
        let code = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(code[19] & 15)
        let number = code[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.utf8.count) + text
    }
}

/// Base32 (RFC 4648 §6) without padding.
enum Base32 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var (text, pool, bits) = ([UInt8](), UInt32(0), UInt32(0))
        for byte in bytes {
            pool = pool << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(letters[Int(pool >> bits & 31)])
            }
        }
        if bits > 0 { text.append(letters[Int(pool << (5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Ten codes for the day the telephone is lost: 120 random bits each, so that their plain digests may be stored (ASVS 6.5.2).
enum RecoveryCode {
    static let count = 10
    private static let bytes = 15

    static func make(_ random: (Int) -> [UInt8]) -> [String] {
        (0..<count).map { _ in
            let letters = Array(Base32.encode(random(bytes)))
            return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }.joined(separator: "-")
        }
    }

    /// As typed, with or without dashes, blanks and capitals; `nil` for what cannot be one.
    static func digest(_ typed: String) -> Digest32? {
        let letters = typed.uppercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        return letters.count == bytes * 8 / 5 ? Digest32(of: Array(letters)) : nil
    }
}
