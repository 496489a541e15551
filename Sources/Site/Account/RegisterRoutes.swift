import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Making an account: an address, a link to it, a name and a password. The answers are the same whether or not there is an
/// account with the address (SEC-3): the mail tells.
enum RegisterRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/register", anyone: { AskForLinkPage(visit: $0, kind: .register).response() })
        routes.add(.post, "/register", anyone: ask)
        routes.add(.get, "/register/{token}", anyone: { NewAccountPage(link: try TicketVisit($0, .register)).response() })
        routes.add(.post, "/register/{token}", anyone: make)
    }

    private static func ask(_ visit: Visit) async throws -> Response {
        try await AskForLinkPage.answer(visit, kind: .register) { email, account in
            let site = visit.site
            if let account {
                let mail = site.mail(
                    .registerKnown, to: account.email, language: account.language, facts: ["link": "/sign-in"], account: account.id)
                if let mail { try await site.store.send(mail, now: visit.now) }
            } else {
                let issue = site.issue(.register, email: email.text)
                try await site.store.issue(
                    issue.ticket, mail: site.mail(.register, to: email.text, language: visit.language.rawValue, ticket: issue.ticket),
                    now: visit.now)
            }
        }
    }

    private static func make(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: ["name", "newPassword", "stay"])
        let link = try TicketVisit(visit, .register)
        var page = NewAccountPage(link: link, form: form)
        guard let account = try await NewAccountPage.account(form, visit, email: link.ticket.email, faults: &page.faults) else {
            return page.response()
        }
        do {
            try await visit.site.store.register(
                account, ticket: link.token.digest, by: Actor(account.id, address: visit.origin.address), now: visit.now)
        } catch StoreError.emailTaken {
            throw SiteError.ticketOver
        }
        return try await visit.signIn(id: account.id, form)
    }
}

extension Visit {
    /// Signs somebody in who has just made her account.
    func signIn(id: String, _ form: PostedForm, kept: KeptForm? = nil) async throws -> Response {
        guard let account = try site.store.account(id: id), let stay = StaySignedIn(rawValue: form["stay"] ?? "short") else {
            throw SiteError.unknownAction
        }
        return try await signIn(account, stay: stay).response(kept)
    }
}

/// Name and password of a new account.
struct NewAccountPage {
    let link: TicketVisit
    var form: PostedForm?
    var faults = FormFaults.none

    func response() -> Response {
        let words = link.visit.words
        return link.visit.formPage(words[.registerGoOnButton], faults: faults) { html in
            html.lead(words[.registerGoOnLead, ["email": link.ticket.email]])
            link.visit.form(&html, "/register/\(link.token.text)") { html in
                html.userName(link.ticket.email)
                html.newAccountFields(words, form: form, faults: faults)
                html.buttons([Button(words[.registerGoOnButton])])
            }
        }
    }

    /// The account that a form describes, or what is wrong with it.
    static func account(_ form: PostedForm, _ visit: Visit, email: String, faults: inout FormFaults) async throws -> NewAccount? {
        guard form["stay"].map({ StaySignedIn(rawValue: $0) != nil }) ?? true else { throw FormFault.unknown("stay") }
        var name = ""
        do { name = try DisplayName(form["name"] ?? "").text } catch { faults.add("name", error.sentence(visit.words)) }
        let password = form["newPassword"] ?? ""
        if let fault = NewPassword.fault(password, visit, hasSecondStep: false, email: email, name: name) {
            faults.add("newPassword", fault)
        }
        guard faults.isEmpty else { return nil }
        return NewAccount(
            id: visit.site.newID(), email: email, emailKey: EmailAddress(stored: email).key, name: name,
            language: visit.language.rawValue,
            password: try await visit.site.passwords.hash(password))
    }
}

extension HTML {
    /// - Parameter stayID: Where the page has another form that asks how long to stay signed in.
    mutating func newAccountFields(_ words: Words, form: PostedForm?, faults: FormFaults, stayID: String = "stay") {
        nameField(words, value: form?["name"] ?? "", error: faults["name"])
        newPasswordField(words, hasSecondStep: false, error: faults["newPassword"])
        stayChoice(words, id: stayID, selected: form?["stay"])
    }
}
