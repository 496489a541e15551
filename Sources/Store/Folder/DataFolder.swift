import Glibc

/// The names in a data folder.
struct DataFolder: Sendable {
    let path: String

    var database: String { "\(path)/linchpin.sqlite" }
    /// The installation's key; no part of a backup.
    var key: String { "\(path)/linchpin.key" }
    /// A restore's copy, until it takes the database's place.
    var restoring: String { "\(path)/linchpin.sqlite.restoring" }
    /// SQLite's files beside the database.
    static let companions = ["-wal", "-shm", "-journal"]

    func beforeMigration(_ number: Int) -> String { "\(path)/linchpin-before-\(number).sqlite" }

    /// Makes the folder where missing, and refuses a network file system.
    static func prepare(_ path: String, allowsNetwork: Bool) throws(StoreError) -> DataFolder {
        try Files.makeFolder(path)
        if !allowsNetwork, let kind = try FileSystemKind.network(at: path) { throw .networkFileSystem(path: path, kind: kind) }
        return DataFolder(path: path)
    }

    /// The median of five 4 KiB writes with fsync, in microseconds (REL-3).
    func fsyncMicroseconds() throws(StoreError) -> Int64 {
        let probe = "\(path)/linchpin.fsync"
        let descriptor = open(probe, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.fault(probe) }
        defer { Glibc.close(descriptor) }
        var times: [Int64] = []
        for round in 0..<5 {
            let page = [UInt8](repeating: UInt8(round), count: 4_096)
            let start = Monotonic.microseconds
            guard pwrite(descriptor, page, page.count, 0) == page.count, fsync(descriptor) == 0 else { throw Files.fault(probe) }
            times.append(Monotonic.microseconds - start)
        }
        try Files.remove(probe)
        return times.sorted()[2]
    }
}

/// Durations; unlike a `Timestamp` it never jumps (REL-19).
enum Monotonic {
    static var microseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
    }
    static var milliseconds: Int64 { microseconds / 1_000 }
}
