import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import QuestionnaireFiles
import Store

/// The outermost layer: every request gets a page, the security headers and one line in the log, whatever happens inside.
struct SiteResponder: HTTPResponder {
    typealias Context = SiteContext

    let site: Site
    let routes: RouteTable

    func respond(to request: Request, context: SiteContext) async throws -> Response {
        let started = ContinuousClock.now
        let id = site.requestIDs.next()
        var route = "none"
        do {
            var response = try await answer(request, peer: context.peer, id: id, route: &route)
            if request.method == .head { response = response.createHeadResponse() }
            SecurityHeaders.add(to: &response)
            log(request, route, id, since: started, status: response.status, bytes: response.body.contentLength ?? 0)
            return response
        } catch {
            // What is no HTTP is answered by the server itself, which then closes the connection.
            log(request, route, id, since: started, status: .badRequest, bytes: 0)
            throw error
        }
    }

    private func log(
        _ request: Request, _ route: String, _ id: String, since started: ContinuousClock.Instant, status: HTTPResponse.Status, bytes: Int
    ) {
        let took = started.duration(to: .now).components
        site.log.request(
            at: site.clock(), id: id, method: request.method.rawValue, route: route, status: status.code,
            microseconds: took.seconds * 1_000_000 + took.attoseconds / 1_000_000_000_000, bytes: bytes)
    }

    /// Routes without a language, then pages; anything thrown becomes an error page.
    private func answer(_ request: Request, peer: SocketAddress?, id: String, route: inout String) async throws(HTTPParserError) -> Response
    {
        let (language, place) = Self.split(request.uri.path)
        var visit = visit(request, language, place, RouteTable.Parameters(), peer, id)
        do {
            guard language != nil else { return try await PlainRoutes.respond(site: site, request: request, route: &route) }
            switch routes.find(request.method, place) {
            case .route(let entry, let parameters):
                route = entry.name
                visit = self.visit(request, language, place, parameters, peer, id)
                return try await entry.handler(visit)
            case .wrongMethod(let allowed): throw SiteError.wrongMethod(allowed: allowed)
            case .nothing: throw SiteError.notFound
            }
        } catch let error as HTTPParserError {
            throw error
        } catch {
            return ErrorResponse.make(error, visit: visit, route: route)
        }
    }

    private func visit(
        _ request: Request, _ language: Language?, _ place: String, _ parameters: RouteTable.Parameters, _ peer: SocketAddress?,
        _ id: String
    ) -> Visit {
        let secret = SessionCookie.read(request)
        return Visit(
            site: site, request: request, language: language ?? LanguageChoice.preferred(request) ?? .en, place: place,
            secret: secret ?? SessionSecret(bytes: site.random(32)), isSecretNew: secret == nil, parameters: parameters,
            now: site.clock(), peer: peer, id: id)
    }

    /// The path's first component as a language, and the path behind it.
    private static func split(_ path: String) -> (language: Language?, place: String) {
        let bytes = path.utf8.dropFirst()
        let first = bytes.prefix { $0 != UInt8(ascii: "/") }
        guard let language = Language(rawValue: String(Substring(first))) else { return (nil, "") }
        let rest = bytes[first.endIndex...]
        return (language, rest.count == 1 ? "" : String(Substring(rest)))
    }
}
