import HTML
import Hummingbird
import Store

/// The second step of an account: turn it on, make new recovery codes, turn it off. Each takes the password and a code.
enum SecondStepRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account/second-step", .halfSignedIn) { signed in
            guard !signed.mustGiveCode else { return signed.visit.redirect(to: signed.path("/sign-in/code")) }
            return try SecondStepPage(signed: signed).response()
        }
        routes.add(.post, "/account/second-step", .halfSignedIn, signed: change)
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["password", "code", "salt"])
        guard !signed.mustGiveCode else { throw SiteError.secondStepFirst(form: nil) }
        var page = SecondStepPage(signed: signed, form: form)
        // Who is only half signed in has given her password a moment ago.
        if !signed.signed.isHalf, try await !signed.isOwn(password: form["password"] ?? "") {
            page.faults.add("password", signed.words[.passwordWrong])
        }
        guard let salt = signed.account.totp?.salt ?? form["salt"], salt.utf8.count == 22 else { throw FormFault.unknown("salt") }
        let totp = TOTP(account: signed.account.id, salt: salt, key: signed.site.store.key)
        if signed.account.totp != nil, let wait = signed.codeWait(isRecovery: false) { throw SiteError.tooMany(seconds: wait) }
        guard let step = totp.step(of: form["code"] ?? "", now: signed.now) else {
            page.faults.add("code", signed.words[.codeWrong])
            return try page.response()
        }
        guard page.faults.isEmpty else { return try page.response() }
        let isDone =
            switch (form["then"], signed.account.totp) {
            case ("on", nil), ("continue", nil): try await page.turnOn(salt: salt, step: step)
            case ("codes", .some): try await page.makeCodes(step: step)
            case ("off", .some): try await page.turnOff(step: step, password: form["password"] ?? "")
            default: throw SiteError.unknownAction
            }
        if let isDone {
            signed.codeWasRight()
            return isDone
        }
        if page.faults.isEmpty { page.faults.add("code", signed.words[.codeWrong]) }
        return try page.response()
    }
}

extension SignedVisit {
    /// The second step is on, and still to come: nothing else is open.
    fileprivate var mustGiveCode: Bool { signed.isHalf && account.totp != nil }
}

private struct SecondStepPage {
    let signed: SignedVisit
    var form: PostedForm?
    var faults = FormFaults.none

    private var words: Words { signed.words }
    private var account: Account { signed.account }

    func turnOn(salt: String, step: Int64) async throws -> Response? {
        let secret = SessionSecret(bytes: signed.site.random(32))
        let codes = RecoveryCode.make(signed.site.random)
        let isOn = try await signed.site.store.setSecondStep(
            salt: salt, step: step, recoveryCodes: codes.compactMap(RecoveryCode.digest), account: account.id, signed.next(secret),
            mail: signed.notice(.secondStepOn), now: signed.now)
        return isOn ? show(codes, secret) : nil
    }

    func makeCodes(step: Int64) async throws -> Response? {
        let codes = RecoveryCode.make(signed.site.random)
        let isMade = try await signed.site.store.setRecoveryCodes(
            codes.compactMap(RecoveryCode.digest), account: account.id, step: step, by: signed.actor, now: signed.now)
        return isMade ? show(codes, signed.visit.secret) : nil
    }

    mutating func turnOff(step: Int64, password: String) async throws -> Response? {
        // A short password was good enough only together with the second step.
        guard password.unicodeScalars.count >= PasswordRules.leastAlone else {
            faults.add("password", words[.secondStepRemovePassword])
            return nil
        }
        let secret = SessionSecret(bytes: signed.site.random(32))
        let isOff = try await signed.site.store.removeSecondStep(
            account: account.id, step: step, signed.next(secret), mail: signed.notice(.secondStepOff, link: "/forgot"), by: signed.actor,
            now: signed.now)
        return isOff ? signed.redirect(to: "/account/second-step", secret) : nil
    }

    /// The codes, this once.
    private func show(_ codes: [String], _ secret: SessionSecret) -> Response {
        let visit = signed.visit.with(secret)
        var response = visit.page(PageSetting(title: words[.secondStepCodesTitle], place: "/account/second-step")) { html in
            html.notice(Notice(.success, text: words[.secondStepIsOn]))
            html.pageHeading(words[.secondStepCodesTitle])
            html.lead(words[.secondStepCodesLead])
            html.element(.ol) { list in
                for code in codes { list.element(.li) { $0.element(.code, text: code) } }
            }
            html.paragraph(words[.secondStepCodesKeep])
            html.buttons([Button(words[.secondStepCodesKept], .go(Link(path: visit.path("/account"))))])
        }
        SessionCookie.set(secret, on: &response)
        return response
    }

    func response() throws -> Response {
        let isOn = account.totp != nil
        let left = isOn ? try signed.site.store.recoveryCodesLeft(account: account.id) : 0
        return signed.visit.formPage(
            words[.secondStepTitle], faults: faults, back: signed.signed.isHalf ? nil : .toAccount(signed)
        ) { html in
            if isOn {
                html.lead(words[.secondStepIsOn])
                html.paragraph(words[.secondStepCodesLeft, ["count": String(left)]])
                if account.needsSecondStep { html.paragraph(words[.secondStepRemoveRefused]) }
                changeForm(&html)
            } else {
                html.lead(words[.secondStepLead])
                if account.needsSecondStep { html.inset(words[.secondStepRequired]) }
                setUpForm(&html)
            }
            if signed.signed.isHalf { html.signOutForm(signed.visit) }
        }
    }

    private func setUpForm(_ html: inout HTML) {
        let typed = form?["salt"].flatMap { $0.utf8.count == 22 ? $0 : nil }
        let salt = typed ?? Base64URL.encode(signed.site.random(16))
        let totp = TOTP(account: account.id, salt: salt, key: signed.site.store.key)
        html.heading(words[.secondStepAppTitle])
        html.paragraph(words[.secondStepApp])
        _ = html.qrCode(totp.address(issuer: words[.siteName], account: account.email), label: words[.secondStepCodeLabel])
        html.paragraph(words[.secondStepTyped, ["key": totp.text]])
        html.heading(words[.secondStepConfirmTitle])
        signed.visit.form(&html, "/account/second-step") { html in
            html.hiddenField(name: "salt", value: salt)
            html.userName(account.email)
            if !signed.signed.isHalf { html.currentPasswordField(words[.secondStepCurrent], error: faults["password"]) }
            html.textField(.code(words, error: faults["code"]))
            html.buttons([Button(words[.secondStepButton], .submit(name: "then", value: "on"))])
        }
    }

    private func changeForm(_ html: inout HTML) {
        signed.visit.form(&html, "/account/second-step") { html in
            html.userName(account.email)
            html.paragraph(words[.secondStepNewCodesHint])
            html.currentPasswordField(words[.secondStepCurrent], error: faults["password"])
            html.textField(.code(words, error: faults["code"]))
            let codes = Button(words[.secondStepNewCodes], .submit(name: "then", value: "codes"), look: .second)
            let off = Button(words[.secondStepRemove], .submit(name: "then", value: "off"), look: .warning)
            html.buttons(account.needsSecondStep ? [codes] : [codes, off])
        }
    }
}
