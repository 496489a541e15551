import HTML
import Hummingbird
import Store

/// Delete one's account, at once and for good (SEC-28).
enum AccountDeletion {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account/deletion", .signedIn, signed: { try AccountDeletionPage($0).response() })
        routes.add(.post, "/account/deletion", .signedIn, signed: delete)
        routes.add(.get, "/account/deleted", anyone: { deleted($0) })
    }

    private static func delete(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["organisations", "password", "sure"])
        var page = try AccountDeletionPage(signed)
        page.form = form
        guard page.isPossible else { return page.response() }
        if form["sure"] != "yes" { page.faults.add("sure", signed.words[.accountDeletionMissing]) }
        if try await !signed.isOwn(password: form["password"] ?? "") { page.faults.add("password", signed.words[.passwordWrong]) }
        guard page.faults.isEmpty else { return page.response() }
        let warned = Set((form["organisations"] ?? "").split(separator: " ").map(String.init))
        do {
            try await signed.site.store.erase(
                account: signed.account.id, organisations: warned, session: signed.key, by: signed.actor, now: signed.now)
        } catch StoreError.moreWouldGo, StoreError.lastOwner, StoreError.lastAdministrator {
            // Somebody left meanwhile: the page shows how things stand now.
            page = try AccountDeletionPage(signed)
            page.faults.add("sure", signed.words[.accountDeletionChanged])
            return page.response()
        }
        var response = signed.visit.redirect(to: signed.path("/account/deleted"))
        response.clearBrowser()
        return response
    }

    private static func deleted(_ visit: Visit) -> Response {
        visit.page(PageSetting(title: visit.words[.accountDeletedTitle], isPrivate: false)) { html in
            html.pageHeading(visit.words[.accountDeletedTitle])
            html.paragraph(visit.words[.accountDeletedText])
            html.element(.p) { $0.element(.a, .href(Link(path: visit.path(""))), text: visit.words[.errorHome]) }
        }
    }
}

private struct AccountDeletionPage {
    let signed: SignedVisit
    let departure: Departure
    var form: PostedForm?
    var faults = FormFaults.none

    init(_ signed: SignedVisit) throws {
        self.signed = signed
        departure = try signed.site.store.departure(of: signed.account.id)
    }

    /// Nobody is left without an owner or administrator.
    var isPossible: Bool { departure.unled.isEmpty && !departure.isLastAdministrator }

    func response() -> Response {
        let words = signed.words
        return signed.visit.formPage(words[.accountDeletionTitle], faults: faults, back: .toAccount(signed)) { html in
            html.lead(words[.accountDeletionWhat])
            html.paragraph(words[.accountDeletionStays])
            html.paragraph(words[.accountDeletionOpen])
            html.exportForm(signed, "/account", .accountExport)
            if departure.isLastAdministrator { html.notice(Notice(.warning, text: words[.accountDeletionAdministrator])) }
            for organisation in departure.unled {
                let link = TextLink(organisation.name, Link(path: signed.path("/organisations/\(organisation.organisation)")))
                html.notice(Notice(.warning, text: words[.accountDeletionHandOver], link: link))
            }
            if isPossible { write(&html) }
        }
    }

    private func write(_ html: inout HTML) {
        let words = signed.words
        for organisation in departure.alone {
            html.notice(Notice(.warning, text: words[.accountDeletionGoes, ["organisation": organisation.name]]))
        }
        signed.visit.form(&html, "/account/deletion") { html in
            html.hiddenField(name: "organisations", value: departure.alone.map(\.organisation).joined(separator: " "))
            html.choiceList(.sure(words, label: words[.accountDeletionSure], error: faults["sure"], form: form))
            html.userName(signed.account.email)
            html.currentPasswordField(words[.passwordCurrent], error: faults["password"])
            html.buttons([Button(words[.accountDeletionButton], look: .warning)])
        }
    }
}
