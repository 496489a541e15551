import Store

extension StoreError {
    /// What happened and what to do, for an operator.
    var message: String {
        switch self {
        case .folderInUse(let path, let pid):
            "the data folder \(path) is in use by another linchpin\(pid.map { " (process \($0))" } ?? ""); stop it first, or use another folder"
        case .networkFileSystem(let path, let kind):
            "the data folder \(path) is on a network file system (\(kind)), where SQLite can lose data; use a local disk, or set allow-network-file-system"
        case .cannotOpen(let path, let reason): "cannot open \(path): \(reason)"
        case .corrupted(let detail):
            "the database is damaged (\(detail)); nothing was changed: restore the newest backup with linchpin restore FILE"
        case .newerSchema(let found, let supported):
            "the database was written by a newer linchpin (schema \(found), this one knows \(supported)); install that version, or restore an older backup"
        case .migrationFailed(let number, let reason): "migration \(number) of the database failed, nothing was changed: \(reason)"
        case .fileExists(let path): "\(path) exists already; a backup never overwrites, choose another name"
        case .notFound(let path): "there is no database or backup at \(path)"
        case .notABackup(let path, let reason): "\(path) is no backup that can be restored: \(reason)"
        default: "\(self)"
        }
    }

    var failure: Failure {
        switch self {
        case .fileExists, .notFound, .notABackup: Failure(.input, message)
        default: Failure(.machine, message)
        }
    }
}
