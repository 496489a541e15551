import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Site

@Suite struct ConnectionTests {
    private let head = HTTPRequestPart.head(HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/"))

    private func connection(_ handlers: any ChannelHandler...) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handlers: handlers)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func answer(_ channel: EmbeddedChannel) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
    }

    @Test func `SEC-16: a request that is not answered in time closes its connection`() throws {
        let channel = try connection(RequestDeadline(seconds: 30))
        try channel.writeInbound(head)
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `SEC-16: each request has its own time, however long the connection lasts`() throws {
        let channel = try connection(RequestDeadline(seconds: 30))
        for _ in 0..<5 {
            try channel.writeInbound(head)
            channel.embeddedEventLoop.advanceTime(by: .seconds(20))
            try answer(channel)
            channel.embeddedEventLoop.advanceTime(by: .seconds(300))
            #expect(channel.isActive)
        }
        try channel.writeInbound(head)
        channel.embeddedEventLoop.advanceTime(by: .seconds(31))
        #expect(!channel.isActive)
    }

    @Test func `SEC-16: the time of a request that began late is its own, not the timer's`() throws {
        let channel = try connection(RequestDeadline(seconds: 30))
        try channel.writeInbound(head)
        try answer(channel)
        channel.embeddedEventLoop.advanceTime(by: .seconds(20))
        try channel.writeInbound(head)
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(1))
        #expect(!channel.isActive)
    }

    @Test func `responses go out once what waited before them is done, and all go out before a close`() throws {
        let flushes = CountFlushes()
        let channel = try connection(flushes, FlushTogether())
        channel.write(HTTPResponsePart.end(nil), promise: nil)
        channel.flush()
        channel.flush()
        #expect(flushes.count == 0)
        channel.embeddedEventLoop.run()
        #expect(flushes.count == 1)
        channel.flush()
        channel.embeddedEventLoop.run()
        #expect(flushes.count == 2)
        channel.flush()
        channel.close(promise: nil)
        #expect(flushes.count == 3)
        channel.embeddedEventLoop.run()
        #expect(flushes.count == 3)
    }
}

private final class CountFlushes: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart
    var count = 0
    func flush(context: ChannelHandlerContext) {
        count += 1
        context.flush()
    }
}
