import Hummingbird

/// What the router hands from request to handler.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    var requestID = ""

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}
