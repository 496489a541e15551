import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request and response take longer than allowed in all.
/// The idle time-out alone lets a client drip a body, or read a response, byte by byte for ever (SEC-16).
final class RequestDeadline: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    private var inProgress = 0
    /// Since when the request in progress has been so.
    private var since = NIODeadline.distantPast
    /// Looks after a while whether a request has been too long; made anew only when it has fired, not for every request.
    private var timer: Scheduled<Void>?

    init(seconds: Int64) { limit = .seconds(seconds) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) {
            if inProgress == 0 { since = context.eventLoop.now }
            inProgress += 1
            if timer == nil { look(after: limit, context) }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            written.futureResult.assumeIsolated().whenComplete { _ in self.finished(at: context.eventLoop.now) }
            context.write(data, promise: written)
        } else {
            context.write(data, promise: promise)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { stop() }

    private func look(after time: TimeAmount, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: time) { bound.value.0.look(bound.value.1) }
    }

    private func look(_ context: ChannelHandlerContext) {
        timer = nil
        guard inProgress > 0 else { return }
        let left = since + limit - context.eventLoop.now
        if left > .zero { look(after: left, context) } else { context.close(promise: nil) }
    }

    private func finished(at now: NIODeadline) {
        inProgress -= 1
        since = now
    }

    private func stop() {
        timer?.cancel()
        timer = nil
    }
}
