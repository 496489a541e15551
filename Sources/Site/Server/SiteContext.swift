import Hummingbird
import NIOCore

/// What Hummingbird hands over with a request: who the connection comes from.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    let peer: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress
    }
}
