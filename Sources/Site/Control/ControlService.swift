import NIOCore
import NIOPosix
import ServiceLifecycle
import Store
import SystemPackage

/// Takes orders about accounts from `linchpin user` while this process holds the database. One order for each connection.
struct ControlService: Service {
    private static let connectionLimit = 8
    /// For a whole order and its answer.
    private static let seconds: Int64 = 30

    let site: Site

    func run() async throws {
        let folder = site.configuration.dataFolder
        do {
            let server = try await listen(in: folder)
            defer { ControlSocket.remove(in: folder) }
            try await server.executeThenClose { try await serve($0) }
        } catch is CancellationError {
            return
        } catch {
            // The site is worth more than the command: it serves on.
            site.log.event(.error, "control", at: site.clock(), cause: "linchpin user cannot reach the service: \(error)")
            try await gracefulShutdown()
        }
    }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    /// Hands over bare channels that read nothing yet: one that is still in line when the service stops is only dropped, while
    /// the wrapper with its writer must be finished by somebody.
    private func listen(in folder: String) async throws -> NIOAsyncChannel<any Channel, Never> {
        let descriptor = try ControlSocket.listen(in: folder)
        return try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup).childChannelOption(.autoRead, value: false)
            .bind(descriptor) { channel in channel.eventLoop.makeSucceededFuture(channel) }
    }

    private func serve(_ connections: NIOAsyncChannelInboundStream<any Channel>) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var open = 0
            for try await channel in connections.cancelOnGracefulShutdown() {
                if open == Self.connectionLimit {
                    try await group.next()
                    open -= 1
                }
                open += 1
                group.addTask { await answer(channel) }
            }
        }
    }

    private func answer(_ channel: any Channel) async {
        let end = channel.eventLoop.scheduleTask(in: .seconds(Self.seconds)) { channel.close(promise: nil) }
        defer { end.cancel() }
        do {
            let connection = try await channel.eventLoop.submit { try Connection(wrappingChannelSynchronously: channel) }.get()
            channel.setOption(.autoRead, value: true).whenFailure { _ in channel.close(promise: nil) }
            try await connection.executeThenClose { inbound, _ in
                // Waits until the line is on its way: what is still here when the connection closes is lost, and a command that
                // does not get `.taken` asks again.
                let say: @Sendable (DeskLine) async throws -> Void = {
                    try await channel.writeAndFlush(ByteBuffer(string: "\($0.line)\n"))
                }
                guard let line = try await Self.line(inbound) else { return }
                guard let order = DeskOrder(line: line) else { return try await say(.machine("this is no order")) }
                try await say(.taken)
                site.log.event(.info, "control", at: site.clock(), cause: order.name)
                let desk = AccountDesk(store: site.store, configuration: site.configuration, random: site.random, clock: site.clock)
                try await desk.carryOut(order, say: say)
            }
        } catch {
            // The command has gone, which undoes nothing: an order is carried out whole before its answer.
        }
    }

    /// What came before the first line end, or as much as is too long for an order; `nil` where the command or the service ends.
    private static func line(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>) async throws -> ArraySlice<UInt8>? {
        var bytes: [UInt8] = []
        for try await piece in inbound.cancelOnGracefulShutdown() {
            bytes += piece.readableBytesView
            if let end = bytes.firstIndex(of: UInt8(ascii: "\n")) { return bytes[..<end] }
            guard bytes.count < DeskOrder.lineLimit else { return bytes[...] }
        }
        return nil
    }
}
