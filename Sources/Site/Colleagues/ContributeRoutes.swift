import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// A contributor's link. Following it opens nothing (mail scanners follow links); its button opens her sections, and only these.
enum ContributeRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/contribute/{token}", anyone: { try ContributePage($0).response() })
        routes.add(.post, "/contribute/{token}", anyone: open)
    }

    private static func open(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: [])
        guard let token = LinkToken(text: try visit.parameter("token")),
            let assessment = try await visit.site.store.open(
                contribution: token.digest, session: visit.secret.key, expires: visit.sessionEnd, by: visit.actor(account: nil),
                now: visit.now)
        else { throw SiteError.ticketOver }
        return visit.redirect(to: visit.path("/assessments/\(assessment)"))
    }
}

private struct ContributePage {
    let visit: Visit
    let token: LinkToken
    let offer: ContributionOffer

    /// Throws `.ticketOver` for a link that is wrong, withdrawn or too old: no difference is shown.
    init(_ visit: Visit) throws {
        guard let token = LinkToken(text: try visit.parameter("token")), let offer = try visit.site.store.contribution(token.digest),
            offer.contribution.works(at: visit.now)
        else { throw SiteError.ticketOver }
        self.visit = visit
        self.token = token
        self.offer = offer
    }

    func response() -> Response {
        let words = visit.words
        let contribution = offer.contribution
        let text = visit.site.catalogue.questionnaire(offer.questionnaire, edition: offer.edition)?.text(visit.language)
        let sections = contribution.sections.map { text?.domains[$0]?.title ?? $0 }
        let rows: [(Word, String?)] = [
            (.contributeAsker, offer.asker), (.contributeFor, offer.organisation), (.contributeTo, contribution.name),
            (.contributeSections, sections.joined(separator: "; ")), (.sessionsEnds, words.moment(contribution.expiresAt)),
        ]
        return visit.formPage(words[.contributeTitle]) { html in
            html.lead(words[.contributeLead])
            html.summaryList(rows.compactMap { row in row.1.map { SummaryRow(key: words[row.0], value: $0) } })
            html.paragraph(words[.contributeKeep, ["name": contribution.name]])
            visit.form(&html, "/contribute/\(token.text)") { $0.buttons([Button(words[.contributeButton])]) }
        }
    }
}
