import Glibc
import SystemPackage

/// The socket in the data folder by which commands reach the service that holds the folder: only its owner can connect.
package enum ControlSocket {
    private static let name = "linchpin.control"

    /// Listens; what a service that was killed has left there is replaced. Only the holder of the folder's lock may call it.
    /// - Returns: A descriptor.
    static func listen(in folder: String) throws(Errno) -> CInt {
        try removeStale(in: folder)
        let descriptor = try open()
        do {
            // Set before the name exists, so that nobody else can connect at any moment.
            guard fchmod(descriptor, 0o600) == 0 else { throw Errno.now }
            try withAddress(in: folder) { address, length in
                guard Glibc.bind(descriptor, address, length) == 0 else { throw Errno.now }
            }
            guard Glibc.listen(descriptor, 16) == 0 else { throw Errno.now }
        } catch {
            Glibc.close(descriptor)
            throw error as? Errno ?? .ioError
        }
        return descriptor
    }

    /// Connects to the service, which has so many seconds for each piece of its answer.
    package static func connect(in folder: String, seconds: Int) throws(Errno) -> FileDescriptor {
        let descriptor = try open()
        do {
            var limit = timeval(tv_sec: seconds, tv_usec: 0)
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                guard setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size)) == 0 else {
                    throw Errno.now
                }
            }
            try withAddress(in: folder) { address, length in
                guard Glibc.connect(descriptor, address, length) == 0 else { throw Errno.now }
            }
        } catch {
            Glibc.close(descriptor)
            throw error as? Errno ?? .ioError
        }
        return FileDescriptor(rawValue: descriptor)
    }

    static func remove(in folder: String) { unlink("\(folder)/\(name)") }

    private static func open() throws(Errno) -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .now }
        return descriptor
    }

    private static func removeStale(in folder: String) throws(Errno) {
        var facts = stat()
        guard lstat("\(folder)/\(name)", &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK else { return }
        guard unlink("\(folder)/\(name)") == 0 else { throw .now }
    }

    /// The address of a socket has 108 bytes: a longer path is reached through the open folder.
    private static func withAddress(in folder: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws -> Void) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = "\(folder)/\(name)"
        var opened: CInt?
        if path.utf8.count >= MemoryLayout.size(ofValue: address.sun_path) {
            let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard descriptor >= 0 else { throw Errno.now }
            opened = descriptor
            path = "/proc/self/fd/\(descriptor)/\(name)"
        }
        defer { if let opened { Glibc.close(opened) } }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        try withUnsafePointer(to: &address) { pointer in
            try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { try body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}

extension Errno {
    /// Of the call that just failed.
    fileprivate static var now: Errno { Errno(rawValue: errno) }
}
