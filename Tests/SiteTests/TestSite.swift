import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import QuestionnaireFiles
import Store
import Synchronization

@testable import Site

/// A site on a temporary data folder, asked in process.
final class TestSite: Sendable {
    let site: Site
    let folder: String
    private let responder: SiteResponder
    private let clock: TestClock

    static let projectFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let catalogue = Result<Catalogue, any Error> { try Catalogue.load(folder: "\(projectFolder)/Questionnaires") }

    init(routes: RouteTable = Site.routes, configure: (inout SiteConfiguration) -> Void = { _ in }) throws {
        folder = NSTemporaryDirectory() + "linchpin-site-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var configuration = SiteConfiguration(
            publicAddress: "https://test.example", dataFolder: "\(folder)/data", webFolder: "\(Self.projectFolder)/Web",
            operatorName: "Test Coalition", operatorContact: "help@test.example")
        configure(&configuration)
        let clock = TestClock()
        site = try Site(
            configuration: configuration, catalogue: try Self.catalogue.get(), store: try Store.open(folder: configuration.dataFolder),
            log: AccessLog(descriptor: open("\(folder)/log", O_CREAT | O_WRONLY | O_APPEND, 0o600)), clock: { clock.now })
        self.clock = clock
        responder = SiteResponder(site: site, routes: routes)
    }

    var log: String {
        site.log.flush()
        return (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
    }

    var now: Timestamp { clock.now }
    func pass(hours: Int64) { clock.pass(milliseconds: hours * 3_600_000) }
    func pass(milliseconds: Int64) { clock.pass(milliseconds: milliseconds) }

    /// The files of the data folder that have these bytes anywhere in them.
    func files(containing text: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/data")
        return try names.filter { name in
            try Data(contentsOf: URL(fileURLWithPath: "\(folder)/data/\(name)")).range(of: Data(text.utf8)) != nil
        }
    }

    func send(_ request: HTTPRequest, body: [UInt8] = []) async throws -> Page {
        let channel = EmbeddedChannel()
        let context = SiteContext(source: ApplicationRequestContextSource(channel: channel, logger: Logger(label: "test")))
        let response = try await responder.respond(
            to: Request(head: request, body: RequestBody(buffer: ByteBuffer(bytes: body))), context: context)
        let sink = Sink()
        try await response.body.write(SinkWriter(sink: sink))
        return Page(status: response.status.code, headers: response.headers, body: sink.text, bytes: sink.all)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}

final class TestClock: Sendable {
    private let milliseconds = Mutex<Int64>(1_795_000_000_000)
    var now: Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }
    func pass(milliseconds more: Int64) { milliseconds.withLock { $0 += more } }
}

/// What came back.
struct Page: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: String
    let bytes: [UInt8]

    var location: String { headers[.location] ?? "" }

    /// The value of a hidden field.
    func hidden(_ name: String) -> String? {
        guard let pattern = try? Regex("name=\"\(name)\" value=\"([^\"]*)\"", as: (Substring, Substring).self) else { return nil }
        return body.firstMatch(of: pattern).map { String($0.1).replacingOccurrences(of: "&amp;", with: "&") }
    }
}

extension Page {
    /// What the form of this id carries through: a form that waits to be sent again.
    func kept(in form: String) -> [(String, String)] {
        guard let start = body.range(of: "<form id=\"\(form)\""),
            let end = body.range(of: "</form>", range: start.upperBound..<body.endIndex)
        else { return [] }
        return body[start.upperBound..<end.lowerBound].matches(of: /name="(keep[^"]*)" value="([^"]*)"/)
            .map { (String($0.1), Self.unescaped(String($0.2))) }
    }

    static func unescaped(_ text: String) -> String {
        text.replacing("&#34;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
    }
}

/// A browser: keeps the cookie, sends forms as browsers do.
final class Browser: Sendable {
    let test: TestSite
    let language: String
    private let cookie = Mutex<String?>(nil)

    init(_ test: TestSite, language: String = "en") {
        self.test = test
        self.language = language
    }

    /// Another tab with the same cookie.
    init(sharing other: Browser) {
        test = other.test
        language = other.language
        cookie.withLock { $0 = other.sid }
    }

    var sid: String? { cookie.withLock { $0 } }

    func forgetCookie() { cookie.withLock { $0 = nil } }
    func setCookie(_ value: String) { cookie.withLock { $0 = value } }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Page { try await send(.get, path, headers: headers) }

    /// - Parameter address: What a proxy says of where the request comes from.
    func post(_ path: String, _ fields: [(String, String)], headers: HTTPFields? = nil, from address: String? = nil) async throws -> Page {
        let body = fields.map { "\(Base64URL.percentEncoded($0.0))=\(Base64URL.percentEncoded($0.1))" }.joined(separator: "&")
        var own: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        if let name = HTTPField.Name.secFetchSite { own[name] = "same-origin" }
        own[.xForwardedFor] = address
        return try await send(.post, path, headers: headers ?? own, body: body)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, body: String = "") async throws -> Page {
        try await send(method, path, headers: headers, bytes: Array(body.utf8))
    }

    func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields, bytes: [UInt8]) async throws -> Page {
        var headers = headers
        if let sid { headers[.cookie] = "__Host-sid=\(sid)" }
        headers[.contentLength] = String(bytes.count)
        let request = HTTPRequest(method: method, scheme: "https", authority: "test.example", path: path, headerFields: headers)
        let page = try await test.send(request, body: bytes)
        if let set = page.headers[.setCookie], let value = set.split(separator: ";").first?.split(separator: "=").last {
            cookie.withLock { $0 = String(value) }
        }
        return page
    }
}

private final class Sink: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    var all: [UInt8] { bytes.withLock { $0 } }
    var text: String { String(decoding: all, as: UTF8.self) }
    func take(_ buffer: ByteBuffer) { bytes.withLock { $0 += Array(buffer.readableBytesView) } }
}

private struct SinkWriter: ResponseBodyWriter {
    let sink: Sink
    mutating func write(_ buffer: ByteBuffer) async throws { sink.take(buffer) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
