import Hummingbird

/// What Hummingbird hands over with a request: nothing that is needed here.
struct SiteContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    init(source: ApplicationRequestContextSource) { coreContext = .init(source: source) }
}
