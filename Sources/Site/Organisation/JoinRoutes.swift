import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Accepting an invitation: with the account that is signed in, with one to sign in to, or with a new one.
enum JoinRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/join/{token}", anyone: { try JoinPage(InvitationLink($0)).response() })
        routes.add(.post, "/join/{token}", anyone: join)
    }

    private static func join(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: ["name", "newPassword", "stay"])
        let signed = try visit.signedIn()
        if let signed, !signed.isHalf, form["then"] == "join" { return try await accept(visit, signed.account) }
        let link = try InvitationLink(visit)
        switch (form["then"], signed) {
        case ("join", .some(let signed)): throw SiteError.secondStepFirst(signed.account, form: form)
        case ("join", nil): throw SiteError.signInFirst(form: form)
        case ("account", nil) where link.mayMakeAccount: return try await makeAccount(link, form)
        case ("mail", nil) where !link.mayMakeAccount: return try await sendAgain(link)
        default: throw SiteError.unknownAction
        }
    }

    private static func accept(_ visit: Visit, _ account: Account) async throws -> Response {
        // A second press finds the invitation used, and the one who used it a member.
        guard let token = LinkToken(text: try visit.parameter("token")) else { throw SiteError.ticketOver }
        let organisation = try await visit.site.store.join(
            ticket: visit.site.digest(ofInvitation: token), account: account.id, by: visit.actor(account: account.id), now: visit.now)
        return visit.redirect(to: visit.path("/organisations/\(organisation)"))
    }

    private static func makeAccount(_ link: InvitationLink, _ form: PostedForm) async throws -> Response {
        let visit = link.visit
        var page = try JoinPage(link)
        page.form = form
        guard let new = try await NewAccountPage.account(form, visit, email: link.ticket.email, faults: &page.faults) else {
            return page.response()
        }
        do {
            let organisation = try await visit.site.store.join(
                ticket: visit.site.token(link.ticket.id).digest, account: new.id, new: new, by: visit.actor(account: new.id), now: visit.now
            )
            return try await visit.signIn(id: new.id, form, kept: KeptForm(place: "/organisations/\(organisation)"))
        } catch StoreError.emailTaken {
            page.faults.add("email", visit.words[.joinTaken])
            page.isKnown = true
            return page.response()
        }
    }

    /// The same answer whether or not there is an account, and whether or not a message goes out.
    private static func sendAgain(_ link: InvitationLink) async throws -> Response {
        let (visit, ticket) = (link.visit, link.ticket)
        if let wait = visit.mailWait() { throw SiteError.tooMany(seconds: wait) }
        let email = EmailAddress(stored: ticket.email)
        if !visit.hasEnoughMail(email.key) {
            let inviter = try ticket.madeBy.flatMap { try visit.site.store.account(id: $0) }
            let mail = visit.site.mail(
                .invite, to: email.text, language: visit.language.rawValue,
                facts: ["name": inviter?.name ?? "", "organisation": try link.organisation().facts.name],
                ticket: visit.site.issue(.invite, id: ticket.id).ticket)
            if let mail { try await visit.site.store.send(mail, now: visit.now) }
        }
        return visit.redirect(to: visit.path("\(link.place)?mail=sent"))
    }
}

private struct JoinPage {
    let link: InvitationLink
    let organisation: Organisation
    private let signed: SignedIn?
    var form: PostedForm?
    var faults = FormFaults.none
    /// There is an account with the address. Only looked at for somebody who reads its mail.
    var isKnown: Bool

    init(_ link: InvitationLink) throws {
        let visit = link.visit
        self.link = link
        organisation = try link.organisation()
        signed = try visit.signedIn()
        isKnown = try link.isFromMail && visit.site.store.account(emailKey: EmailAddress(stored: link.ticket.email).key) != nil
    }

    private var visit: Visit { link.visit }
    private var words: Words { visit.words }

    func response() -> Response {
        if let signed, signed.isHalf {
            return visit.redirect(to: visit.path("/sign-in/code?to=\(Base64URL.percentEncoded(link.place))"))
        }
        return visit.formPage(words[.joinTitle, ["organisation": organisation.facts.name]], faults: faults) { html in
            if visit.query["mail"] == "sent" { html.notice(Notice(.success, text: words[.joinMailSent])) }
            html.lead(words[.joinLead])
            if let role = link.ticket.role {
                html.paragraph(words[.labelled, ["label": words[role.word], "value": words[role.explanation]]])
            }
            if let signed { accept(signed.account, &html) } else { enter(&html) }
        }
    }

    private func accept(_ account: Account, _ html: inout HTML) {
        html.paragraph(words[.accountSignedInAs, ["name": account.name, "email": account.email]])
        visit.form(&html, link.place) { html in
            html.buttons([Button(words[.joinButton], .submit(name: "then", value: "join"))])
        }
        html.signOutForm(visit)
    }

    private func enter(_ html: inout HTML) {
        if !link.isFromMail || isKnown {
            html.heading(words[.joinSignInTitle])
            html.signInForm(visit, kept: KeptForm(place: link.place), email: link.ticket.email, faults: faults)
        }
        guard !isKnown else { return }
        html.heading(words[.joinNewTitle])
        guard link.mayMakeAccount else {
            html.paragraph(words[.joinMailWhat, ["email": link.ticket.email]])
            return visit.form(&html, link.place) { html in
                html.buttons([Button(words[.joinMailButton], .submit(name: "then", value: "mail"), look: .second)])
            }
        }
        html.paragraph(words[.registerGoOnLead, ["email": link.ticket.email]])
        visit.form(&html, link.place) { html in
            html.userName(link.ticket.email)
            html.newAccountFields(words, form: form, faults: faults, stayID: "stay-new")
            html.buttons([Button(words[.joinNewButton], .submit(name: "then", value: "account"))])
        }
    }
}
