import HTTPTypes
import NIOCore
import NIOHTTPTypes
import QuestionnaireFiles

/// Hummingbird answers a request that is no HTTP, or whose head is too long, with an empty 400 before the site hears of it.
/// Here it gets the security headers and a page (SEC-7, UX-17).
final class BrokenRequests: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let page: ByteBuffer

    init(page: ByteBuffer) { self.page = page }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest, head.headerFields[.contentLength] == "0" else {
            return context.write(data, promise: promise)
        }
        head.headerFields = SecurityHeaders.page(.en)
        head.headerFields[.connection] = "close"
        head.headerFields[.contentLength] = String(page.readableBytes)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(page)), promise: promise)
    }
}
