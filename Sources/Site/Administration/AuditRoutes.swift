import HTML
import Hummingbird
import Store

/// The whole audit trail, newest first, and whether it is as it was written (SEC-18).
enum AuditRoutes {
    static let pageLength = 100

    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration/audit", .role(.administrator), signed: { try AuditPage($0).response() })
        // Changes nothing, but takes long: no other site can make a browser ask for it.
        routes.add(.post, "/administration/audit", .role(.administrator), signed: check)
    }

    private static func check(_ signed: SignedVisit) async throws -> Response {
        _ = try signed.fields([])
        var page = try AuditPage(signed)
        page.check = try await signed.site.store.checkAudit()
        return page.response()
    }
}

private struct AuditPage {
    let signed: SignedVisit
    private let entries: [AuditEntry]
    private let names: (accounts: [String: String], organisations: [String: String])
    private let head: AuditMark?
    var check: AuditCheck?

    init(_ signed: SignedVisit) throws {
        let store = signed.site.store
        self.signed = signed
        let before = signed.visit.query["before"].flatMap { Int64($0) } ?? .max
        entries = try store.audit(before: before, limit: AuditRoutes.pageLength)
        names = try store.names(of: Set(entries.flatMap { [$0.actor, $0.object] }))
        head = try store.auditHead()
    }

    private var words: Words { signed.words }
    private var place: String { "/administration/audit" }

    func response() -> Response {
        signed.visit.page(PageSetting(title: words[.auditTitle], back: .toAdministration(signed))) { html in
            finding(&html)
            html.pageHeading(words[.auditTitle])
            html.lead(words[.auditLead])
            if let head {
                html.paragraph(words[.auditLast, ["number": String(head.number)]])
                html.keepsake(head.hash)
                signed.visit.form(&html, place) { $0.buttons([Button(words[.auditCheck], look: .second)]) }
            }
            guard !entries.isEmpty else { return html.paragraph(words[.auditEmpty]) }
            html.table(table)
            html.links(pages)
        }
    }

    private func finding(_ html: inout HTML) {
        switch check {
        case .sound(let last): html.notice(Notice(.success, text: words[.auditSound, ["count": String(last.number)]]))
        case .broken(let number), .rewritten(let number), .cutOff(let number, _):
            html.notice(Notice(.warning, text: words[.auditBroken, ["number": String(number)]]))
        case nil: break
        }
    }

    private var table: DataTable {
        DataTable(
            caption: words[.auditTable],
            columns: [
                DataTable.Column(words[.auditTime]), DataTable.Column(words[.auditActor]), DataTable.Column(words[.auditAction]),
                DataTable.Column(words[.auditObject]), DataTable.Column(words[.auditAddress]),
                DataTable.Column(words[.auditNumber], isNumeric: true),
            ],
            rows: entries.map { entry in
                DataTable.Row(
                    words.moment(entry.at),
                    [
                        thing(entry.actor), .text(entry.words(words)), thing(entry.object), .text(entry.address),
                        .text(String(entry.number)),
                    ])
            }, narrow: .stacks)
    }

    /// An account or organisation by its name, with the way to it; otherwise the word or id that stands there.
    private func thing(_ id: String) -> DataTable.Cell {
        if let name = names.accounts[id] { return .link(TextLink(name, Link(path: signed.path("/administration/accounts/\(id)")))) }
        if let name = names.organisations[id] {
            return .link(TextLink(name, Link(path: signed.path("/administration/organisations/\(id)"))))
        }
        let name = AuditEntry.actor(id, words)
        return name == id ? .code(id) : .text(name)
    }

    private var pages: [TextLink] {
        var pages: [TextLink] = []
        if let head, let first = entries.first, first.number < head.number {
            pages.append(TextLink(words[.auditNewest], Link(path: signed.path(place))))
        }
        if let last = entries.last, last.number > 1 {
            pages.append(TextLink(words[.auditOlder], Link(path: signed.path("\(place)?before=\(last.number)"))))
        }
        return pages
    }
}
