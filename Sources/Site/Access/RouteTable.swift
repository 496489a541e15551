import Hummingbird
import Store

/// All routes of the site, each with its rule: a route without one cannot be declared.
struct RouteTable: Sendable {
    typealias Handler = @Sendable (Visit) async throws -> Response
    typealias HolderHandler = @Sendable (HeldVisit) async throws -> Response

    struct Entry: Sendable {
        let method: HTTPRequest.Method
        /// Behind the language, for example "/assessments/{assessment}/check".
        let place: String
        let rule: AccessRule
        let handler: Handler
    }

    private(set) var entries: [Entry] = []

    mutating func add(_ method: HTTPRequest.Method, _ place: String, anyone handler: @escaping Handler) {
        entries.append(Entry(method: method, place: place, rule: .anyone, handler: handler))
    }

    /// The handler runs only for a browser that holds the assessment; others get what a missing one gets.
    /// - Parameter spans: Which fields of the assessment it needs; `nil` for all of them.
    mutating func add(
        _ method: HTTPRequest.Method, _ place: String, spans: @escaping HeldVisit.Spans = { _, _ in nil }, holder handler: @escaping HolderHandler
    ) {
        entries.append(
            Entry(method: method, place: place, rule: .holder) { visit in
                try await handler(try await HeldVisit(visit, spans: spans))
            })
    }

    /// The methods that a path answers to, for "wrong method" pages.
    func methods(at place: String) -> [String] {
        let parts = place.split(separator: "/")
        let matching = entries.filter { entry in
            let pattern = entry.place.split(separator: "/")
            return pattern.count == parts.count && zip(pattern, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
        return Set(matching.map(\.method.rawValue) + (matching.contains { $0.method == .get } ? ["HEAD"] : [])).sorted()
    }
}
