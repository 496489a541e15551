import HTML
import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import QuestionnaireFiles
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

    @Test func `SEC-7, UX-17: a request that is no HTTP gets the headers and a page in every language, other answers stay`() throws {
        let test = try TestSite()
        let page = NeutralPage(site: test.site).brokenRequest().withBytes { ByteBuffer(bytes: $0) }
        let channel = try connection(BrokenRequests(page: page))
        let broken = HTTPResponse(status: .badRequest, headerFields: [.connection: "close", .contentLength: "0"])
        try channel.writeOutbound(HTTPResponsePart.head(broken))
        let head = try #require(try channel.readOutbound(as: HTTPResponsePart.self))
        guard case .head(let sent) = head, case .body(let body) = try channel.readOutbound(as: HTTPResponsePart.self) else {
            Issue.record("no page")
            return
        }
        #expect(sent.headerFields[.contentSecurityPolicy] != nil && sent.headerFields[.strictTransportSecurity] != nil)
        #expect(sent.headerFields[.contentLength] == String(body.readableBytes) && sent.headerFields[.connection] == "close")
        let text = String(buffer: body)
        for language in Language.allCases { #expect(text.contains(test.site.words(language)[.brokenRequestWhat])) }
        let other = HTTPResponse(status: .badRequest, headerFields: [.contentLength: "7"])
        try channel.writeOutbound(HTTPResponsePart.head(other))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == .head(other))
        #expect(try channel.readOutbound(as: HTTPResponsePart.self) == nil)
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
