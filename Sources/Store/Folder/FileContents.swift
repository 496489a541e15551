import Crypto
import Glibc

/// Whole files, read and written in pieces. Never use these on a database that this process has open: closing any
/// descriptor of it drops SQLite's locks (sqlite.org/howtocorrupt.html §2.2).
extension Files {
    private static let pieceSize = 1 << 20

    /// The SHA-256 of a file.
    static func digest(_ path: String) throws(StoreError) -> Digest32 {
        var hash = SHA256()
        try eachPiece(of: path) { piece throws(StoreError) in hash.update(bufferPointer: piece) }
        return Digest32(bytes: Array(hash.finalize()))
    }

    /// Copies a file to a new one for its owner only, and returns when it is on disk, with the SHA-256 of what was copied.
    static func copy(_ path: String, to target: String) throws(StoreError) -> Digest32 {
        try makeEmpty(target)
        let descriptor = open(target, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(target) }
        defer { Glibc.close(descriptor) }
        var hash = SHA256()
        try eachPiece(of: path) { piece throws(StoreError) in
            hash.update(bufferPointer: piece)
            try write(piece, to: descriptor, path: target)
        }
        guard fsync(descriptor) == 0 else { throw fault(target) }
        return Digest32(bytes: Array(hash.finalize()))
    }

    /// Writes a small new file for its owner only, and returns when it is on disk.
    static func write(_ text: String, to path: String) throws(StoreError) {
        try makeEmpty(path)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path) }
        defer { Glibc.close(descriptor) }
        let bytes = Array(text.utf8)
        do {
            try bytes.withUnsafeBytes { try write($0, to: descriptor, path: path) }
        } catch {
            throw error as? StoreError ?? fault(path)
        }
        guard fsync(descriptor) == 0 else { throw fault(path) }
    }

    /// The beginning of a file as text.
    static func text(_ path: String, limit: Int) throws(StoreError) -> String {
        var bytes: [UInt8] = []
        try eachPiece(of: path) { piece throws(StoreError) in
            if bytes.count < limit { bytes += piece.prefix(limit - bytes.count) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt, path: String) throws(StoreError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw fault(path)
            }
            rest = rest.dropFirst(count)
        }
    }

    private static func eachPiece(
        of path: String, do body: (UnsafeRawBufferPointer) throws(StoreError) -> Void
    ) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path) }
        defer { Glibc.close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: pieceSize, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count == 0 { return }
            if count < 0 {
                if errno == EINTR { continue }
                throw fault(path)
            }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
