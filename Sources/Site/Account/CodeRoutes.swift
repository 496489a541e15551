import HTML
import HTTPTypes
import Hummingbird
import Store

/// The second step of a sign-in: the code of the authenticator app, or a recovery code.
enum CodeRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/sign-in/code", .halfSignedIn) { signed in
            // Who needs none has nothing to do here.
            guard signed.signed.isHalf else { return signed.visit.redirect(to: signed.path("/account")) }
            guard signed.account.totp != nil else { return signed.visit.redirect(to: signed.path("/account/second-step")) }
            return CodePage(visit: signed.visit, kept: KeptForm(query: signed.visit.query)).response()
        }
        routes.add(.post, "/sign-in/code", .halfSignedIn, signed: check)
    }

    private static func check(_ signed: SignedVisit) async throws -> Response {
        let visit = signed.visit
        let kept = signed.form?.fields.map(\.name).filter { KeptForm.isField($0) } ?? []
        let form = try signed.fields(Set(["code", "recovery"] + kept))
        guard signed.signed.isHalf else { return KeptForm(form)?.response(visit) ?? visit.redirect(to: signed.path("/account")) }
        guard let totp = signed.account.totp else { return visit.redirect(to: signed.path("/account/second-step")) }
        var page = CodePage(visit: visit, kept: KeptForm(form))
        let isRecovery = !(form["recovery"] ?? "").isEmpty
        if let wait = signed.codeWait(isRecovery: isRecovery) { return page.response(wait: wait) }
        let new = SessionSecret(bytes: signed.site.random(32))
        if try await isRight(form, totp, signed, session: signed.next(new)) {
            signed.codeWasRight()
            var response = page.kept?.response(visit.with(new)) ?? visit.redirect(to: signed.path("/account"))
            SessionCookie.set(new, on: &response)
            return response
        }
        visit.noteFailure(.wrongCode, account: signed.account.id)
        if signed.site.throttle.isFifth("code \(signed.account.id)"), let mail = signed.notice(.wrongCodes, link: "/forgot") {
            try await signed.site.store.send(mail, now: signed.now)
        }
        page.faults.add(isRecovery ? "recovery" : "code", visit.words[isRecovery ? .codeRecoveryWrong : .codeWrong])
        page.isRecoveryOpen = isRecovery
        return page.response()
    }

    private static func isRight(_ form: PostedForm, _ totp: StoredTOTP, _ signed: SignedVisit, session: NewSession) async throws -> Bool {
        let store = signed.site.store
        if let typed = form["recovery"], !typed.isEmpty {
            guard let digest = RecoveryCode.digest(typed) else { return false }
            return try await store.completeSignIn(
                account: signed.account.id, recoveryCode: digest, session, mail: signed.notice(.recovery, link: "/account/password"),
                now: signed.now)
        }
        guard let step = TOTP(account: signed.account.id, salt: totp.salt, key: store.key).step(of: form["code"] ?? "", now: signed.now)
        else { return false }
        return try await store.completeSignIn(account: signed.account.id, step: step, session, now: signed.now)
    }
}

struct CodePage {
    let visit: Visit
    let kept: KeptForm?
    var faults = FormFaults.none
    var isRecoveryOpen = false

    func response(wait: Int64? = nil, status: HTTPResponse.Status? = nil) -> Response {
        let words = visit.words
        var setting = PageSetting(title: words[.codeTitle])
        setting.place = "/sign-in/code"
        return visit.formPage(words[.codeTitle], faults: faults, setting: setting, wait: wait, status: status) { html in
            html.lead(words[.codeLead, ["site": words[.siteName]]])
            visit.form(&html, "/sign-in/code", kept: kept) { html in
                html.textField(.code(words, error: faults["code"]))
                html.details(words[.codeRecovery], isOpen: isRecoveryOpen) { html in
                    html.textField(
                        TextField(
                            id: "recovery", name: "recovery", label: words[.codeRecoveryLabel], hint: words[.codeRecoveryHint],
                            error: faults["recovery"], autocomplete: "off", isSpellChecked: false))
                }
                html.buttons([Button(words[.codeButton])])
            }
            html.signOutForm(visit)
        }
    }
}

extension TextField {
    static func code(_ words: Words, error: String?) -> TextField {
        TextField(
            id: "code", name: "code", label: words[.codeLabel], hint: words[.codeHint], error: error, width: .short,
            autocomplete: "one-time-code", inputmode: "numeric", isSpellChecked: false)
    }
}

extension HTML {
    mutating func signOutForm(_ visit: Visit) {
        visit.form(&self, "/sign-out") { $0.buttons([Button(visit.words[.accountSignOut], look: .second)]) }
    }
}

extension SignedVisit {
    /// Seconds to wait before another code. Codes are short: all attempts on an account count together, from wherever they come.
    /// Recovery codes are too long to guess: they stay open to the owner while somebody else tries codes.
    func codeWait(isRecovery: Bool) -> Int64? {
        let place = visit.origin.address
        if isRecovery { return site.throttle.attempt("recovery \(account.id)", from: place, now: now) }
        return site.throttle.attempt("code \(account.id)", from: "", now: now)
    }

    func codeWasRight() {
        site.throttle.succeeded("code \(account.id)", from: "")
        site.throttle.succeeded("recovery \(account.id)", from: visit.origin.address)
    }

    /// A session that goes on with what this one is, under a new key, and is whole.
    func next(_ secret: SessionSecret) -> NewSession {
        NewSession(
            key: secret.key, replacing: key, isHalf: false, lifetime: signed.lifetime,
            limit: max(0, signed.endsAt.milliseconds - now.milliseconds), origin: visit.origin)
    }
}
