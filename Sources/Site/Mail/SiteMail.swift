import QuestionnaireFiles
import Store

/// A link that works once: made by the site, written by the store, and sent or shown.
struct OneTimeLink {
    let ticket: NewTicket
    /// What stands in the link.
    let token: LinkToken
}

/// What makes links and messages: the service, and the command line without it.
protocol Correspondent: Sendable {
    var store: Store { get }
    var configuration: SiteConfiguration { get }
    var random: @Sendable (Int) -> [UInt8] { get }
}

extension Site: Correspondent {}

extension Correspondent {
    /// The token of a ticket or contribution: derived, so that it can be shown and sent again although only its digest is stored.
    func token(_ id: String) -> LinkToken { LinkToken(bytes: store.key.derived("link \(id)")) }

    func newID() -> String { Base64URL.encode(random(16)) }

    /// - Parameter id: Of a form that may be sent twice.
    func issue(
        _ purpose: TicketPurpose, id: String? = nil, account: String? = nil, organisation: String? = nil, role: MemberRole? = nil,
        email: String = "",
        madeBy: String? = nil
    ) -> OneTimeLink {
        let id = id ?? newID()
        let token = token(id)
        return OneTimeLink(
            ticket: NewTicket(
                id: id, token: token.digest, purpose: purpose, account: account, organisation: organisation, role: role, email: email,
                madeBy: madeBy), token: token)
    }

    /// The whole address of a ticket's page.
    func address(of purpose: TicketPurpose, token: LinkToken, language: Language) -> String {
        address("\(MailKind.place(of: purpose))/\(token.text)", language)
    }

    /// The whole address of a page of ours.
    func address(_ place: String, _ language: Language) -> String { "\(configuration.publicAddress)/\(language.rawValue)\(place)" }

    var sendsMail: Bool { !configuration.mailProgram.isEmpty }

    /// A message to write together with its cause; `nil` where the service sends no mail (NOT-3).
    /// - Parameter facts: Fill its text. "link" is a page of ours and "contribution" the id of one, for messages without a
    ///   ticket; "at" is a moment in milliseconds.
    func mail(
        _ kind: MailKind, to email: String, language: String, facts: [String: String] = [:], ticket: NewTicket? = nil,
        account: String? = nil
    ) -> NewMail? {
        guard sendsMail else { return nil }
        return NewMail(
            id: newID(), kind: kind.rawValue, language: language, email: email, facts: facts, ticket: ticket?.id, account: account)
    }
}

extension SignedVisit {
    /// A message that tells the account's owner of a change.
    func notice(_ kind: MailKind, link: String? = nil) -> NewMail? {
        var facts = ["at": String(now.milliseconds)]
        facts["link"] = link
        return site.mail(kind, to: account.email, language: account.language, facts: facts, account: account.id)
    }
}
