import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The link that an administrator has made for somebody, to print or pass on (NOT-3): to be seen by her alone, while it works.
enum AccountLinkRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration/accounts/{account}/link", .role(.administrator), signed: show)
    }

    private static func show(_ signed: SignedVisit) throws -> Response {
        let (site, words) = (signed.site, signed.words)
        guard let account = try site.store.account(id: try signed.visit.parameter("account")) else { throw SiteError.notFound }
        let ticket = try site.store.passwordLink(of: account.id, madeBy: signed.account.id, now: signed.now)
        let title = words[.adminAccountsLinkTitle, ["name": account.name]]
        let back = TextLink(account.name, Link(path: signed.path("/administration/accounts/\(account.id)")))
        return signed.visit.page(PageSetting(title: title, back: back)) { html in
            html.pageHeading(title)
            guard let ticket else { return html.paragraph(words[.adminAccountsLinkNone]) }
            let address = site.address(
                of: ticket.purpose, token: site.token(ticket.id), language: Language(rawValue: account.language) ?? signed.visit.language)
            html.lead(words[.adminAccountsLinkLead])
            html.keepsake(address)
            html.qrCode(address, label: words[.adminAccountsLinkCode])
            html.paragraph(words[.adminAccountsLinkWorks, ["time": words.moment(ticket.expiresAt)]])
            if site.sendsMail { html.paragraph(words[.adminAccountsLinkMailed, ["email": account.email]]) }
            html.paragraph(words[.adminAccountsLinkAgain])
        }
    }
}
