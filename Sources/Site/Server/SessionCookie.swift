import HTTPTypes
import Hummingbird

/// The one cookie of the site (SEC-6).
enum SessionCookie {
    static let name = "__Host-sid"
    private static let prefix = Array("\(name)=".utf8)

    static func read(_ request: Request) -> SessionSecret? {
        for field in request.headers[values: .cookie] {
            for part in field.utf8.split(separator: UInt8(ascii: ";")) {
                let pair = part.drop { $0 == UInt8(ascii: " ") }
                guard pair.starts(with: prefix) else { continue }
                return SessionSecret(cookie: Substring(pair.dropFirst(prefix.count)))
            }
        }
        return nil
    }

    /// Ends with the browser; the store ends the session earlier or later by itself.
    static func set(_ secret: SessionSecret, on response: inout Response) {
        response.headers[values: .setCookie] = ["\(name)=\(secret.cookie); Path=/; Secure; HttpOnly; SameSite=Lax"]
    }
}
