import Testing

@testable import Site
@testable import Store

/// What administrators do, and the people and organisations they look after.
extension TestSite {
    /// Makes an account with `goodPassword`, and returns its id.
    @discardableResult
    func enrol(_ email: String, name: String = "Bo Claes", roles: Set<InstallationRole> = []) async throws -> String {
        let id = site.newID()
        try await site.store.add(
            NewAccount(
                id: id, email: email, emailKey: email.lowercased(), name: name, language: "en", password: try await Self.hash.value,
                roles: roles), ticket: site.issue(.welcome, account: id).ticket, by: .console, now: now)
        return id
    }

    /// One for all: hashing takes a while.
    private static let hash = Task { try await PasswordPool(random: Site.systemRandom).hash(goodPassword) }

    func organisation(_ name: String, number: String = "", owner: String) async throws -> String {
        let id = site.newID()
        try await site.store.make(OrganisationFacts(number: number, name: name), id: id, owner: owner, by: Actor(owner), now: now)
        return id
    }

    /// What somebody with the file in hand could do: changes the second row.
    func spoilAudit() async throws {
        try await site.store.writer.write { db in
            try db.run("DROP TRIGGER audit_never_changes")
            try db.run("UPDATE audit SET actor = 'nobody' WHERE number = 2")
        }
    }

    func audited() throws -> [String] { try site.store.audit().map(\.action) }
}

extension Browser {
    /// Somebody of the staff, signed in with both steps.
    static func staff(
        _ test: TestSite, _ email: String = "chief@staff.example", name: String = "Chief", role: InstallationRole = .administrator
    ) async throws -> Browser {
        try await test.enrol(email, name: name, roles: [role])
        let browser = Browser(test)
        try await browser.signIn(email)
        _ = try await browser.turnOnSecondStep(password: nil)
        return browser
    }

    /// Presses a button of an account's or organisation's page.
    func press(_ action: String, on place: String, password: String? = nil) async throws -> Page {
        try await post(
            "/en\(place)", try await get("/en\(place)").carried + [("then", action)] + (password.map { [("password", $0)] } ?? []))
    }
}

extension Page {
    /// The hidden fields of an organisation's page.
    var carried: [(String, String)] {
        ["proof", "number", "name"].compactMap { name in
            hidden(name).map { (name, Page.unescaped($0).replacing("&gt;", with: ">")) }
        }
    }
}
