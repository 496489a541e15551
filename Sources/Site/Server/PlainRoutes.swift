import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import QuestionnaireFiles
import Store

/// The few addresses without a language: the chooser, assets, health, robots, security.txt.
enum PlainRoutes {
    static func respond(site: Site, request: Request, route: inout String) async throws -> Response {
        let path = request.uri.path
        guard ["/", "/health", "/health/ready", "/robots.txt", SecurityText.place].contains(path) || path.hasPrefix("/assets/") else {
            throw SiteError.notFound
        }
        route = path.hasPrefix("/assets/") ? "/assets/{file}" : path
        guard request.method == .get || request.method == .head else { throw SiteError.wrongMethod(allowed: ["GET", "HEAD"]) }
        switch path {
        case "/": return chooser(site: site, request: request)
        case "/health": return text("live\n")
        case "/health/ready": return try await ready(site)
        case "/robots.txt": return text("User-agent: *\nAllow: /$\nDisallow: /\n")
        case SecurityText.place:
            guard let security = site.configuration.security else { throw SiteError.notFound }
            return text(security.text(publicAddress: site.configuration.publicAddress))
        default:
            guard let asset = site.assets.response(path: path) else { throw SiteError.notFound }
            return asset
        }
    }

    private static func chooserPage(_ site: Site) -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: NeutralPage(site: site).chooser().withBytes { ByteBuffer(bytes: $0) }))
    }

    private static func chooser(site: Site, request: Request) -> Response {
        var response =
            LanguageChoice.preferred(request).map { Response.redirect(to: "/\($0.rawValue)") }
            ?? chooserPage(site)
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
