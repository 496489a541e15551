import GRDB

/// What a backup made.
public struct Backup: Sendable, Hashable {
    public let path: String
    public let bytes: Int64
    public let digest: Digest32
}

extension Store {
    /// Backs up a data folder, whether a server holds it or not: a sound copy at `path`, on disk, and `path.sha256` beside it in
    /// the format of `sha256sum`. Opens the database read-only, so it never writes or checkpoints. Blocks the calling thread.
    /// Throws `.notFound`, `.fileExists`, `.cannotOpen`, `.corrupted`.
    @discardableResult
    public static func backup(folder: String, to path: String) throws -> Backup {
        let database = DataFolder(path: folder).database
        guard Files.exists(database) else { throw StoreError.notFound(path: database) }
        let sum = path + ".sha256"
        guard !Files.exists(path) else { throw StoreError.fileExists(path: path) }
        guard !Files.exists(sum) else { throw StoreError.fileExists(path: sum) }
        do {
            let source = try Connections.observer(database)
            let digest = try DatabaseCopy(source: source).write(to: path)
            try source.close()
            // Under another name first: a sum is whole or not there, and a backup without one can still be restored.
            try Files.write("\(digest.hexadecimal)  \(Files.name(of: path))\n", to: sum + ".partial")
            try Files.move(sum + ".partial", to: sum)
            try Files.sync(Files.parent(of: path) ?? ".")
            return Backup(path: path, bytes: Files.size(path), digest: digest)
        } catch {
            throw StoreError(opening: path, error)
        }
    }
}
