import ArgumentParser
import Store

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Copies the database into a file, while the service runs or not.")

    @Argument(help: "File to write; must not exist") var file: String
    @OptionGroup var place: DataOptions

    func run() async throws {
        do {
            _ = try Store.backup(folder: try await place.folder(), to: file)
        } catch let error as StoreError {
            throw error.failure
        }
        print("backup written to \(file)")
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts a backup in the place of the database. The service must not run; what it replaces is set aside.")

    @Argument(help: "Backup to restore") var file: String
    @OptionGroup var place: DataOptions

    func run() async throws {
        do {
            _ = try Store.restore(from: file, into: try await place.folder())
        } catch let error as StoreError {
            throw error.failure
        }
        print("restored from \(file)")
    }
}
