import HTML
import Hummingbird
import Store

/// A member leaves her organisation.
enum DepartureRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/organisations/{organisation}/departure"
        routes.add(.get, place, .organisation(.see), signed: { DeparturePage(at: try OrganisationVisit($0)).response() })
        routes.add(.post, place, .organisation(.see), signed: leave)
    }

    private static func leave(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["sure"])
        var page = DeparturePage(at: try OrganisationVisit(signed), form: form)
        guard form["sure"] == "yes" else {
            page.faults.add("sure", signed.words[.departureMissing])
            return page.response()
        }
        do {
            try await signed.site.store.leave(
                member: signed.account.id, of: page.at.id, account: signed.account.id, permit: OrganisationAction.see.permit,
                by: signed.actor, now: signed.now)
        } catch StoreError.lastOwner {
            page.faults.add("sure", signed.words[.memberLastOwner])
            return page.response()
        }
        return signed.visit.redirect(to: signed.path("/account"))
    }
}

private struct DeparturePage {
    let at: OrganisationVisit
    var form: PostedForm?
    var faults = FormFaults.none

    func response() -> Response {
        let words = at.words
        return at.visit.formPage(words[.departureTitle], faults: faults, back: at.back) { html in
            html.lead(at.name)
            html.paragraph(words[.departureWhat])
            at.visit.form(&html, at.place("/departure")) { html in
                html.choiceList(.sure(words, label: words[.departureSure], error: faults["sure"], form: form))
                html.buttons([Button(words[.departureButton], look: .warning)])
            }
        }
    }
}
