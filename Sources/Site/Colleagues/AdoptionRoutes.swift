import HTML
import Hummingbird
import Store

/// An assessment that was begun by private link becomes an organisation's, once.
enum AdoptionRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/adoption"
        routes.add(.get, place, .adopt, handler: { try AdoptionPage($0).response() })
        routes.add(.post, place, .adopt, handler: adopt)
    }

    private static func adopt(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: ["organisation", "link"])
        var page = try AdoptionPage(held)
        guard let (organisation, keepsLink) = try page.read(form) else { return page.response() }
        let isLinkShown = PrivateLink.shown(held) != nil
        try await held.site.store.adopt(
            held.assessment.id, organisation: organisation.organisation, keepsLink: keepsLink, session: held.key, permit: held.permit,
            memberPermit: OrganisationAction.contribute.permit, by: held.actor, now: held.now)
        // A link that goes on working and was not kept yet is shown to whom it is still hers to look after.
        let isLinkNext = keepsLink && isLinkShown && organisation.role == .owner
        return held.visit.redirect(to: held.path(isLinkNext ? "/link" : "?saved=adopted"))
    }
}

private struct AdoptionPage {
    let held: HeldVisit
    /// Where she may take assessments in.
    let organisations: [Membership]
    private var form: PostedForm?
    private var faults = FormFaults.none

    init(_ held: HeldVisit) throws {
        self.held = held
        organisations =
            try held.assessment.standing.account.map { try held.site.store.memberships(of: $0) }?
            .filter { Access.allows(.contribute, $0.role) } ?? []
    }

    private var words: Words { held.words }

    /// What was chosen; `nil` where a choice is missing. Throws for an organisation that is none of hers.
    mutating func read(_ form: PostedForm) throws(FormFault) -> (organisation: Membership, keepsLink: Bool)? {
        self.form = form
        if form["organisation"] == nil { faults.add("organisation", words[.adoptionWhichMissing]) }
        if held.assessment.hasLink, form["link"] == nil { faults.add("link", words[.adoptionLinkMissing]) }
        guard faults.isEmpty else { return nil }
        guard let chosen = organisations.first(where: { $0.organisation == form["organisation"] }) else { throw .unknown("organisation") }
        guard [nil, "keep", "end"].contains(form["link"]) else { throw .unknown("link") }
        return (chosen, held.assessment.hasLink && form["link"] == "keep")
    }

    func response() -> Response {
        let back = TextLink(words[.tasksBack], Link(path: held.path()))
        return held.visit.formPage(words[.adoptionTitle], faults: faults, back: back) { html in
            html.lead(words[.adoptionLead])
            if organisations.isEmpty { html.paragraph(words[.adoptionNone]) } else { choice(&html) }
            html.links([
                TextLink(
                    words[.accountOrganisationNew], Link(path: held.visit.path("/organisations/new?assessment=\(held.assessment.id)"))),
                TextLink(words[.adoptionLater], Link(path: held.path(PrivateLink.shown(held) == nil ? "" : "/link"))),
            ])
        }
    }

    private func choice(_ html: inout HTML) {
        held.visit.form(&html, "/assessments/\(held.assessment.id)/adoption") { html in
            html.choiceList(
                ChoiceList(
                    id: "organisation", name: "organisation", legend: words[.adoptionWhich], error: faults["organisation"],
                    choices: organisations.map { ChoiceItem(value: $0.organisation, label: $0.name) },
                    selected: [form?["organisation"]].compactMap { $0 }))
            if held.assessment.hasLink {
                html.choiceList(
                    ChoiceList(
                        id: "link", name: "link", legend: words[.adoptionLink], error: faults["link"],
                        choices: [
                            ChoiceItem(value: "keep", label: words[.adoptionLinkKeep], description: words[.adoptionLinkKeepHint]),
                            ChoiceItem(value: "end", label: words[.adoptionLinkEnd], description: words[.adoptionLinkEndHint]),
                        ], selected: [form?["link"]].compactMap { $0 }))
            }
            html.buttons([Button(words[.adoptionButton])])
        }
    }
}
