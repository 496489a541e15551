import HTML
import Hummingbird
import Store

/// Another password for who knows the present one (ASVS 6.2.3); every other session ends.
enum PasswordRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account/password", .signedIn, signed: { PasswordPage(signed: $0).response() })
        routes.add(.post, "/account/password", .signedIn, signed: change)
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["password", "newPassword"])
        var page = PasswordPage(signed: signed)
        let (account, password) = (signed.account, form["newPassword"] ?? "")
        if try await !signed.isOwn(password: form["password"] ?? "") { page.faults.add("password", signed.words[.passwordWrong]) }
        if let fault = NewPassword.fault(
            password, signed.visit, hasSecondStep: account.totp != nil, email: account.email, name: account.name)
        {
            page.faults.add("newPassword", fault)
        }
        guard page.faults.isEmpty else { return page.response() }
        let secret = SessionSecret(bytes: signed.site.random(32))
        try await signed.site.store.setPassword(
            try await signed.site.passwords.hash(password), account: account.id, signed.next(secret),
            mail: signed.notice(.passwordChanged, link: "/forgot"), by: signed.actor, now: signed.now)
        return signed.redirect(to: "/account/password?saved=1", secret)
    }
}

private struct PasswordPage {
    let signed: SignedVisit
    var faults = FormFaults.none

    func response() -> Response {
        let words = signed.words
        return signed.visit.formPage(words[.passwordTitle], faults: faults, back: .toAccount(signed)) { html in
            if signed.visit.query["saved"] == "1" { html.notice(Notice(.success, text: words[.passwordChanged])) }
            signed.visit.form(&html, "/account/password") { html in
                html.userName(signed.account.email)
                html.currentPasswordField(words[.passwordCurrent], error: faults["password"])
                html.newPasswordField(words, hasSecondStep: signed.account.totp != nil, error: faults["newPassword"])
                html.buttons([Button(words[.passwordButton])])
            }
        }
    }
}
