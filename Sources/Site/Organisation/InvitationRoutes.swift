import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Inviting colleagues, and taking invitations back.
enum InvitationRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/organisations/{organisation}/invitations"
        routes.add(.get, place, .organisation(.manage), signed: { try InvitationsPage(OrganisationVisit($0)).response() })
        routes.add(.post, place, .organisation(.manage), signed: invite)
        routes.add(.get, "\(place)/{invitation}", .organisation(.manage)) { try InvitationPage(OrganisationVisit($0)).response() }
        routes.add(.post, "\(place)/{invitation}/withdrawal", .organisation(.manage), signed: withdraw)
    }

    private static func invite(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["email", "role"])
        guard let once = form["form"], !once.isEmpty else { throw FormFault.unknown("form") }
        var page = try InvitationsPage(OrganisationVisit(signed), form: form)
        let (at, site) = (page.at, signed.site)
        guard let (email, role) = try page.read(form) else { return page.response() }
        let issue = site.issue(
            .invite, id: signed.visit.identifier("invite \(at.id) \(once) \(form.typed)"), organisation: at.id, role: role,
            email: email.text,
            madeBy: signed.account.id)
        let mail = try invitation(issue.ticket, email, at)
        try await site.store.invite(
            issue.ticket, mail: mail.message, account: signed.account.id, permit: OrganisationAction.manage.permit, by: signed.actor,
            now: signed.now)
        return signed.visit.redirect(to: at.path("/invitations/\(issue.ticket.id)?mail=\(mail.isSaidSent ? "sent" : "none")"))
    }

    /// The message that carries an invitation, unless too many were sent, and what the inviter is told of it. That an address
    /// has got enough is not said.
    private static func invitation(
        _ ticket: NewTicket, _ email: EmailAddress, _ at: OrganisationVisit
    ) throws -> (message: NewMail?, isSaidSent: Bool) {
        guard at.site.sendsMail, at.visit.mailWait() == nil else { return (nil, false) }
        guard !at.visit.hasEnoughMail(email.key) else { return (nil, true) }
        let language = try at.site.store.account(emailKey: email.key)?.language ?? at.visit.language.rawValue
        let message = at.site.mail(
            .invite, to: email.text, language: language, facts: ["name": at.signed.account.name, "organisation": at.name], ticket: ticket)
        return (message, true)
    }

    private static func withdraw(_ signed: SignedVisit) async throws -> Response {
        _ = try signed.fields([])
        let at = try OrganisationVisit(signed)
        let page = try InvitationPage(at)
        try await signed.site.store.withdrawInvitation(
            page.ticket.id, of: at.id, account: signed.account.id, permit: OrganisationAction.manage.permit, by: signed.actor,
            now: signed.now)
        return signed.visit.redirect(to: at.path("/invitations"))
    }
}

/// Whom to invite, and whom one has invited.
private struct InvitationsPage {
    let at: OrganisationVisit
    let open: [Ticket]
    var form: PostedForm?
    var faults = FormFaults.none

    init(_ at: OrganisationVisit, form: PostedForm? = nil) throws {
        self.at = at
        self.form = form
        open = try at.site.store.invitations(of: at.id, now: at.visit.now)
    }

    private var words: Words { at.words }

    /// What was typed; `nil` where something is wrong with it.
    mutating func read(_ form: PostedForm) throws -> (email: EmailAddress, role: MemberRole)? {
        var email: EmailAddress?
        do { email = try EmailAddress(form["email"] ?? "") } catch { faults.add("email", error.sentence(words)) }
        if let key = email?.key, try at.site.store.members(of: at.id).contains(where: { EmailAddress(stored: $0.email).key == key }) {
            faults.add("email", words[.invitationKnown])
        }
        guard let role = form["role"] else {
            faults.add("role", words[.invitationRoleMissing])
            return nil
        }
        guard let role = MemberRole(rawValue: role) else { throw FormFault.unknown("role") }
        guard faults.isEmpty, let email else { return nil }
        return (email, role)
    }

    func response() -> Response {
        at.visit.formPage(words[.invitationTitle], faults: faults, back: at.backToMembers) { html in
            html.lead(words[at.site.sendsMail ? .invitationLead : .invitationLeadNoMail])
            at.visit.form(&html, at.place("/invitations")) { html in
                html.hiddenField(name: "form", value: at.site.newID())
                html.textField(
                    TextField(
                        id: "email", name: "email", label: words[.invitationEmail], value: form?["email"] ?? "", kind: .email,
                        error: faults["email"], autocomplete: "off", isSpellChecked: false))
                html.roleChoice(words, legend: words[.invitationRole], error: faults["role"], selected: form?["role"])
                html.buttons([Button(words[.invitationButton])])
            }
            html.heading(words[.invitationOpenTitle])
            guard !open.isEmpty else { return html.paragraph(words[.invitationOpenNone]) }
            html.table(
                DataTable(
                    caption: words[.invitationTable],
                    columns: [.signInEmail, .memberRole, .sessionsEnds].map { DataTable.Column(words[$0]) },
                    rows: open.map { ticket in
                        DataTable.Row(
                            ticket.email, link: Link(path: at.path("/invitations/\(ticket.id)")),
                            [.text(ticket.role.map { words[$0.word] } ?? ""), .text(words.moment(ticket.expiresAt))])
                    }, narrow: .stacks))
        }
    }
}

/// An open invitation with its link, to print or to hand over in another way.
private struct InvitationPage {
    let at: OrganisationVisit
    let ticket: Ticket
    private let address: String

    /// - Throws: `.notFound` for one that is used, expired, withdrawn, another organisation's, or none.
    init(_ at: OrganisationVisit) throws {
        let id = try at.visit.parameter("invitation")
        guard let ticket = try at.site.store.invitations(of: at.id, now: at.visit.now).first(where: { $0.id == id }),
            let token = at.site.token(handedOver: id)
        else { throw SiteError.notFound }
        self.at = at
        self.ticket = ticket
        address = at.site.address(of: .invite, token: token, language: at.visit.language)
    }

    func response() -> Response {
        let words = at.words
        let back = TextLink(words[.invitationTitle], Link(path: at.path("/invitations")))
        return at.visit.formPage(words[.invitationPage, ["email": ticket.email]], back: back) { html in
            switch at.visit.query["mail"] {
            case "sent": html.notice(Notice(.success, text: words[.invitationSent, ["email": ticket.email]]))
            case "none" where at.site.sendsMail: html.notice(Notice(.warning, text: words[.invitationNotSent]))
            default: break
            }
            html.lead(words[.invitationHandOver])
            html.keepsake(address)
            html.qrCode(address, label: words[.invitationCode])
            if at.site.sendsMail { html.paragraph(words[.invitationHandOverMail]) }
            html.summaryList([
                SummaryRow(key: words[.memberRole], value: ticket.role.map { words[$0.word] } ?? ""),
                SummaryRow(key: words[.sessionsEnds], value: words.moment(ticket.expiresAt)),
            ])
            at.visit.form(&html, at.place("/invitations/\(ticket.id)/withdrawal")) { html in
                html.buttons([Button(words[.invitationWithdraw], look: .warning)])
            }
        }
    }
}
