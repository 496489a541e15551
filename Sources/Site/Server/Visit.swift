import HTTPTypes
import Hummingbird
import NIOCore
import NIOHTTP1
import QuestionnaireFiles
import Store
import Synchronization

/// One request as the pages see it. A class, so that pages and their parts share it without copying.
final class Visit: Sendable {
    let site: Site
    let request: Request
    /// The language of the page, from the path's first component.
    let language: Language
    /// The path behind the language, starting with "/" or empty.
    let place: String
    /// What the browser's cookie holds, or a fresh one that a page with a form will set.
    let secret: SessionSecret
    let isSecretNew: Bool
    let parameters: RouteTable.Parameters
    let now: Timestamp
    /// Who the connection comes from.
    let peer: SocketAddress?
    /// Names this request in the log and on error pages.
    let id: String
    let words: Words
    private let read = Mutex<PostedForm?>(nil)
    private let received = Mutex<UploadedFile?>(nil)

    init(
        site: Site, request: Request, language: Language, place: String, secret: SessionSecret, isSecretNew: Bool,
        parameters: RouteTable.Parameters, now: Timestamp, peer: SocketAddress?, id: String
    ) {
        self.site = site
        self.request = request
        self.language = language
        self.place = place
        self.secret = secret
        self.isSecretNew = isSecretNew
        self.parameters = parameters
        self.now = now
        self.peer = peer
        self.id = id
        words = site.words(language)
    }

    /// When a session that begins or saves now will end.
    var sessionEnd: Timestamp { Timestamp(milliseconds: now.milliseconds + Limit.sessionMilliseconds) }

    /// Where the request comes from.
    var origin: Origin {
        Origin(
            address: ClientAddress.read(request, peer: peer, trusted: site.configuration.trustedProxies),
            browser: BrowserName.read(request))
    }

    /// Who does something here, for the audit trail.
    func actor(account: String?) -> Actor { account.map { Actor($0, address: origin.address) } ?? .visitor(address: origin.address) }

    /// The same visit once the browser has got another secret.
    func with(_ secret: SessionSecret) -> Visit {
        Visit(
            site: site, request: request, language: language, place: place, secret: secret, isSecretNew: false, parameters: parameters,
            now: now, peer: peer, id: id)
    }

    /// The path of a page of ours in the language of this one.
    func path(_ place: String) -> String { "/\(language.rawValue)\(place)" }

    /// Query fields, decoded like a form's; a broken query is as good as none.
    var query: [String: String] {
        guard let query = request.uri.query, let pairs = try? FormReader.pairs(query.utf8) else { return [:] }
        return Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
    }

    func parameter(_ name: String) throws(SiteError) -> String {
        guard let value = parameters.get(name) else { throw .notFound }
        return value
    }

    /// The form that `form()` read and found in order.
    var posted: PostedForm? { read.withLock { $0 } }

    /// Reads a posted form and refuses one that another site made a browser send (SEC-10).
    func form() async throws -> PostedForm {
        let boundary = takesFile ? MultipartReader.boundary(request.headers[.contentType] ?? "") : nil
        let form = if let boundary { try await upload(boundary) } else { try await fields() }
        guard SameOrigin.allows(request, publicAddress: site.configuration.publicAddress) else { throw SiteError.otherSite }
        guard !isSecretNew else { throw SiteError.noCookie(form) }
        guard secret.proves(form["proof"]) else { throw SiteError.staleForm(form) }
        // A file is not shown again: the browser has it.
        if file == nil { read.withLock { $0 = form } }
        return form
    }

    /// The file that came with the form.
    var file: UploadedFile? { received.withLock { $0 } }
}

extension Visit {
    /// Only these routes take a file.
    private var takesFile: Bool { place.hasSuffix("/workbook") }

    private func fields() async throws -> PostedForm {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") ?? false else {
            throw FormFault.notAForm
        }
        return try FormReader.read(try await body(upTo: Limit.bodyBytes))
    }

    private func upload(_ boundary: String) async throws -> PostedForm {
        guard let pass = site.uploads.enter(from: origin.address) else { throw SiteError.uploadsFull }
        var (form, file) = try MultipartReader.read(try await body(upTo: Limit.uploadBytes + Limit.bodyBytes), boundary: boundary)
        if let file, file.bytes.count > Limit.uploadBytes { throw SiteError.fileTooLarge }
        file?.pass = pass
        received.withLock { $0 = file }
        return form
    }
}

extension Visit {
    private func body(upTo limit: Int) async throws -> ByteBuffer {
        let tooLarge = limit > Limit.bodyBytes ? SiteError.fileTooLarge : .tooLarge
        guard Int(request.headers[.contentLength] ?? "0") ?? 0 <= limit else { throw tooLarge }
        do {
            return try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch let error as HTTPParserError {
            throw error
        } catch {
            // The visitor's line broke, or the browser gave up: nobody is left to read a page.
            throw SiteError.brokenBody
        }
    }
}

extension Visit {
    /// The assessment is not open here. What was typed is kept, but nobody wants a deletion kept.
    func closed(_ form: PostedForm?) -> SiteError { .closed(form: place.hasSuffix("/deletion") ? nil : form) }
}

/// Whether a state-changing request comes from a page of ours.
enum SameOrigin {
    static func allows(_ request: Request, publicAddress: String) -> Bool {
        if let name = HTTPField.Name.secFetchSite, let site = request.headers[name] { return site == "same-origin" || site == "none" }
        guard let origin = request.headers[.origin] else { return false }
        return origin == publicAddress || request.head.authority.map { origin == "http://\($0)" || origin == "https://\($0)" } ?? false
    }
}

extension HTTPField.Name {
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")
}
