@testable import Site

/// What visitors do, step by step, for tests to begin in the middle of the journey.
extension Browser {
    /// Begins an assessment and returns its path, such as "/en/assessments/x".
    func begin(level: String = "starter") async throws -> String {
        let home = try await get("/\(language)")
        let started = try await post(
            "/\(language)/start/supply-chain",
            [("proof", home.hidden("proof") ?? ""), ("form", home.hidden("form") ?? ""), ("level", level)])
        return String(started.location.dropLast("/facts".count))
    }

    /// Begins, and gives the facts.
    func beginWithFacts(level: String = "starter", sector: String = "10") async throws -> String {
        let path = try await begin(level: level)
        _ = try await save("\(path)/facts", [("firm.sector", sector), ("firm.size", "micro"), ("firm.region", "BE10")])
        return path
    }

    /// Loads a page, changes fields of its form and sends it.
    @discardableResult
    func save(_ path: String, _ fields: [(String, String)], then: String = "continue") async throws -> Page {
        let page = try await get(path)
        return try await post(path, Self.framework(page) + fields + [("then", then)])
    }

    static func framework(_ page: Page) -> [(String, String)] {
        ["proof", "form", "shown", "revision"].compactMap { name in page.hidden(name).map { (name, $0) } }
    }

    /// Answers every question that is asked with the same score.
    func answerAll(_ path: String, score: String) async throws {
        for section in try await sections(path) {
            let page = try await get("\(path)/sections/\(section)")
            let names = Set(page.body.matches(of: /name="([A-Z]+-[0-9]+\.practice)"/).map { String($0.1) })
            _ = try await post(
                "\(path)/sections/\(section)", Self.framework(page) + names.sorted().map { ($0, score) } + [("then", "continue")])
        }
    }

    func sections(_ path: String) async throws -> [String] {
        try await get(path).body.matches(of: /\/sections\/([A-Z]+)"/).map { String($0.1) }.reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
    }

    /// Confirms the answers and returns the path of the submission.
    func confirm(_ path: String) async throws -> String {
        let confirmed = try await post("\(path)/check", Self.framework(try await get("\(path)/check")))
        return String(confirmed.location.dropLast("/confirmation".count))
    }

    /// A finished assessment and its first submission.
    func finish(level: String = "starter", score: String = "3") async throws -> (assessment: String, submission: String) {
        let path = try await beginWithFacts(level: level)
        try await answerAll(path, score: score)
        return (path, try await confirm(path))
    }
}
