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

    /// Prints the answer once it is whole: whoever reads it slowly holds up neither a service nor the folder.
    func carryOut(_ order: DeskOrder) async throws {
        let answer = try await answer(order)
        if !answer.lines.isEmpty { print(answer.lines.joined(separator: "\n")) }
    }

    private func answer(_ order: DeskOrder) async throws -> Answer {
        // A service that goes away while it is written to must not end this process.
        signal(SIGPIPE, SIG_IGN)
        let end = ContinuousClock.now + Self.patience
        while true {
            do {
                return try await here(order)
            } catch StoreError.folderInUse(let path, let pid) {
                if let answer = try byService(order) { return answer }
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

    private func here(_ order: DeskOrder) async throws -> Answer {
        let folder = configuration.dataFolder
        guard mayMakeFolder || Store.exists(in: folder) else { throw StoreError.notFound(path: folder) }
        var options = StoreOptions()
        options.allowsNetworkFileSystem = configuration.allowNetworkFileSystem
        let store = try Store.open(folder: folder, options: options)
        var answer = Answer()
        let outcome: Result<Void, any Error>
        do {
            try await AccountDesk(store: store, configuration: configuration).carryOut(order) { try answer.take($0) }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await store.close()
        try outcome.get()
        return answer
    }

    /// `nil` where no service takes the order, because it is just starting or ending.
    private func byService(_ order: DeskOrder) throws -> Answer? {
        let service: FileDescriptor
        do {
            service = try ControlSocket.connect(in: configuration.dataFolder, seconds: Self.answerSeconds)
        } catch .noSuchFileOrDirectory, .connectionRefused {
            return nil
        } catch {
            throw Failure(.machine, "cannot reach the service that uses \(configuration.dataFolder): \(error)")
        }
        defer { try? service.close() }
        var answer = Answer()
        do {
            try service.writeAll("\(order.line)\n".utf8)
            var rest: ArraySlice<UInt8> = []
            while !answer.isWhole, let piece = try service.piece() {
                rest += piece
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    guard let line = DeskLine(line: String(decoding: rest[..<end], as: UTF8.self)) else { throw Errno.badMessage }
                    rest = rest[(end + 1)...]
                    try answer.take(line)
                }
            }
        } catch Errno.brokenPipe, Errno.connectionReset {
            // It has gone.
        } catch let error as Errno {
            throw Failure(.machine, "the service did not answer (\(error)); linchpin user list shows what was done")
        }
        guard answer.isTaken else { return nil }
        guard answer.isWhole else {
            throw Failure(.machine, "the service ended before it had answered; linchpin user list shows what was done")
        }
        return answer
    }
}

/// What came back so far.
private struct Answer {
    var lines: [String] = []
    var isTaken = false
    var isWhole = false

    /// Throws where the order was refused.
    mutating func take(_ line: DeskLine) throws {
        switch line {
        case .taken: isTaken = true
        case .text(let text): lines.append(text)
        case .done: (isTaken, isWhole) = (true, true)
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
