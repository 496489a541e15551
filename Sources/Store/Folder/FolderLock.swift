import Glibc

/// Keeps a second process out of the data folder for as long as this value lives (REL-1). The lock is on the open file
/// `linchpin.lock`, so it ends with the process, however that ends; the file stays and names the last holder.
final class FolderLock: Sendable {
    private let descriptor: CInt

    /// Throws `.folderInUse` where another holder lives, be it in this process. Whatever is thrown, `deinit` closes the file:
    /// it runs as soon as the one property has its value.
    init(folder: String) throws(StoreError) {
        let path = "\(folder)/linchpin.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.fault(path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw Files.fault(path) }
            throw .folderInUse(path: folder, pid: Self.holder(descriptor))
        }
        let text = "\(getpid())\n"
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.utf8.count, 0) == text.utf8.count else {
            throw Files.fault(path)
        }
    }

    deinit {
        guard descriptor >= 0 else { return }
        // Said explicitly, because a child process that was just forked still has the open file too.
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }

    private static func holder(_ descriptor: CInt) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
