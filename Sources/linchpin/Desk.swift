import Glibc
import Site
import Store
import SystemPackage

/// Carries out an order about accounts: in this process, or by the service where one holds the data folder.
struct Desk {
    /// How long a service may take to begin or to end.
    private static let patience = Duration.seconds(8)
    /// For each piece of an answer.
    private static let answerSeconds = 10

    let configuration: SiteConfiguration
    /// Whether a folder without a database is made, not refused.
    var mayMakeFolder = false

    func carryOut(_ order: DeskOrder) async throws {
        // A service that goes away while it is written to must not end this process.
        signal(SIGPIPE, SIG_IGN)
        let end = ContinuousClock.now + Self.patience
        while true {
            do {
                return try await here(order)
            } catch StoreError.folderInUse(let path, let pid) {
                if try byService(order) { return }
                guard ContinuousClock.now < end else {
                    throw Failure(
                        .machine,
                        "\(StoreError.folderInUse(path: path, pid: pid).message); it does not answer, so accounts cannot be changed beside it"
                    )
                }
                try await Task.sleep(for: .milliseconds(100))
            } catch let error as StoreError {
                throw error.failure
            }
        }
    }

    private func here(_ order: DeskOrder) async throws {
        let folder = configuration.dataFolder
        guard mayMakeFolder || Store.exists(in: folder) else { throw StoreError.notFound(path: folder) }
        var options = StoreOptions()
        options.allowsNetworkFileSystem = configuration.allowNetworkFileSystem
        let store = try Store.open(folder: folder, options: options)
        let outcome: Result<Void, any Error>
        do {
            try await AccountDesk(store: store, configuration: configuration).carryOut(order, say: take)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await store.close()
        try outcome.get()
    }

    /// False where no service answers, because it is just starting or ending.
    private func byService(_ order: DeskOrder) throws -> Bool {
        let service: FileDescriptor
        do {
            service = try ControlSocket.connect(in: configuration.dataFolder, seconds: Self.answerSeconds)
        } catch .noSuchFileOrDirectory, .connectionRefused {
            return false
        } catch {
            throw Failure(.machine, "cannot reach the service that uses \(configuration.dataFolder): \(error)")
        }
        defer { try? service.close() }
        var isOver = false
        do {
            try service.writeAll("\(order.line)\n".utf8)
            var rest: [UInt8] = []
            while !isOver, let piece = try service.piece() {
                rest += piece
                while let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    guard let line = DeskLine(line: String(decoding: rest[..<lineEnd], as: UTF8.self)) else { throw Errno.badMessage }
                    rest.removeSubrange(...lineEnd)
                    if case .text = line {} else { isOver = true }
                    try take(line)
                }
            }
        } catch let error as Errno {
            throw Failure(.machine, "the service did not answer (\(error)); linchpin user list shows what was done")
        }
        guard isOver else { throw Failure(.machine, "the service ended before it had answered; linchpin user list shows what was done") }
        return true
    }

    private func take(_ line: DeskLine) throws {
        switch line {
        case .text(let text): print(text)
        case .done: return
        case .wrongInput(let message): throw Failure(.input, message)
        case .machine(let message): throw Failure(.machine, message)
        }
    }
}

extension FileDescriptor {
    /// What comes next; `nil` at the end.
    fileprivate func piece() throws -> [UInt8]? {
        let bytes = try [UInt8](unsafeUninitializedCapacity: 65_536) { buffer, count in
            count = try read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        return bytes.isEmpty ? nil : bytes
    }
}
