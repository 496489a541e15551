import GRDB
import Glibc

/// What a restore did.
public struct Restored: Sendable, Hashable {
    /// Where the database before was moved; `nil` where there was none.
    public let replaced: String?
    public let schemaVersion: Int
}

extension Store {
    /// Puts a backup in the place of a data folder's database, which is moved aside to `replaced-…` (REL-5). Everything is
    /// verified before the switch: `.sha256` where there is one, the whole file, the schema version. Blocks the calling thread.
    /// Throws `.folderInUse`, `.notFound`, `.notABackup`, `.newerSchema`, `.corrupted`, `.cannotOpen`.
    @discardableResult
    public static func restore(from path: String, into folder: String, now: Timestamp = .wallClock) throws -> Restored {
        guard Files.exists(path) else { throw StoreError.notFound(path: path) }
        let data = try DataFolder.prepare(folder, allowsNetwork: true)
        let lock = try FolderLock(folder: folder)
        defer { withExtendedLifetime(lock) {} }
        do {
            let version = try copyAndVerify(path, to: data.restoring)
            let replaced = try moveAside(data, now: now)
            try Files.move(data.restoring, to: data.database)
            try Files.sync(folder)
            return Restored(replaced: replaced, schemaVersion: version)
        } catch {
            throw StoreError(opening: path, error)
        }
    }

    /// A copy that is refused does not stay behind: it may hold people's data.
    private static func copyAndVerify(_ path: String, to copy: String) throws -> Int {
        try Files.remove(copy)
        do {
            let digest = try Files.copy(path, to: copy)
            try compare(digest, of: path)
            return try verify(copy, of: path)
        } catch {
            for companion in [""] + DataFolder.companions { try Files.remove(copy + companion) }
            guard case .corrupted(let detail) = StoreError(opening: path, error) else { throw error }
            throw StoreError.notABackup(path: path, reason: detail)
        }
    }

    private static func compare(_ digest: Digest32, of path: String) throws {
        let sum = path + ".sha256"
        guard Files.exists(sum) else { return }
        guard try Files.text(sum, limit: 64) == digest.hexadecimal else {
            throw StoreError.notABackup(path: path, reason: "its SHA-256 is not the one in \(sum)")
        }
    }

    private static func verify(_ copy: String, of path: String) throws -> Int {
        let queue = try Connections.observer(copy)
        let version = try queue.inDatabase { db in
            let found = try db.fileVersion()
            guard found.isOurs else { throw StoreError.notABackup(path: path, reason: "it is the database of another program") }
            let supported = Schema.migrations.last?.number ?? 0
            guard found.version <= supported else { throw StoreError.newerSchema(found: found.version, supported: supported) }
            try db.check("PRAGMA integrity_check(1)")
            return found.version
        }
        try queue.close()
        for companion in DataFolder.companions { try Files.remove(copy + companion) }
        return version
    }

    /// The database first: from then on the folder counts as "restore interrupted" until the copy takes its place, and the
    /// new database never meets the old WAL.
    private static func moveAside(_ data: DataFolder, now: Timestamp) throws -> String? {
        let companions = DataFolder.companions.filter { Files.exists(data.database + $0) }
        guard Files.exists(data.database) || !companions.isEmpty else { return nil }
        let aside = "\(data.path)/replaced-\(now.iso8601.filter { $0 != ":" })"
        var place = aside
        var attempt = 1
        while Files.exists(place) {
            attempt += 1
            place = "\(aside)-\(attempt)"
        }
        try Files.makeFolder(place)
        if Files.exists(data.database) { try Files.move(data.database, to: "\(place)/linchpin.sqlite") }
        for companion in companions { try Files.move(data.database + companion, to: "\(place)/linchpin.sqlite\(companion)") }
        try Files.sync(place)
        try Files.sync(data.path)
        return place
    }
}

extension Timestamp {
    /// The machine's clock; for commands, which have no other.
    public static var wallClock: Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
