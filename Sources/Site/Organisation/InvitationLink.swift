import Store

/// An invitation as somebody holds it. There are two links to each. The one in the mail shows that whoever opens it reads the
/// mailbox. The one that an owner sees, to hand it over, shows nothing: with it nobody makes an account for an address that may
/// be another's, nor learns whether there is one (SEC-3) – unless the service sends no mail, and there is no other way (NOT-3).
struct InvitationLink {
    let visit: Visit
    /// As it stands in the address.
    let token: LinkToken
    let ticket: Ticket
    let isFromMail: Bool

    /// Throws `.ticketOver` for a link that works no more: no difference is shown.
    init(_ visit: Visit) throws {
        guard let token = LinkToken(text: try visit.parameter("token")),
            let ticket = try visit.site.store.ticket(visit.site.digest(ofInvitation: token)), ticket.purpose == .invite,
            ticket.works(at: visit.now)
        else { throw SiteError.ticketOver }
        self.visit = visit
        self.token = token
        self.ticket = ticket
        isFromMail = visit.site.ticket(handedOver: token) == nil
    }

    var mayMakeAccount: Bool { isFromMail || !visit.site.sendsMail }

    func organisation() throws -> Organisation {
        guard let organisation = try ticket.organisation.flatMap({ try visit.site.store.organisation($0) }) else {
            throw SiteError.ticketOver
        }
        return organisation
    }

    /// Behind the language.
    var place: String { "/join/\(token.text)" }
}

extension Site {
    /// What stands in the link of an invitation that an owner hands over: the ticket's id and a proof that we made it.
    /// `nil` for an id that no invitation of ours has.
    func token(handedOver ticket: String) -> LinkToken? {
        guard let id = Base64URL.decode(ticket), id.count == 16 else { return nil }
        return LinkToken(bytes: id + proof(handedOver: ticket))
    }

    /// What the store knows an invitation by, from either of its links.
    func digest(ofInvitation token: LinkToken) -> Digest32 { (ticket(handedOver: token).map { self.token($0) } ?? token).digest }

    /// The ticket of such a link; `nil` for every other text.
    fileprivate func ticket(handedOver token: LinkToken) -> String? {
        let id = Base64URL.encode(token.bytes.prefix(16))
        // Digests are compared, so that the time says nothing of the proof.
        return Digest32(of: Array(token.bytes.dropFirst(16))) == Digest32(of: proof(handedOver: id)) ? id : nil
    }

    private func proof(handedOver ticket: String) -> [UInt8] { Array(store.key.derived("handed over \(ticket)").prefix(16)) }
}
