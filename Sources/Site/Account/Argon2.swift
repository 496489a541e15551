import CArgon2

/// Argon2id with the parameters of OWASP's Password Storage cheat sheet (SEC-23): 19 MiB, 2 passes, 1 lane.
/// Takes some 40 ms of a core: only for `PasswordPool`'s threads.
package enum Argon2 {
    static let memoryKiB: UInt32 = 19_456
    static let passes: UInt32 = 2
    private static let hashBytes = 32
    static let saltBytes = 16

    struct Failure: Error { let code: Int32 }

    /// The PHC string of a password.
    package static func hash(_ password: [UInt8], salt: [UInt8]) throws -> String {
        let length = argon2_encodedlen(passes, memoryKiB, 1, UInt32(salt.count), UInt32(hashBytes), Argon2_id)
        var text = [CChar](repeating: 0, count: length)
        let code = argon2id_hash_encoded(passes, memoryKiB, 1, password, password.count, salt, salt.count, hashBytes, &text, length)
        guard code == ARGON2_OK.rawValue else { throw Failure(code: code) }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether it is the password of a PHC string. Compares in constant time.
    static func verify(_ password: [UInt8], against phc: String) throws -> Bool {
        let code = argon2id_verify(phc, password, password.count)
        guard code == ARGON2_OK.rawValue || code == ARGON2_VERIFY_MISMATCH.rawValue else { throw Failure(code: code) }
        return code == ARGON2_OK.rawValue
    }

    /// Whether a stored string was made with other parameters than today's.
    static func isOutdated(_ phc: String) -> Bool { !phc.hasPrefix("$argon2id$v=19$m=\(memoryKiB),t=\(passes),p=1$") }
}
