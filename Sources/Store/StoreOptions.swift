/// How a store is opened. The defaults suit a server; tests and special machines change them.
public struct StoreOptions: Sendable {
    /// Opens a folder on a network file system all the same (REL-7).
    public var allowsNetworkFileSystem = false
    /// Reads longer than this are aborted, in milliseconds (REL-6).
    public var readLimitMilliseconds: Int64 = 5_000
    /// Connections that read, at least 1.
    public var readers = 6
    /// The most writes that share one commit.
    public var batchLimit = 256
    /// The most writes that wait; more get `.busy`.
    public var queueLimit = 1_024
    /// The WAL is copied into the database once it is this long, in pages of 4 KiB.
    public var checkpointPages = 4_000
    /// The WAL is emptied, waiting for readers if needed, once it is this long, in bytes (REL-6).
    public var walLimitBytes: Int64 = 32 << 20

    /// Hears of faults that no caller is told of; fit for a log line. Called on the writing thread: be quick.
    public var report: @Sendable (StoreNotice) -> Void = { _ in }

    public init() {}
}

/// A fault behind the scenes: no answered write is in danger, but an operator should look.
public enum StoreNotice: Sendable, Hashable {
    /// A group commit failed; its callers were told. `writes` is how many.
    case notSaved(NotSavedReason, writes: Int)
    /// The WAL could not be moved into the database; it is tried again later.
    case checkpointFailed(detail: String)
    /// Traces of an erased assessment may be left in the files; it is tried again.
    case sweepFailed(detail: String)
    /// Closing did not go as it should; the next start repairs it.
    case notClosedCleanly(detail: String)
}

/// What an operator should know about an open store.
public struct StoreFacts: Sendable, Hashable {
    /// Such as `3.40.1`.
    public let sqliteVersion: String
    /// Whether this SQLite has the WAL-reset bug (sqlite.org/wal.html#walresetbug). Linchpin avoids it by a single writing
    /// connection; other programs must not write to the file.
    public let hasWALResetBug: Bool
    /// The median time of a 4 KiB write with fsync. Under 50 the disk probably does not sync (REL-3).
    public let fsyncMicroseconds: Int64
    public let schemaVersion: Int
    /// The installation's key is another one than before, and accounts have second steps that were made with the old one:
    /// their codes are wrong now, their recovery codes still work.
    public let hasNewKey: Bool
    /// The database file.
    public let path: String
}
