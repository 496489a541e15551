import HTML
import Hummingbird
import Store

/// Another e-mail address, once both the old and the new one have confirmed it.
enum EmailRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account/email", .signedIn, signed: { EmailPage(signed: $0).response() })
        routes.add(.post, "/account/email", .signedIn, signed: ask)
        routes.add(.get, "/confirm/{token}", anyone: { confirmPage(try TicketVisit($0, .leaveEmail, .takeEmail)) })
        routes.add(.post, "/confirm/{token}", anyone: confirm)
    }

    private static func ask(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["email", "password"])
        var page = EmailPage(signed: signed, form: form)
        guard signed.site.sendsMail else { return page.response() }
        var email: EmailAddress?
        do { email = try EmailAddress(form["email"] ?? "") } catch { page.faults.add("email", error.sentence(signed.words)) }
        if email?.text == signed.account.email { page.faults.add("email", signed.words[.changeEmailSame]) }
        if try await !signed.isOwn(password: form["password"] ?? "") { page.faults.add("password", signed.words[.passwordWrong]) }
        guard page.faults.isEmpty, let email else { return page.response() }
        if let wait = signed.visit.mailWait() { throw SiteError.tooMany(seconds: wait) }
        let (site, account) = (signed.site, signed.account)
        let leave = site.issue(.leaveEmail, account: account.id, email: email.text)
        let take = site.issue(.takeEmail, account: account.id, email: email.text)
        let mails = [
            site.mail(
                .leaveEmail, to: account.email, language: account.language, facts: ["email": email.text], ticket: leave.ticket,
                account: account.id),
            // Somebody else may have an account with that address: then nothing is sent, and nothing says so.
            try site.store.account(emailKey: email.key).map { $0.id == account.id } ?? true
                ? site.mail(.takeEmail, to: email.text, language: account.language, ticket: take.ticket, account: account.id) : nil,
        ]
        try await site.store.issueEmailChange(
            [leave.ticket, take.ticket], mails: mails.compactMap { $0 }, account: account.id, now: signed.now)
        return signed.visit.page(PageSetting(title: signed.words[.forgotSentTitle], back: .toAccount(signed))) { html in
            html.pageHeading(signed.words[.forgotSentTitle])
            html.paragraph(signed.words[.changeEmailSent, ["old": account.email, "new": email.text]])
            html.paragraph(signed.words[.forgotSentNothing])
        }
    }

    private static func confirmPage(_ link: TicketVisit) -> Response {
        let words = link.visit.words
        return link.visit.formPage(words[.changeEmailConfirmTitle]) { html in
            html.lead(link.ticket.email)
            link.visit.form(&html, "/confirm/\(link.token.text)") { $0.buttons([Button(words[.changeEmailConfirmButton])]) }
        }
    }

    private static func confirm(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: [])
        let link = try TicketVisit(visit, .leaveEmail, .takeEmail)
        let email = EmailAddress(stored: link.ticket.email)
        let isDone: Bool
        do {
            isDone = try await visit.site.store.confirmEmail(
                ticket: link.token.digest, purpose: link.ticket.purpose, email: email.text, emailKey: email.key,
                by: .visitor(address: visit.origin.address), now: visit.now)
        } catch StoreError.emailTaken {
            throw SiteError.ticketOver
        }
        let words = visit.words
        return visit.page(PageSetting(title: words[.changeEmailTitle], place: "/account")) { html in
            html.pageHeading(words[.changeEmailTitle])
            html.paragraph(words[isDone ? .changeEmailDone : .changeEmailHalf])
        }
    }
}

private struct EmailPage {
    let signed: SignedVisit
    var form: PostedForm?
    var faults = FormFaults.none

    func response() -> Response {
        let words = signed.words
        return signed.visit.formPage(words[.changeEmailTitle], faults: faults, back: .toAccount(signed)) { html in
            guard signed.site.sendsMail else {
                html.paragraph(words[.changeEmailNoMail])
                html.contact(signed.visit)
                return
            }
            html.lead(words[.changeEmailLead])
            signed.visit.form(&html, "/account/email") { html in
                html.userName(signed.account.email)
                html.emailField(words[.changeEmailNew], value: form?["email"] ?? "", error: faults["email"])
                html.currentPasswordField(words[.passwordCurrent], error: faults["password"])
                html.buttons([Button(words[.changeEmailButton])])
            }
        }
    }
}
