import Glibc

/// A folder that files are read from. Nothing outside its root is read, whatever links say.
struct SourceFolder {
    static let maximumFileSize = 4 << 20

    /// As shown in faults.
    let path: String
    /// The real path that no file may leave.
    private let root: String

    /// - Throws: where `path` is no folder.
    init(path: String) throws(Fault) {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        guard let root = realPath(path), QuestionnaireFiles.isFolder(root) else {
            throw Fault(file: path, line: 1, message: "there is no such folder; give the path of one")
        }
        self.root = root
    }

    private init(path: String, root: String) {
        self.path = path
        self.root = root
    }

    /// Names in alphabetical order, without hidden ones.
    func names() throws(Fault) -> [String] {
        guard let stream = opendir(path) else { throw unreadable(path) }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }

    func isFolder(_ name: String) -> Bool { QuestionnaireFiles.isFolder(path + "/" + name) }

    func folder(_ name: String) throws(Fault) -> SourceFolder {
        try refuseLeaving(name)
        return SourceFolder(path: path + "/" + name, root: root)
    }

    /// The content of a regular file of at most `maximumFileSize` bytes.
    func bytes(of name: String) throws(Fault) -> [UInt8] {
        let file = path + "/" + name
        try refuseLeaving(name)
        let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(file) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(file) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw Fault(file: file, line: 1, message: "this is no file; replace it by one")
        }
        guard status.st_size <= Self.maximumFileSize else { throw tooLarge(file) }
        return try read(descriptor, expecting: Int(status.st_size), file: file)
    }

    /// Reads to the end, which may have moved since the size was asked.
    private func read(_ descriptor: Int32, expecting size: Int, file: String) throws(Fault) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size + 1)
        var count = 0
        while true {
            let received = bytes.withUnsafeMutableBytes { buffer in
                Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
            }
            if received < 0 && errno == EINTR { continue }
            guard received >= 0 else { throw unreadable(file) }
            if received == 0 { return Array(bytes.prefix(count)) }
            count += received
            guard count <= Self.maximumFileSize else { throw tooLarge(file) }
            if count == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
        }
    }

    private func refuseLeaving(_ name: String) throws(Fault) {
        let file = path + "/" + name
        guard let real = realPath(file) else {
            if errno == ENOENT { throw Fault(file: file, line: 1, message: "missing; add it") }
            throw unreadable(file)
        }
        guard real.hasPrefix(root + "/") else {
            throw Fault(file: file, line: 1, message: "a link out of the folder; put the file itself here")
        }
    }

    private func tooLarge(_ file: String) -> Fault {
        Fault(file: file, line: 1, message: "the file is over 4 MiB; make it smaller")
    }

    private func unreadable(_ file: String) -> Fault {
        Fault(file: file, line: 1, message: "cannot be read (\(String(cString: strerror(errno)))); correct that")
    }
}

private func realPath(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    return String(cString: pointer)
}

private func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
