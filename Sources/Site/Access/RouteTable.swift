import Hummingbird
import Store

/// All routes of the site, each with its rule: a route without one cannot be declared.
struct RouteTable: Sendable {
    typealias Handler = @Sendable (Visit) async throws -> Response
    typealias HeldHandler = @Sendable (HeldVisit) async throws -> Response
    typealias SignedHandler = @Sendable (SignedVisit) async throws -> Response

    struct Entry: Sendable {
        let method: HTTPRequest.Method
        /// Behind the language, for example "/assessments/{assessment}/check".
        let place: String
        let rule: AccessRule
        let handler: Handler
        /// How the log names the route.
        let name: String
        fileprivate let parts: [Substring]
        /// What stands in braces: the place of each among the parts, and its name.
        fileprivate let names: [(part: Int, name: Substring)]

        init(method: HTTPRequest.Method, place: String, rule: AccessRule, handler: @escaping Handler) {
            self.method = method
            self.place = place
            self.rule = rule
            self.handler = handler
            name = "/{language}\(place)"
            parts = Self.parts(of: place)
            names = parts.enumerated().compactMap { $1.hasPrefix("{") ? ($0, $1.dropFirst().dropLast()) : nil }
        }

        fileprivate static func parts(of place: String) -> [Substring] {
            place.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init)
        }

        fileprivate func fits(_ path: [Substring]) -> Bool {
            path.count == parts.count
                && zip(parts, path).allSatisfy { $0.utf8.first == UInt8(ascii: "{") || $0.utf8.elementsEqual($1.utf8) }
        }
    }

    /// What stands in a path where a route has a name in braces.
    struct Parameters: Sendable {
        private let values: [(name: Substring, value: Substring)]

        init() { values = [] }

        fileprivate init(_ entry: Entry, _ path: [Substring]) {
            values = entry.names.map { ($0.name, path[$0.part]) }
        }

        func get(_ name: String) -> String? { values.first { $0.name == name }.map { String($0.value) } }
    }

    enum Finding {
        case route(Entry, Parameters)
        /// The path exists, not for this method.
        case wrongMethod(allowed: [String])
        case nothing
    }

    private(set) var entries: [Entry] = []

    mutating func add(_ method: HTTPRequest.Method, _ place: String, anyone handler: @escaping Handler) {
        entries.append(Entry(method: method, place: place, rule: .anyone, handler: handler))
    }

    /// The handler runs only for somebody who may do this with the assessment; others get what a missing one gets.
    /// - Parameter selection: Which fields of the assessment it needs.
    mutating func add(
        _ method: HTTPRequest.Method, _ place: String, _ action: AssessmentAction,
        selection: @escaping @Sendable (Visit) -> FieldSelection = { _ in .all }, handler: @escaping HeldHandler
    ) {
        entries.append(
            Entry(method: method, place: place, rule: .assessment(action)) { visit in
                let held = try await HeldVisit(visit, action: action, selection: selection(visit))
                do {
                    return try await handler(held)
                } catch StoreError.noAccess {
                    // The right to it ended between the look at it and the save.
                    throw held.visit.closed(held.form)
                }
            })
    }

    /// The handler runs only for somebody who signed in and whom the rule lets.
    mutating func add(
        _ method: HTTPRequest.Method, _ place: String, _ rule: AccessRule, signed handler: @escaping SignedHandler
    ) {
        entries.append(
            Entry(method: method, place: place, rule: rule) { visit in
                let signed = try await SignedVisit(visit, rule: rule)
                do {
                    return try await handler(signed)
                } catch StoreError.noAccess {
                    throw SiteError.notFound
                }
            })
    }

    /// The route of a path; HEAD is answered where GET is.
    func find(_ method: HTTPRequest.Method, _ place: String) -> Finding {
        let path = Entry.parts(of: place)
        let wanted = method == .head ? .get : method
        if let entry = entries.first(where: { $0.method == wanted && $0.fits(path) }) { return .route(entry, Parameters(entry, path)) }
        let methods = entries.filter { $0.fits(path) }.map(\.method)
        guard !methods.isEmpty else { return .nothing }
        return .wrongMethod(allowed: Set(methods.map(\.rawValue) + (methods.contains(.get) ? ["HEAD"] : [])).sorted())
    }
}
