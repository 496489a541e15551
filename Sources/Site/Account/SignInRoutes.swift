import HTML
import HTTPTypes
import Hummingbird
import Store

/// How long a session lasts (SEC-5, UX-24): chosen before it begins. The long choice is longer than WCAG 2.2.1 asks for; both
/// end 20 hours after signing in at the latest, within NIST SP 800-63B's day for two factors.
enum StaySignedIn: String, CaseIterable {
    case short, long

    /// After the last save, in milliseconds.
    var lifetime: Int64 { self == .short ? 2 * 3_600_000 : Self.limit }
    /// After signing in, in milliseconds.
    static let limit: Int64 = 20 * 3_600_000
}

/// Signing in and out.
enum SignInRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/sign-in", anyone: { SignInPage(visit: $0, kept: KeptForm(query: $0.query)).response() })
        routes.add(.post, "/sign-in", anyone: signIn)
        routes.add(.post, "/sign-out", .halfSignedIn, signed: signOut)
        routes.add(.get, "/signed-out", anyone: { signedOut($0) })
    }

    private static func signIn(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        let fields = form.fields.map(\.name).filter { KeptForm.isField($0) }
        try Saving.refuseForeignFields(form, allowed: Set(["email", "password", "stay"] + fields))
        var page = SignInPage(visit: visit, kept: KeptForm(form), form: form)
        guard let stay = StaySignedIn(rawValue: form["stay"] ?? StaySignedIn.short.rawValue) else { throw FormFault.unknown("stay") }
        let (typed, password) = (form["email"] ?? "", form["password"] ?? "")
        if typed.isEmpty { page.faults.add("email", visit.words[.signInEmailMissing]) }
        if password.isEmpty { page.faults.add("password", visit.words[.signInPasswordMissing]) }
        guard page.faults.isEmpty else { return page.response() }
        // What is no address is nobody's: it is refused like a wrong password, after the same work.
        let key = (try? EmailAddress(typed))?.key ?? ""
        let origin = visit.origin
        if let wait = visit.site.throttle.attempt("sign-in \(key)", from: origin.address, now: visit.now) {
            return page.response(wait: wait)
        }
        let account = try visit.site.store.account(emailKey: key)
        let isKnown = try account.map { try visit.site.store.knows(address: origin.address, account: $0.id) } ?? false
        let isRight: Bool
        do {
            isRight = try await visit.site.passwords.verify(password, against: account?.password, isKnown: isKnown)
        } catch is PasswordPool.Busy {
            return page.busy()
        }
        guard isRight, let account, account.disabledAt == nil else {
            visit.noteFailure(isRight ? .refusedDisabled : .wrongPassword, account: account?.id)
            page.faults.add("email", visit.words[.signInWrong])
            return page.response()
        }
        visit.site.throttle.succeeded("sign-in \(key)", from: origin.address)
        try await visit.renew(account, password: password)
        let next = try await visit.signIn(account, stay: stay)
        return try next.response(page.kept)
    }

    private static func signOut(_ signed: SignedVisit) async throws -> Response {
        _ = try signed.fields([])
        try await signed.site.store.signOut(signed.key, now: signed.now, address: signed.visit.origin.address)
        var response = signed.visit.redirect(to: signed.path("/signed-out"))
        response.clearBrowser()
        return response
    }

    private static func signedOut(_ visit: Visit) -> Response {
        visit.page(PageSetting(title: visit.words[.signedOutTitle], isPrivate: false)) { html in
            html.pageHeading(visit.words[.signedOutTitle])
            html.paragraph(visit.words[.signedOutWhat])
            html.element(.p) { $0.element(.a, .href(Link(path: visit.path("/sign-in"))), text: visit.words[.signedOutAgain]) }
        }
    }
}

/// What comes after a right password.
struct SignInStep {
    let visit: Visit
    /// With the session's new secret, which the browser learns with the next response.
    let secret: SessionSecret
    let account: Account
    let isHalf: Bool

    func response(_ kept: KeptForm?) throws -> Response {
        let next = visit.with(secret)
        var response: Response
        if isHalf {
            // What was typed goes along; without it, a reload must not send the password again.
            let place = account.totp == nil ? "/account/second-step" : "/sign-in/code"
            if kept.map({ $0.fields.isEmpty }) ?? true {
                response = next.redirect(to: next.path(place + (kept.map { "?to=\(Base64URL.percentEncoded($0.place))" } ?? "")))
            } else if account.totp == nil {
                response = try SecondStepPage(next, account, kept: kept).response()
            } else {
                response = CodePage(visit: next, kept: kept).response()
            }
        } else {
            response = kept?.response(next) ?? next.redirect(to: next.path("/account"))
        }
        SessionCookie.set(secret, on: &response)
        return response
    }
}

extension Visit {
    /// Begins a session for an account whose password was right: a new secret, which replaces the browser's old one.
    func signIn(_ account: Account, stay: StaySignedIn) async throws -> SignInStep {
        let new = SessionSecret(bytes: site.random(32))
        let isHalf = account.totp != nil || account.needsSecondStep
        try await site.store.signIn(
            account: account.id,
            NewSession(
                key: new.key, replacing: isSecretNew ? nil : secret.key, isHalf: isHalf, lifetime: stay.lifetime,
                limit: StaySignedIn.limit, origin: origin), now: now)
        return SignInStep(visit: self, secret: new, account: account, isHalf: isHalf)
    }

    /// Hashes a password anew that was hashed with older parameters.
    func renew(_ account: Account, password: String) async throws {
        guard let old = account.password, Argon2.isOutdated(old) else { return }
        let hash: String
        do { hash = try await site.passwords.hash(password) } catch is PasswordPool.Busy { return }
        try await site.store.rehash(hash, account: account.id, replacing: old)
    }

    /// Writes a failed attempt down behind the visitor's back: whether there is such an account must not show in the time.
    func noteFailure(_ outcome: SignInRecord.Outcome, account: String?) {
        site.log.event(.warning, "signInFailed", at: now, cause: outcome.rawValue, id: id)
        guard let account else { return }
        let origin = origin
        Task { [site, now] in
            do {
                try await site.store.noteFailure(outcome, account: account, origin: origin, now: now)
            } catch {
                site.log.event(.error, "notSaved", at: now, cause: "\(error)")
            }
        }
    }
}

extension Response {
    /// Makes the browser forget its cookie and what it kept of our pages (ASVS 14.3.1).
    mutating func clearBrowser() {
        if let name = HTTPField.Name("Clear-Site-Data") { headers[name] = "\"cache\", \"cookies\", \"storage\"" }
    }
}
