import Hummingbird
import Store

/// The second step of an account: turn it on, make new recovery codes, turn it off. Each takes the password and a code.
enum SecondStepRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account/second-step", .halfSignedIn) { signed in
            guard !signed.mustGiveCode else { return signed.visit.redirect(to: signed.path("/sign-in/code")) }
            return try SecondStepPage(signed).response()
        }
        routes.add(.post, "/account/second-step", .halfSignedIn, signed: change)
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let kept = signed.form?.fields.map(\.name).filter { KeptForm.isField($0) } ?? []
        let form = try signed.fields(Set(["password", "code", "salt"] + kept))
        guard !signed.mustGiveCode else { throw SiteError.secondStepFirst(signed.account, form: nil) }
        var page = SecondStepPage(signed, form: form)
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
            case ("on", nil), ("continue", nil): try await turnOn(signed, page, salt: salt, step: step)
            case ("codes", .some): try await makeCodes(signed, page, step: step)
            case ("off", .some): try await turnOff(signed, &page, step: step, password: form["password"] ?? "")
            default: throw SiteError.unknownAction
            }
        if let isDone {
            signed.codeWasRight()
            return isDone
        }
        if page.faults.isEmpty { page.faults.add("code", signed.words[.codeWrong]) }
        return try page.response()
    }

    private static func turnOn(_ signed: SignedVisit, _ page: SecondStepPage, salt: String, step: Int64) async throws -> Response? {
        let secret = SessionSecret(bytes: signed.site.random(32))
        let codes = RecoveryCode.make(signed.site.random)
        let isOn = try await signed.site.store.setSecondStep(
            salt: salt, step: step, recoveryCodes: codes.compactMap(RecoveryCode.digest), account: signed.account.id, signed.next(secret),
            mail: signed.notice(.secondStepOn), now: signed.now)
        return isOn ? page.show(codes, secret) : nil
    }

    private static func makeCodes(_ signed: SignedVisit, _ page: SecondStepPage, step: Int64) async throws -> Response? {
        let codes = RecoveryCode.make(signed.site.random)
        let isMade = try await signed.site.store.setRecoveryCodes(
            codes.compactMap(RecoveryCode.digest), account: signed.account.id, step: step, by: signed.actor, now: signed.now)
        return isMade ? page.show(codes, signed.visit.secret) : nil
    }

    private static func turnOff(
        _ signed: SignedVisit, _ page: inout SecondStepPage, step: Int64, password: String
    ) async throws -> Response? {
        // A short password was good enough only together with the second step.
        guard password.unicodeScalars.count >= PasswordRules.leastAlone else {
            page.faults.add("password", signed.words[.secondStepRemovePassword])
            return nil
        }
        let secret = SessionSecret(bytes: signed.site.random(32))
        let isOff = try await signed.site.store.removeSecondStep(
            account: signed.account.id, step: step, signed.next(secret), mail: signed.notice(.secondStepOff, link: "/forgot"),
            by: signed.actor, now: signed.now)
        return isOff ? signed.redirect(to: "/account/second-step", secret) : nil
    }
}

extension SignedVisit {
    /// The second step is on, and still to come: nothing else is open.
    fileprivate var mustGiveCode: Bool { signed.isHalf && account.totp != nil }
}
