import HTML
import HTTPTypes
import Hummingbird
import QuestionnaireFiles
import Store

/// Showing by mail that an organisation is reached at a domain of its own (NOT-8).
enum ProofRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/organisations/{organisation}/proof"
        routes.add(.get, place, .organisation(.manage), signed: { ProofPage(at: try OrganisationVisit($0)).response() })
        routes.add(.post, place, .organisation(.manage), signed: ask)
        routes.add(.get, "/prove/{token}", anyone: { try ConfirmProofPage($0).response() })
        routes.add(.post, "/prove/{token}", anyone: prove)
    }

    private static func ask(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["email"])
        var page = ProofPage(at: try OrganisationVisit(signed), form: form)
        let (at, site) = (page.at, signed.site)
        guard page.isOpen else { return page.response() }
        let email: EmailAddress
        do { email = try EmailAddress(form["email"] ?? "") } catch {
            page.faults.add("email", error.sentence(signed.words))
            return page.response()
        }
        guard !EmailDomain.isPublic(email.domain) else {
            page.faults.add("email", signed.words[.proofPublic, ["domain": email.domain]])
            return page.response()
        }
        if let wait = signed.visit.mailWait() { throw SiteError.tooMany(seconds: wait) }
        if !signed.visit.hasEnoughMail(email.key) {
            let issue = site.issue(.proveDomain, organisation: at.id, email: email.text, madeBy: signed.account.id)
            let mail = site.mail(
                .proveDomain, to: email.text, language: signed.visit.language.rawValue,
                facts: ["name": signed.account.name, "organisation": at.name], ticket: issue.ticket)
            try await site.store.issue(issue.ticket, mail: mail, now: signed.now)
        }
        return signed.visit.page(PageSetting(title: signed.words[.forgotSentTitle], back: at.back)) { html in
            html.pageHeading(signed.words[.forgotSentTitle])
            html.paragraph(signed.words[.registerSent, ["email": email.text]])
            html.paragraph(signed.words[.forgotSentNothing])
        }
    }

    private static func prove(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: [])
        let page = try ConfirmProofPage(visit)
        do {
            _ = try await visit.site.store.proveDomain(
                ticket: page.link.token.digest, domain: page.domain, by: visit.actor(account: nil), now: visit.now)
        } catch StoreError.numberProven {
            return page.said(.proveTakenTitle, .proveTaken, status: .conflict)
        }
        return page.said(.proveDoneTitle, .proveDone, status: .ok)
    }
}

private struct ProofPage {
    let at: OrganisationVisit
    var form: PostedForm?
    var faults = FormFaults.none

    /// Whether there is anything to ask for.
    var isOpen: Bool { at.site.sendsMail && at.organisation.proof != .staff }

    func response() -> Response {
        let words = at.words
        return at.visit.formPage(words[.proofTitle], faults: faults, back: at.back) { html in
            guard isOpen else {
                html.paragraph(words[at.organisation.proof == .staff ? .proofByStaff : .proofNoMail])
                return html.contact(at.visit)
            }
            html.lead(words[.proofLead])
            at.visit.form(&html, at.place("/proof")) { html in
                html.textField(
                    TextField(
                        id: "email", name: "email", label: words[.proofEmail], value: form?["email"] ?? "", kind: .email,
                        hint: words[.proofHint], error: faults["email"], autocomplete: "off", isSpellChecked: false))
                html.buttons([Button(words[.registerButton])])
            }
        }
    }
}

/// The page of the link in the mail.
private struct ConfirmProofPage {
    let link: TicketVisit
    let organisation: Organisation
    let domain: String

    init(_ visit: Visit) throws {
        link = try TicketVisit(visit, .proveDomain)
        guard let organisation = try link.ticket.organisation.flatMap({ try visit.site.store.organisation($0) }) else {
            throw SiteError.ticketOver
        }
        self.organisation = organisation
        domain = EmailAddress(stored: link.ticket.email).domain
    }

    private var visit: Visit { link.visit }

    func response() -> Response {
        let (words, name) = (visit.words, organisation.facts.name)
        return visit.formPage(words[.proveTitle, ["organisation": name]]) { html in
            html.lead(words[.proveLead, ["domain": domain, "organisation": name]])
            visit.form(&html, "/prove/\(link.token.text)") { $0.buttons([Button(words[.proveButton])]) }
        }
    }

    /// What came of it. The link is used: the languages lead to the start page.
    func said(_ title: Word, _ text: Word, status: HTTPResponse.Status) -> Response {
        let words = visit.words
        return visit.page(PageSetting(title: words[title], place: ""), status: status) { html in
            html.pageHeading(words[title])
            html.paragraph(words[text, ["organisation": organisation.facts.name, "domain": domain]])
            html.contact(visit)
        }
    }
}
