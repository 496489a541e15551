import HTTPTypes
import HummingbirdCore
import NIOCore

/// Where a request comes from: the peer of the connection, or, where that is a proxy of ours, whom the proxy names (SEC-17).
enum ClientAddress {
    /// An IP address as text; empty where there is none.
    static func read(_ request: Request, peer: SocketAddress?, trusted: Set<String>) -> String {
        let peer = peer?.ipAddress ?? ""
        guard trusted.contains(peer) else { return peer }
        // Each proxy adds the one before it at the end: the last that is none of ours is the client. What stands before that
        // was written by the client and says nothing.
        let named = request.headers[values: .xForwardedFor].joined(separator: ",").split(separator: ",")
            .map { name in String(name.filter { $0 != " " }) }
        guard let client = named.last(where: { !trusted.contains($0) }) else { return peer }
        return isAddress(client) ? client : peer
    }

    private static func isAddress(_ text: String) -> Bool {
        text.utf8.count <= 45 && (try? SocketAddress(ipAddress: text, port: 0)) != nil
    }
}

extension HTTPField.Name {
    static var xForwardedFor: HTTPField.Name { forwardedFor }
    private static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
}

/// What a person calls her browser, from the User-Agent: to tell her sessions apart, and nothing else.
enum BrowserName {
    private static let browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"),
    ]

    static func read(_ request: Request) -> String {
        guard let agent = request.headers[.userAgent] else { return "" }
        return [browsers, systems].compactMap { list in list.first { agent.contains($0.0) }?.1 }.joined(separator: ", ")
    }
}
