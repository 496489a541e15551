import HTML
import Hummingbird
import Store

/// Delete an organisation with everything that belongs to it, at once and for good (SEC-28).
enum OrganisationDeletion {
    private static let place = "/organisations/{organisation}/deletion"

    static func add(to routes: inout RouteTable) {
        routes.add(.get, place, .organisation(.manage), signed: { try OrganisationDeletionPage($0).response() })
        routes.add(.post, place, .organisation(.manage), signed: delete)
    }

    private static func delete(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["password", "sure"])
        var page = try OrganisationDeletionPage(signed)
        page.form = form
        if form["sure"] != "yes" { page.faults.add("sure", signed.words[.organisationDeletionMissing]) }
        if try await !signed.isOwn(password: form["password"] ?? "") { page.faults.add("password", signed.words[.passwordWrong]) }
        guard page.faults.isEmpty else { return page.response() }
        try await signed.site.store.erase(
            organisation: page.organisation.id, account: signed.account.id, permit: OrganisationAction.manage.permit, by: signed.actor,
            now: signed.now)
        return signed.visit.redirect(to: signed.path("/deleted"))
    }
}

private struct OrganisationDeletionPage {
    let signed: SignedVisit
    let organisation: Organisation
    let members: Int
    let assessments: Int
    var form: PostedForm?
    var faults = FormFaults.none

    init(_ signed: SignedVisit) throws {
        self.signed = signed
        organisation = try signed.organisation().organisation
        members = try signed.site.store.members(of: organisation.id).count
        assessments = try signed.site.store.assessments(of: organisation.id).count
    }

    func response() -> Response {
        let (words, name, place) = (signed.words, organisation.facts.name, "/organisations/\(organisation.id)")
        let back = TextLink(name, Link(path: signed.path(place)))
        let title = words[.organisationDeletionTitle, ["organisation": name]]
        return signed.visit.formPage(title, faults: faults, back: back) { html in
            html.lead(words[.organisationDeletionWhat, ["organisation": name]])
            html.bullets([
                words.count(assessments, .organisationDeletionAssessmentOne, .organisationDeletionAssessmentMany),
                words.count(members, .organisationDeletionMemberOne, .organisationDeletionMemberMany),
            ])
            html.exportForm(signed, place, .organisationDeletionExport)
            signed.visit.form(&html, "\(place)/deletion") { html in
                html.choiceList(.sure(words, label: words[.organisationDeletionSure], error: faults["sure"], form: form))
                html.userName(signed.account.email)
                html.currentPasswordField(words[.passwordCurrent], error: faults["password"])
                html.buttons([Button(words[.organisationDeletionButton], look: .warning)])
            }
        }
    }
}
