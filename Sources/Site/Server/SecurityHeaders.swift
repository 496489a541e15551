import HTTPTypes
import Hummingbird
import QuestionnaireFiles

/// SEC-6 to SEC-9: on every response, errors included.
enum SecurityHeaders {
    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'; "
        + "base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    private static let fixed = fields([
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ])

    private static func fields(_ pairs: [(String, String)]) -> HTTPFields {
        pairs.reduce(into: HTTPFields()) { fields, pair in
            if let name = HTTPField.Name(pair.0) { fields[name] = pair.1 }
        }
    }

    /// Those of a page, put together once for each language.
    static func page(_ language: Language) -> HTTPFields { pages[language] ?? fixed }

    private static let pages = Dictionary(
        uniqueKeysWithValues: Language.allCases.map { language in
            var headers = fixed
            headers[.contentType] = "text/html; charset=utf-8"
            headers[.contentLanguage] = language.rawValue
            headers[.cacheControl] = "no-store"
            return (language, headers)
        })

    static func add(to response: inout Response) {
        if !response.headers.contains(.contentSecurityPolicy) { response.headers.append(contentsOf: fixed) }
        if !response.headers.contains(.cacheControl) { response.headers[.cacheControl] = "no-store" }
    }
}
