import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Who did what, and when, in an organisation: its own rows of the audit trail, newest first.
enum TrailRoutes {
    private static let pageLength = 100

    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/organisations/{organisation}/audit", .organisation(.see), signed: { try page(OrganisationVisit($0)) })
    }

    private static func page(_ at: OrganisationVisit) throws -> Response {
        let before = at.visit.query["before"].flatMap { Int64($0) } ?? .max
        // One more than is shown tells whether there are older ones.
        let found = try at.site.store.audit(organisation: at.id, before: before, limit: pageLength + 1)
        let rows = Array(found.prefix(pageLength))
        var names = AuditNames()
        if let first = rows.first?.number, let last = rows.last?.number {
            names = try at.site.store.auditNames(of: at.id, rows: last...first)
        }
        let older = found.count > rows.count ? rows.last?.number : nil
        return TrailPage(at: at, rows: rows, names: names, older: older).response()
    }
}

private struct TrailPage {
    let at: OrganisationVisit
    let rows: [AuditEntry]
    let names: AuditNames
    /// Behind which row older ones follow.
    let older: Int64?

    func response() -> Response {
        let words = at.words
        return at.visit.page(PageSetting(title: words[.trailTitle], back: at.back)) { html in
            html.pageHeading(words[.trailTitle], caption: at.name)
            html.lead(words[.trailLead])
            guard !rows.isEmpty else { return html.paragraph(words[.trailNone]) }
            html.table(
                DataTable(
                    caption: words[.trailTable],
                    columns: [.trailWhen, .trailWho, .trailWhat, .trailAbout].map { DataTable.Column(words[$0]) },
                    rows: rows.map { row in
                        DataTable.Row(words.moment(row.at), [.text(actor(row)), .text(row.did(words)), .text(about(row))])
                    }, narrow: .stacks))
            if let older { html.links([TextLink(words[.trailOlder], Link(path: at.path("/audit?before=\(older)")))]) }
        }
    }

    private func actor(_ row: AuditEntry) -> String {
        if let name = names.names[row.actor] { return name }
        return switch row.actor {
        case Actor.visitor(address: "").id: at.words[.trailVisitor]
        case Actor.console.id, Actor.service.id: at.words[.trailService]
        default: at.words[names.staff.contains(row.actor) ? .trailStaff : .trailGone]
        }
    }

    /// The name of what it was done to, and one more word.
    private func about(_ row: AuditEntry) -> String {
        let questionnaire = names.questionnaires[row.object].flatMap { at.site.catalogue.current($0)?.text(at.visit.language).title }
        let name = row.object == at.id ? "" : questionnaire ?? names.names[row.object] ?? ""
        return [name, row.remark(at.words)].filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
