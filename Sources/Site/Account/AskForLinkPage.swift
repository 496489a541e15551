import HTML
import Hummingbird
import Store

/// An address to send a link to, for a new account or a new password; and the page that says it was sent.
struct AskForLinkPage {
    enum Kind { case register, forgot }

    let visit: Visit
    let kind: Kind
    var typed = ""
    var faults = FormFaults.none

    func response(wait: Int64? = nil) -> Response {
        let words = visit.words
        let isNew = kind == .register
        let setting = PageSetting(title: words[isNew ? .registerTitle : .forgotTitle], isPrivate: false)
        return visit.formPage(setting.title, faults: faults, setting: setting, wait: wait) { html in
            guard visit.site.sendsMail else {
                html.paragraph(words[isNew ? .registerNoMail : .forgotNoMail])
                html.contact(visit)
                return
            }
            html.lead(words[isNew ? .registerLead : .forgotLead])
            visit.form(&html, isNew ? "/register" : "/forgot") { html in
                html.emailField(words[.signInEmail], value: typed, error: faults["email"])
                html.buttons([Button(words[isNew ? .registerButton : .forgotButton])])
            }
        }
    }

    /// Reads the form, has `send` write the message, and says the same whatever is true of the address.
    static func answer(
        _ visit: Visit, kind: Kind, send: (EmailAddress, Account?) async throws -> Void
    ) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: ["email"])
        guard visit.site.sendsMail else { return AskForLinkPage(visit: visit, kind: kind).response() }
        var page = AskForLinkPage(visit: visit, kind: kind, typed: form["email"] ?? "")
        let email: EmailAddress
        do { email = try EmailAddress(page.typed) } catch {
            page.faults.add("email", error.sentence(visit.words))
            return page.response()
        }
        if let wait = visit.mailWait() { return page.response(wait: wait) }
        if !visit.hasEnoughMail(email.key) { try await send(email, try visit.site.store.account(emailKey: email.key)) }
        return sent(visit, kind: kind, email: email.text)
    }

    private static func sent(_ visit: Visit, kind: Kind, email: String) -> Response {
        let words = visit.words
        return visit.page(PageSetting(title: words[.forgotSentTitle], place: kind == .register ? "/register" : "/forgot")) { html in
            html.pageHeading(words[.forgotSentTitle])
            html.paragraph(words[kind == .register ? .registerSent : .forgotSent, ["email": email]])
            html.paragraph(words[.forgotSentNothing])
        }
    }
}
