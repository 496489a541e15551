import HTML
import Hummingbird
import Store

/// Every organisation.
enum FirmListRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration/organisations", .role(.administrator), signed: show)
    }

    private static func show(_ signed: SignedVisit) async throws -> Response {
        let words = signed.words
        let part = ListPart(signed.visit)
        let search = (try? OrganisationNumber(part.search))?.stored ?? part.search
        let found = try await signed.site.store.organisations(search: search, limit: ListPart.size + 1, offset: part.offset)
        return signed.visit.page(PageSetting(title: words[.adminFirmsTitle], back: .toAdministration(signed))) { html in
            html.pageHeading(words[.adminFirmsTitle])
            part.write(found, label: .adminFirmsFind, into: &html) { organisations in
                DataTable(
                    caption: words[.adminFirmsTable],
                    columns: [.adminFirmsName, .adminFirmsNumber, .adminFirmsProof, .adminFirmsBuyer].map { DataTable.Column(words[$0]) },
                    rows: organisations.map { one in
                        DataTable.Row(
                            one.facts.name, link: Link(path: signed.path("/administration/organisations/\(one.id)")),
                            [
                                .text(one.facts.shownNumber), .text(one.proof.words(words)),
                                .text(
                                    one.buyerAt.map { words[.adminFirmsBuyerSince, ["date": words.date($0)]] } ?? words[.adminFirmsBuyerNot]
                                ),
                            ])
                    }, narrow: .stacks)
            }
        }
    }
}

extension OrganisationFacts {
    /// The number as people read it; empty where there is none.
    var shownNumber: String { (try? OrganisationNumber(number))?.shown ?? number }
}
