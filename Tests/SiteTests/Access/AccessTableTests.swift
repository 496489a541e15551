import Foundation
import HTTPTypes
import QuestionnaireFiles
import Store
import Testing

@testable import Site

/// SEC-11: every route × every kind of viewer × what she comes to, compared with the table that is committed beside this
/// file. A new route, or another rule, fails until somebody has looked at the table anew: `RECORD=1 swift test` writes it.
@Suite struct AccessTableTests {
    /// Y allowed, N as if it did not exist, S sign in first, 2 second step first, R role too low, D done before.
    private static func letter(_ decision: Decision) -> Character {
        switch decision {
        case .allowed: "Y"
        case .refused(.unknown): "N"
        case .refused(.signIn): "S"
        case .refused(.secondStep): "2"
        case .refused(.role): "R"
        case .refused(.done): "D"
        }
    }

    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "access-table.txt").path

    private static let head = """
        # Who gets what. Y allowed, N as if it did not exist, S sign in first, 2 second step first, R role too low,
        # D done before.
        # Five letters: own, other, granted, withdrawn, anonymous. One letter where the route is about no object.
        # \(Kind.allCases.map(\.rawValue).joined(separator: ", "))

        """

    private static func cells(_ route: RouteTable.Entry, letter: (Kind, Relation) throws -> Character) rethrows -> String {
        let relations = ObjectKind(route.place) == .none ? [.own] : Relation.allCases
        return try Kind.allCases.map { kind in String(try relations.map { try letter(kind, $0) }) }.joined(separator: " ")
    }

    private static func line(_ route: RouteTable.Entry, _ cells: String) -> String {
        "\(route.method.rawValue) \(route.place.isEmpty ? "/" : route.place): \(cells)"
    }

    @Test func `SEC-11: the rules say what the committed table says, for exactly the routes that exist`() throws {
        let lines = Site.routes.entries.map { route in
            Self.line(route, Self.cells(route) { Self.letter(Access.decide(route.rule, Viewer($0, $1, place: route.place))) })
        }
        let text = Self.head + lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["RECORD"] == "1" {
            try text.write(toFile: Self.file, atomically: true, encoding: .utf8)
        }
        let committed = try String(contentsOfFile: Self.file, encoding: .utf8)
        for (old, new) in zip(committed.split(separator: "\n"), text.split(separator: "\n")) where old != new {
            Testing.Issue.record("the table says \(old); the rules say \(new)")
        }
        #expect(committed == text)
    }

    @Test func `SEC-11: every route answers every kind of viewer as the table says`() async throws {
        let world = try await AccessWorld()
        let expected = try String(contentsOfFile: Self.file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
        // What ends a session comes last.
        let routes = zip(Site.routes.entries, expected).sorted { !$0.0.place.hasSuffix("/sign-out") && $1.0.place.hasSuffix("/sign-out") }
        #expect(routes.count == Site.routes.entries.count)
        for (route, line) in routes {
            var found: [Kind: [Relation: Character]] = [:]
            for kind in Kind.allCases {
                for relation in ObjectKind(route.place) == .none ? [.own] : Relation.allCases {
                    found[kind, default: [:]][relation] = try await world.answer(route, kind, relation)
                }
            }
            #expect(Self.line(route, Self.cells(route) { found[$0]?[$1] ?? "?" }) == String(line))
        }
    }

    @Test func `SEC-11: what one may not know of is answered to the letter like what does not exist`() async throws {
        let world = try await AccessWorld()
        for kind in Kind.allCases {
            let browser = try #require(world.browsers[kind])
            for (place, missing) in [
                ("/assessments/\(kind)-other", "/assessments/nothing-at-all"),
                ("/organisations/org-\(kind)-other", "/organisations/nothing"),
            ] {
                let (one, two) = (try await browser.get("/en\(place)"), try await browser.get("/en\(missing)"))
                #expect(one.status == two.status)
                #expect(one.plain(without: place) == two.plain(without: missing), "\(kind)")
            }
        }
    }
}

extension AccessWorld {
    /// The letter for what a route answers.
    fileprivate func answer(_ route: RouteTable.Entry, _ kind: Kind, _ relation: Relation) async throws -> Character {
        var place = route.place
        let named = [
            "questionnaire": "supply-chain", "token": String(repeating: "A", count: 43), "section": Self.section, "submission": "1",
            "account": "owner", "firm": "org-owner", "invitation": "none",
        ]
        for (name, value) in named.merging(parts[kind]?[relation] ?? [:], uniquingKeysWith: { $1 }) {
            place = place.replacingOccurrences(of: "{\(name)}", with: value)
        }
        let browser = try #require(browsers[kind])
        let proof = SessionSecret(cookie: browser.sid ?? "")?.proof ?? ""
        let page =
            route.method == .get ? try await browser.get("/en\(place)") : try await browser.post("/en\(place)", [("proof", proof)])
        let words = test.site.words(.en)
        #expect(page.status < 500, "\(place) \(kind): \(page.status)")
        switch page.status {
        case 303 where page.location.hasPrefix("/en/sign-in/code") && route.place != "/sign-in/code": return "2"
        case 303 where page.location.hasPrefix("/en/sign-in?to="): return "S"
        case 403 where page.body.contains(words[.signInKeptWhat]) || page.body.contains("<h1>\(words[.signInTitle])</h1>"): return "S"
        case 403 where page.body.contains(words[.roleTitle]): return "R"
        case 403 where [Word.codeTitle, .secondStepTitle].contains { page.body.contains("<h1>\(words[$0])</h1>") }: return "2"
        case 303 where route.place.hasSuffix("/adoption") && page.location.hasSuffix(place.replacing("/adoption", with: "")): return "D"
        case 403, 404: return "N"
        default: return "Y"
        }
    }
}

extension Page {
    /// The text without what names the request.
    fileprivate func plain(without place: String) -> String {
        body.replacing(place, with: "").replacing(/give this number: [^<]*/, with: "").replacing(/name="proof" value="[^"]*"/, with: "")
    }
}
