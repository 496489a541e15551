/// What the store can refuse or fail at. Nothing was written when one of these is thrown.
public enum StoreError: Error, Sendable, Hashable {
    // MARK: Opening
    /// Another process holds the data folder; its process id where it could be read (REL-1).
    case folderInUse(path: String, pid: Int32?)
    /// SQLite's WAL needs a local file system (REL-7); `kind` is its name, such as `nfs`.
    case networkFileSystem(path: String, kind: String)
    /// The folder or a file in it cannot be made, read or written; `reason` is the system's message.
    case cannotOpen(path: String, reason: String)
    /// The database's own check found faults (REL-9); `detail` is SQLite's first message.
    case corrupted(detail: String)
    /// The file was written by a newer Linchpin. It was not touched (REL-18).
    case newerSchema(found: Int, supported: Int)
    /// A migration failed; the file is as it was before.
    case migrationFailed(number: Int, reason: String)

    // MARK: Serving
    /// The disk or the database refused; nothing was acknowledged (REL-12).
    case notSaved(NotSavedReason)
    /// Too many writes are waiting already. Try again in a moment.
    case busy
    /// The store is shutting down or closed.
    case closed
    /// The session does not hold the assessment, is over, or the assessment does not exist: no difference is told.
    case noAccess
    /// An edition that was answered before now has another checksum.
    case editionChanged(old: String, new: String)
    /// Another assessment has this id.
    case assessmentExists
    /// Another submission has this reference. Choose another and try again.
    case referenceTaken
    /// Another account has this e-mail address.
    case emailTaken
    /// The link was used, is too old, or never was one: no difference is told.
    case ticketOver
    /// Nobody would be left to run the installation.
    case lastAdministrator
    /// Nobody would be left to run the organisation.
    case lastOwner
    /// An erasure would take more with it than its warning said.
    case moreWouldGo
    /// Another organisation has proven this number.
    case numberProven
    /// A read took longer than `StoreOptions.readLimitMilliseconds` (REL-6).
    case readTooSlow
    /// A read failed; `detail` is SQLite's message.
    case notRead(detail: String)

    // MARK: Backup and restore
    /// A backup never overwrites.
    case fileExists(path: String)
    /// There is no database in the folder, or no backup at the path.
    case notFound(path: String)
    /// The file is not what its `.sha256` says, or not a database of ours; `reason` in words.
    case notABackup(path: String, reason: String)

    /// Whether the same call may succeed in a while, with nothing to correct by the visitor.
    public var isPassing: Bool {
        switch self {
        case .notSaved, .busy, .closed, .readTooSlow, .notRead: true
        default: false
        }
    }
}

/// Why a write was not saved.
public enum NotSavedReason: Sendable, Hashable {
    case diskFull
    /// Reading, writing or syncing the file failed; `detail` is SQLite's message.
    case ioError(detail: String)
    case readOnly
    case outOfMemory
    case corrupted
    /// The database refused the statement: a fault of ours, such as a violated constraint.
    case refused(detail: String)
}
