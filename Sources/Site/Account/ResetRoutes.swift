import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// A new password by a link: for one who forgot hers, or for whom an account was made (SEC-25). It signs nobody in, ends every
/// session, and works once.
enum ResetRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/forgot", anyone: { AskForLinkPage(visit: $0, kind: .forgot).response() })
        routes.add(.post, "/forgot", anyone: ask)
        routes.add(.get, "/reset/{token}", anyone: { try ResetPage($0).response() })
        routes.add(.post, "/reset/{token}", anyone: reset)
    }

    private static func ask(_ visit: Visit) async throws -> Response {
        try await AskForLinkPage.answer(visit, kind: .forgot) { email, account in
            let site = visit.site
            if let account, account.disabledAt == nil {
                let issue = site.issue(.reset, account: account.id)
                let mail = site.mail(.reset, to: account.email, language: account.language, ticket: issue.ticket, account: account.id)
                try await site.store.issue(issue.ticket, mail: mail, now: visit.now)
            } else if let mail = site.mail(
                .resetUnknown, to: email.text, language: visit.language.rawValue, facts: ["link": "/register"])
            {
                try await site.store.send(mail, now: visit.now)
            }
        }
    }

    private static func reset(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: ["newPassword"])
        var page = try ResetPage(visit)
        let (account, password) = (page.account, form["newPassword"] ?? "")
        if let fault = NewPassword.fault(
            password, visit, hasSecondStep: account.totp != nil, email: account.email, name: account.name)
        {
            page.faults.add("newPassword", fault)
            return page.response()
        }
        let site = visit.site
        try await site.store.setPassword(
            try await site.passwords.hash(password), ticket: page.link.token.digest, purpose: page.link.ticket.purpose,
            mail: site.mail(
                .passwordChanged, to: account.email, language: account.language,
                facts: ["at": String(visit.now.milliseconds), "link": "/forgot"], account: account.id),
            from: visit.origin, now: visit.now)
        // Who has read the mail is the right one: where somebody else guessed from the same place, she need not wait.
        site.throttle.succeeded("sign-in \(EmailAddress(stored: account.email).key)", from: visit.origin.address)
        return visit.page(PageSetting(title: visit.words[.signInTitle], place: "/sign-in")) { html in
            html.notice(Notice(.success, text: visit.words[.forgotDone]))
            html.pageHeading(visit.words[.signInTitle])
            html.signInForm(visit, kept: nil, email: account.email)
        }
    }
}

private struct ResetPage {
    let link: TicketVisit
    let account: Account
    var faults = FormFaults.none

    init(_ visit: Visit) throws {
        link = try TicketVisit(visit, .reset, .welcome)
        guard let id = link.ticket.account, let account = try visit.site.store.account(id: id), account.disabledAt == nil else {
            throw SiteError.ticketOver
        }
        self.account = account
    }

    func response() -> Response {
        let words = link.visit.words
        return link.visit.formPage(words[.forgotNewTitle], faults: faults) { html in
            html.lead(words[.forgotNewLead, ["email": account.email]])
            link.visit.form(&html, "/reset/\(link.token.text)") { html in
                html.userName(account.email)
                html.newPasswordField(words, hasSecondStep: account.totp != nil, error: faults["newPassword"])
                html.buttons([Button(words[.forgotNewButton])])
            }
        }
    }
}
