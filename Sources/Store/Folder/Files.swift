import Glibc

/// The few calls on files that SQLite does not make for us. Each throws `.cannotOpen` with the system's message.
enum Files {
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes a folder and those above it, for its owner only.
    static func makeFolder(_ path: String) throws(StoreError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST && isFolder(path) { return }
        guard errno == ENOENT, let parent = parent(of: path), parent != path else { throw fault(path) }
        try makeFolder(parent)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw fault(path) }
    }

    /// Makes an empty file for its owner only; fails where one exists.
    static func makeEmpty(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw fault(path) }
        Glibc.close(descriptor)
    }

    /// Removes a file; one that is not there is fine.
    static func remove(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw fault(path) }
    }

    static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw fault(path) }
    }

    /// Returns when a file's content, or a folder's names, are on disk.
    static func sync(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault(path) }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault(path) }
    }

    /// In bytes; 0 where there is no such file.
    static func size(_ path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }

    static func parent(of path: String) -> String? {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        let parent = path[..<slash]
        return parent.isEmpty ? "/" : String(parent)
    }

    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }

    private static func isFolder(_ path: String) -> Bool {
        var facts = stat()
        return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// The error for the call that just failed.
    static func fault(_ path: String) -> StoreError { .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
}
