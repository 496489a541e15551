import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

/// The files a browser gets beside pages, read once at start and served from memory.
/// The address holds a digest of the content, so a browser may keep it for ever.
struct Assets: Sendable {
    struct Asset: Sendable {
        let path: String
        let body: ByteBuffer
        let type: String
    }

    let styleSheet: Asset
    let icon: Asset
    let logo: Asset?
    private let byPath: [String: Asset]

    init(webFolder: String, logoFile: String) throws {
        styleSheet = try Self.load("\(webFolder)/site.css", type: "text/css; charset=utf-8")
        icon = try Self.load("\(webFolder)/icon.svg", type: "image/svg+xml")
        logo = logoFile.isEmpty ? nil : try Self.loadLogo(logoFile)
        // The logo may be the icon: the same content has the same address.
        byPath = Dictionary([styleSheet, icon, logo].compactMap { $0.map { ($0.path, $0) } }) { first, _ in first }
    }

    func response(path: String) -> Response? {
        guard let asset = byPath[path] else { return nil }
        return Response(
            status: .ok, headers: [.contentType: asset.type, .cacheControl: "public, max-age=31536000, immutable"],
            body: ResponseBody(byteBuffer: asset.body))
    }

    private static func loadLogo(_ file: String) throws -> Asset {
        let asset = try load(file, type: file.hasSuffix(".svg") ? "image/svg+xml" : "image/png")
        guard asset.body.readableBytes <= 100_000 else { throw StartFault.logoTooLarge(file) }
        return asset
    }

    private static func load(_ file: String, type: String) throws -> Asset {
        guard let data = FileManager.default.contents(atPath: file) else { throw StartFault.missingFile(file) }
        let digest = Base64URL.encode(Array(SHA256.hash(data: data)).prefix(9))
        let ending = file.split(separator: ".").last.map(String.init) ?? ""
        return Asset(path: "/assets/\(digest).\(ending)", body: ByteBuffer(bytes: data), type: type)
    }
}

/// Why the service cannot start, for the operator.
public enum StartFault: Error, CustomStringConvertible {
    case missingFile(String)
    case logoTooLarge(String)
    case passwordList(file: String, reason: String)
    case editionMissing(questionnaire: String, edition: String)
    case editionChanged(questionnaire: String, edition: String, recorded: String, found: String)

    public var description: String {
        switch self {
        case .missingFile(let file): "cannot read \(file)"
        case .logoTooLarge(let file): "the logo \(file) is larger than 100 KB"
        case .passwordList(let file, let reason): "the list of common passwords \(file) cannot be used: \(reason)"
        case .editionMissing(let questionnaire, let edition):
            "edition \(edition) of \(questionnaire) has been answered but is no longer in the questionnaire folder; put it back"
        case .editionChanged(let questionnaire, let edition, let recorded, let found):
            """
            edition \(edition) of \(questionnaire) has been answered and may not change: \
            answered with checksum \(recorded), found \(found); restore the files or give the change a new edition
            """
        }
    }
}
