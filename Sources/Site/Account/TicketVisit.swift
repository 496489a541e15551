import HTML
import Hummingbird
import Store

/// A visit by a link that works once. Looking at it changes nothing: mail scanners follow links, they press nothing (SEC-10).
struct TicketVisit {
    let visit: Visit
    let token: LinkToken
    let ticket: Ticket

    /// Throws `.ticketOver` for a link that works no more, or is for something else: no difference is shown.
    init(_ visit: Visit, _ purposes: TicketPurpose...) throws {
        guard let token = LinkToken(text: try visit.parameter("token")), let ticket = try visit.site.store.ticket(token.digest),
            purposes.contains(ticket.purpose), ticket.works(at: visit.now)
        else { throw SiteError.ticketOver }
        self.visit = visit
        self.token = token
        self.ticket = ticket
    }
}

/// How often somebody may have us send mail: thirty times from one place, which may be a whole office, and five times to one
/// address; then ever slower.
extension Visit {
    static let freeMails = 30

    /// Seconds to wait, by where the request comes from.
    func mailWait() -> Int64? {
        site.throttle.attempt("mail", from: origin.address, free: Self.freeMails, now: now)
    }

    /// Whether an address has got enough for now. Nobody is told: that would say something about the address.
    func hasEnoughMail(_ key: String) -> Bool {
        site.throttle.attempt("mail to \(key)", from: "", now: now) != nil
    }
}
