import Crypto
import Glibc

/// 256 random bits of this installation, in a file of its own beside the database, for its owner only: a stolen copy of the
/// database opens no link and makes no code. Secrets that need not be stored are derived from it.
public struct InstallationKey: Sendable {
    private let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// 256 bits for one purpose.
    public func derived(_ purpose: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(purpose.utf8), using: SymmetricKey(data: bytes)))
    }

    /// Tells whether two keys are the same, and nothing else of them.
    var check: String { Digest32(bytes: derived("check")).hexadecimal }

    /// Reads the key of a data folder, or makes one.
    static func read(_ folder: DataFolder) throws(StoreError) -> InstallationKey {
        guard Files.exists(folder.key) else {
            var fresh = [UInt8](repeating: 0, count: 32)
            guard fresh.withUnsafeMutableBytes({ getentropy($0.baseAddress, 32) }) == 0 else { throw Files.fault(folder.key) }
            let key = InstallationKey(bytes: fresh)
            let text = Digest32(bytes: fresh).hexadecimal + "\n"
            // Under another name first: a key is whole or not there.
            try Files.remove(folder.key + ".partial")
            try Files.write(text, to: folder.key + ".partial")
            try Files.move(folder.key + ".partial", to: folder.key)
            try Files.sync(folder.path)
            return key
        }
        let text = try Files.text(folder.key, limit: 128)
        guard let digits = Digest32(hexadecimal: String(text.prefix { $0 != "\n" })) else {
            throw .cannotOpen(path: folder.key, reason: "it holds no key; put your copy of it back, or remove it to make a new one")
        }
        return InstallationKey(bytes: digits.bytes)
    }
}
