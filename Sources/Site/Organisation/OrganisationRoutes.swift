import HTML
import Hummingbird
import Store

/// An organisation: made by its first owner, looked at by its members, changed by its owners.
enum OrganisationRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/organisations/new", .signedIn, signed: { try NewOrganisationPage($0).response() })
        routes.add(.post, "/organisations/new", .signedIn, signed: make)
        routes.add(
            .get, "/organisations/{organisation}", .organisation(.see), signed: { try OrganisationPage(OrganisationVisit($0)).response() })
        routes.add(
            .get, "/organisations/{organisation}/facts", .organisation(.manage),
            signed: { OrganisationFactsPage(try OrganisationVisit($0)).response() })
        routes.add(.post, "/organisations/{organisation}/facts", .organisation(.manage), signed: change)
    }

    private static func make(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(OrganisationForm.fields.union(["assessment"]))
        guard let once = form["form"], !once.isEmpty else { throw FormFault.unknown("form") }
        var page = try NewOrganisationPage(signed, assessment: form["assessment"])
        guard let facts = try page.form.read(form) else { return page.response() }
        let id = signed.visit.identifier("organisation \(once) \(form.typed)")
        try await signed.site.store.make(facts, id: id, owner: signed.account.id, by: signed.actor, now: signed.now)
        let place = page.assessment.map { "/assessments/\($0.id)/adoption" } ?? "/organisations/\(id)"
        return signed.visit.redirect(to: signed.path(place))
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(OrganisationForm.fields)
        let at = try OrganisationVisit(signed)
        var page = OrganisationFactsPage(at)
        guard let facts = try page.form.read(form) else { return page.response() }
        try await at.site.store.change(
            facts, of: at.id, account: signed.account.id, permit: OrganisationAction.manage.permit, by: signed.actor, now: signed.now)
        return at.visit.redirect(to: at.path("?saved=1"))
    }
}

/// The facts of a new organisation.
struct NewOrganisationPage {
    let signed: SignedVisit
    /// The assessment that it is going to take in.
    let assessment: OpenAssessment?
    var form: OrganisationForm

    init(_ signed: SignedVisit) throws { try self.init(signed, assessment: signed.visit.query["assessment"]) }

    /// What was said of the firm in an assessment need not be typed again (UX-23).
    init(_ signed: SignedVisit, assessment id: String?) throws {
        self.signed = signed
        let found = try id.flatMap { try signed.site.store.assessment($0, session: signed.key, now: signed.now) }
        assessment = found.flatMap { AssessmentAction.adopt.permit()($0.standing) ? $0 : nil }
        let known = { [assessment] (field: FirmField) in assessment?.fields[field.rawValue]?.value ?? "" }
        form = OrganisationForm(
            signed.visit,
            stored: OrganisationFacts(
                number: known(.number), name: known(.name), sector: known(.sector), sizeClass: known(.size), region: known(.region)))
    }

    func response() -> Response {
        let words = signed.words
        return signed.visit.formPage(words[.organisationNewTitle], faults: form.faults, back: .toAccount(signed)) { html in
            html.lead(words[.organisationNewLead])
            signed.visit.form(&html, "/organisations/new") { html in
                html.hiddenField(name: "form", value: signed.site.newID())
                if let assessment { html.hiddenField(name: "assessment", value: assessment.id) }
                form.write(into: &html)
                html.buttons([Button(words[.organisationMake])])
            }
        }
    }
}

private struct OrganisationFactsPage {
    let at: OrganisationVisit
    var form: OrganisationForm

    init(_ at: OrganisationVisit) {
        self.at = at
        form = OrganisationForm(at.visit, stored: at.organisation.facts)
    }

    func response() -> Response {
        at.visit.formPage(at.words[.organisationFactsTitle], faults: form.faults, back: at.back) { html in
            if at.organisation.proof != .selfDeclared { html.inset(at.words[.organisationFactsProven]) }
            at.visit.form(&html, at.place("/facts")) { html in
                form.write(into: &html)
                html.buttons([Button(at.words[.profileButton])])
            }
        }
    }
}
