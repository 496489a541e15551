import HTML
import Hummingbird
import Store

/// The first page of the room: how much there is, and the ways on.
enum AdministrationRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration", .role(.administrator), signed: show)
    }

    private static func show(_ signed: SignedVisit) async throws -> Response {
        let words = signed.words
        let counts = try await signed.site.store.counts()
        let rows: [(title: Word, facts: String, place: String)] = [
            (.adminAccountsTitle, words.count(counts.accounts, .adminAccountsCountOne, .adminAccountsCountMany), "accounts"),
            (.adminFirmsTitle, words.count(counts.organisations, .adminFirmsCountOne, .adminFirmsCountMany), "organisations"),
            (.adminMailTitle, mail(counts, signed), "mail"),
            (.auditTitle, "", "audit"),
        ]
        return signed.visit.page(PageSetting(title: words[.administrationTitle], back: .toAccount(signed))) { html in
            html.pageHeading(words[.administrationTitle])
            html.lead(words[.administrationLead])
            html.taskList(
                rows.map { row in
                    TaskRow(
                        title: words[row.title], status: Badge(.plain, row.facts),
                        link: Link(path: signed.path("/administration/\(row.place)")))
                })
        }
    }

    private static func mail(_ counts: InstallationCounts, _ signed: SignedVisit) -> String {
        [(Word.adminMailWaiting, counts.waitingMail), (.adminMailFailed, counts.failedMail)]
            .map { signed.words[$0.0, ["count": String($0.1)]] }.joined(separator: " · ")
    }
}

extension TextLink {
    static func toAdministration(_ signed: SignedVisit) -> TextLink {
        TextLink(signed.words[.administrationTitle], Link(path: signed.path("/administration")))
    }
}
