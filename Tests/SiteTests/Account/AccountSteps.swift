import QuestionnaireFiles
import Store
import Testing

@testable import Site

/// A password that nobody else has, long enough alone.
let goodPassword = "twelve quiet herons wade"

/// What people with accounts do, step by step.
extension Browser {
    /// The places of the links in the messages of one kind to an address, oldest first, as "/register/TOKEN".
    func links(_ kind: MailKind, to email: String) throws -> [String] {
        try test.site.store.dueMail(now: Timestamp(milliseconds: .max), limit: 1_000)
            .filter { $0.kind == kind.rawValue && $0.email == email }
            .compactMap { mail in
                guard let ticket = mail.ticket else { return mail.facts["link"] }
                let purpose = TicketPurpose(rawValue: kind.rawValue) ?? .reset
                return "\(MailKind.place(of: purpose))/\(test.site.token(ticket).text)"
            }
    }

    /// Posts the fields with the proof of the page that they belong to.
    @discardableResult
    func fill(_ place: String, _ fields: [(String, String)], from page: String? = nil) async throws -> Page {
        let proof = try await get("/\(language)\(page ?? place)").hidden("proof") ?? ""
        return try await post("/\(language)\(place)", [("proof", proof)] + fields)
    }

    /// Makes an account by mail, and is signed in.
    @discardableResult
    func register(_ email: String, password: String = goodPassword, name: String = "An Peeters", stay: String = "short") async throws
        -> Page
    {
        try await fill("/register", [("email", email)])
        let link = try links(.register, to: email).last ?? ""
        return try await fill(link, [("name", name), ("newPassword", password), ("stay", stay)])
    }

    @discardableResult
    func signIn(_ email: String, _ password: String = goodPassword, stay: String = "short") async throws -> Page {
        try await fill("/sign-in", [("email", email), ("password", password), ("stay", stay)])
    }

    /// Turns the second step on and returns what makes its codes.
    func turnOnSecondStep(password: String? = goodPassword) async throws -> (totp: TOTP, page: Page) {
        let page = try await get("/\(language)/account/second-step")
        let salt = page.hidden("salt") ?? ""
        let email = try #require(try account())
        let totp = TOTP(account: email.id, salt: salt, key: test.site.store.key)
        let fields = [("proof", page.hidden("proof") ?? ""), ("salt", salt), ("code", totp.code(TOTP.step(at: test.now))), ("then", "on")]
        return (totp, try await post("/\(language)/account/second-step", fields + (password.map { [("password", $0)] } ?? [])))
    }

    /// Who is signed in with this browser's cookie.
    func account() throws -> Account? {
        guard let sid, let secret = SessionSecret(cookie: sid) else { return nil }
        return try test.site.store.signedIn(secret.key, now: test.now)?.account
    }

    var isSignedIn: Bool { get async throws { try await get("/\(language)/account").status == 200 } }
}
