import HTML
import HTTPTypes
import Hummingbird
import Store

/// The second step: set it up, or change it.
struct SecondStepPage {
    let visit: Visit
    let account: Account
    /// The second step is still missing: nothing else is open.
    let isHalf: Bool
    /// What she wanted to do before she had to set it up.
    var kept: KeptForm?
    var form: PostedForm?
    var faults = FormFaults.none

    /// A form that met the second step before it was set up.
    init(_ visit: Visit, _ account: Account, kept: KeptForm?) {
        self.visit = visit
        self.account = account
        self.kept = kept
        isHalf = true
    }

    init(_ signed: SignedVisit, form: PostedForm? = nil) {
        visit = signed.visit
        account = signed.account
        isHalf = signed.signed.isHalf
        kept = form.map { KeptForm($0) } ?? KeptForm(query: signed.visit.query)
        self.form = form
    }

    private var words: Words { visit.words }

    /// The codes, this once.
    func show(_ codes: [String], _ secret: SessionSecret) -> Response {
        let visit = visit.with(secret)
        var response = visit.page(PageSetting(title: words[.secondStepCodesTitle], place: "/account/second-step")) { html in
            html.notice(Notice(.success, text: words[.secondStepIsOn]))
            html.pageHeading(words[.secondStepCodesTitle])
            html.lead(words[.secondStepCodesLead])
            html.element(.ol) { list in
                for code in codes { list.element(.li) { $0.element(.code, text: code) } }
            }
            html.paragraph(words[.secondStepCodesKeep])
            guard let kept, !kept.fields.isEmpty else {
                let place = Link(path: visit.path(kept?.place ?? "/account"))
                return html.buttons([Button(words[.secondStepCodesKept], .go(place))])
            }
            html.paragraph(words[.keptAgain])
            html.form(id: "kept", action: Link(path: visit.path(kept.place))) { $0.again(kept.fields, visit) }
        }
        SessionCookie.set(secret, on: &response)
        return response
    }

    func response(status: HTTPResponse.Status? = nil) throws -> Response {
        let isOn = account.totp != nil
        let left = isOn ? try visit.site.store.recoveryCodesLeft(account: account.id) : 0
        var setting = PageSetting(title: words[.secondStepTitle])
        setting.place = "/account/second-step"
        return visit.formPage(
            words[.secondStepTitle], faults: faults, back: isHalf ? nil : .toAccount(visit), setting: setting, status: status
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
            if isHalf { html.signOutForm(visit) }
        }
    }

    private func setUpForm(_ html: inout HTML) {
        let typed = form?["salt"].flatMap { $0.utf8.count == 22 ? $0 : nil }
        let salt = typed ?? Base64URL.encode(visit.site.random(16))
        let totp = TOTP(account: account.id, salt: salt, key: visit.site.store.key)
        html.heading(words[.secondStepAppTitle])
        html.paragraph(words[.secondStepApp])
        _ = html.qrCode(totp.address(issuer: words[.siteName], account: account.email), label: words[.secondStepCodeLabel])
        html.paragraph(words[.secondStepTyped, ["key": totp.text]])
        html.heading(words[.secondStepConfirmTitle])
        visit.form(&html, "/account/second-step", kept: kept) { html in
            html.hiddenField(name: "salt", value: salt)
            html.userName(account.email)
            if !isHalf { html.currentPasswordField(words[.secondStepCurrent], error: faults["password"]) }
            html.textField(.code(words, error: faults["code"]))
            html.buttons([Button(words[.secondStepButton], .submit(name: "then", value: "on"))])
        }
    }

    private func changeForm(_ html: inout HTML) {
        visit.form(&html, "/account/second-step") { html in
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
