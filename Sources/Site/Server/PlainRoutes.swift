import HTTPTypes
import Hummingbird
import NIOCore
import QuestionnaireFiles
import Store

/// The few addresses without a language: the chooser, assets, health, robots.
enum PlainRoutes {
    static func respond(site: Site, request: Request, context: SiteContext) async throws -> Response? {
        let path = request.uri.path
        guard path == "/" || path == "/health" || path == "/health/ready" || path == "/robots.txt" || path.hasPrefix("/assets/")
        else { return nil }
        context.coreContext.endpointPath.value = path.hasPrefix("/assets/") ? "/assets/{file}" : path
        guard request.method == .get || request.method == .head else { throw SiteError.wrongMethod(allowed: ["GET", "HEAD"]) }
        var response: Response
        switch path {
        case "/": response = chooser(site: site, request: request)
        case "/health": response = text("live\n")
        case "/health/ready": response = try await ready(site)
        case "/robots.txt": response = text("User-agent: *\nAllow: /$\nDisallow: /\n")
        default:
            guard let asset = site.assets.response(path: path) else { throw SiteError.notFound }
            response = asset
        }
        if request.method == .head { response = response.createHeadResponse() }
        return response
    }

    private static func chooser(site: Site, request: Request) -> Response {
        var response =
            LanguageChoice.preferred(request).map { Response.redirect(to: "/\($0.rawValue)") }
            ?? ChooserPage(site: site).response()
        response.headers[.vary] = "Accept-Language"
        return response
    }

    /// Ready means: the database was read and written just now.
    private static func ready(_ site: Site) async throws -> Response {
        do {
            try await site.store.ready()
            return text("ready\n")
        } catch {
            site.log.event(.error, "notReady", at: site.clock(), cause: "\(error)")
            var response = text("not ready: the database could not be read and written\n")
            response.status = .serviceUnavailable
            return response
        }
    }

    private static func text(_ text: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/plain; charset=utf-8"], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
