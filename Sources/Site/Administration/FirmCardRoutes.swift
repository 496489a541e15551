import HTML
import Hummingbird
import Store

/// One organisation as administrators see it: who it says it is, how far that is proven, and who belongs to it. None of its
/// assessments, answers and scores.
enum FirmCardRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration/organisations/{firm}", .role(.administrator), signed: { try FirmCardPage($0).response() })
        routes.add(.post, "/administration/organisations/{firm}", .role(.administrator), signed: change)
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["number", "name"])
        var page = try FirmCardPage(signed)
        let (store, id) = (signed.site.store, page.organisation.id)
        switch form["then"] {
        case "confirm":
            do {
                let isStill = try await store.prove(
                    .staff, by: signed.account.id, organisation: id, ifStill: (form["number"] ?? "", form["name"] ?? ""),
                    by: signed.actor, now: signed.now)
                if !isStill { page.faults.add("identity", signed.words[.adminFirmsChanged]) }
            } catch StoreError.numberProven {
                page.faults.add("identity", signed.words[.adminFirmsNumberProven])
            }
        case "unconfirm": try await store.prove(.selfDeclared, by: "", organisation: id, by: signed.actor, now: signed.now)
        case "admit", "dismiss":
            try await store.setBuyer(form["then"] == "admit", organisation: id, by: signed.actor, now: signed.now)
        default: throw SiteError.unknownAction
        }
        guard page.faults.isEmpty else { return page.response() }
        return signed.visit.redirect(to: signed.path("\(page.place)?saved=1"))
    }
}

private struct FirmCardPage {
    let signed: SignedVisit
    let organisation: Organisation
    private let members: [Member]
    /// Who of the staff has confirmed it.
    private let provenBy: String
    var faults = FormFaults.none

    init(_ signed: SignedVisit) throws {
        let store = signed.site.store
        guard let organisation = try store.organisation(try signed.visit.parameter("firm")) else { throw SiteError.notFound }
        self.signed = signed
        self.organisation = organisation
        members = try store.members(of: organisation.id)
        provenBy = organisation.proof == .staff ? try store.account(id: organisation.proofBy)?.name ?? "" : ""
    }

    private var words: Words { signed.words }
    var place: String { "/administration/organisations/\(organisation.id)" }

    func response() -> Response {
        let back = TextLink(words[.adminFirmsTitle], Link(path: signed.path("/administration/organisations")))
        return signed.visit.formPage(organisation.facts.name, faults: faults, back: back) { html in
            if signed.visit.query["saved"] == "1", faults.isEmpty { html.notice(Notice(.success, text: words[.administrationSaved])) }
            html.summaryList(rows)
            html.heading(words[.adminFirmsMembersTitle])
            if members.isEmpty { html.paragraph(words[.administrationNone]) } else { html.table(table) }
            identity(&html)
            buyer(&html)
        }
    }

    private var rows: [SummaryRow] {
        let stored = organisation.facts
        let facts = FirmFacts(
            signed.visit, sector: stored.sector, size: stored.sizeClass, region: stored.region, name: stored.name, number: stored.number)
        let rows: [(Word, String)] = [
            (.adminFirmsNumber, stored.shownNumber), (.adminFirmsProof, proof), (.adminFirmsBuyer, admission),
            (.adminFirmsSector, facts.sector), (.adminFirmsSize, facts.size), (.adminFirmsRegion, facts.region),
            (.adminFirmsSince, words.date(organisation.createdAt)),
        ]
        return rows.map { SummaryRow(key: words[$0.0], value: $0.1.isEmpty ? words[.administrationNone] : $0.1) }
    }

    private var proof: String {
        let date = organisation.proofAt.map(words.date) ?? ""
        switch organisation.proof {
        case .selfDeclared: return words[.adminFirmsProofSelf]
        case .staff where provenBy.isEmpty: return words[.adminFirmsProofStaff]
        case .staff: return words[.adminFirmsProofStaffBy, ["name": provenBy, "date": date]]
        case .mail: return words[.adminFirmsProofMailBy, ["domain": organisation.proofBy, "date": date]]
        }
    }

    private var admission: String {
        organisation.buyerAt.map { words[.adminFirmsBuyerSince, ["date": words.date($0)]] } ?? words[.adminFirmsBuyerNot]
    }

    private var table: DataTable {
        DataTable(
            caption: words[.adminFirmsMembersTable, ["name": organisation.facts.name]],
            columns: [.adminAccountsName, .adminFirmsMemberRole, .adminFirmsMemberSince].map { DataTable.Column(words[$0]) },
            rows: members.map { member in
                DataTable.Row(
                    member.name, link: Link(path: signed.path("/administration/accounts/\(member.account)")),
                    [.text(words[member.role.word]), .text(words.date(member.since))])
            }, narrow: .stacks)
    }

    private func identity(_ html: inout HTML) {
        html.heading(words[.adminFirmsIdentityTitle], id: "identity")
        html.paragraph(words[.adminFirmsIdentityLead])
        signed.visit.form(&html, place) { html in
            if let fault = faults["identity"] { html.element(.p, .class("fault"), text: fault) }
            // What she has looked at: where it changes meanwhile, she has confirmed nothing.
            html.hiddenField(name: "number", value: organisation.facts.number)
            html.hiddenField(name: "name", value: organisation.facts.name)
            html.buttons(
                [
                    organisation.proof == .staff
                        ? nil : Button(words[.adminFirmsConfirm], .submit(name: "then", value: "confirm"), look: .second),
                    organisation.proof == .selfDeclared
                        ? nil : Button(words[.adminFirmsUnconfirm], .submit(name: "then", value: "unconfirm"), look: .warning),
                ].compactMap { $0 })
        }
    }

    private func buyer(_ html: inout HTML) {
        html.heading(words[.adminFirmsBuyerTitle])
        html.paragraph(words[.adminFirmsBuyerLead])
        signed.visit.form(&html, place) { html in
            html.buttons([
                organisation.buyerAt == nil
                    ? Button(words[.adminFirmsAdmit], .submit(name: "then", value: "admit"), look: .second)
                    : Button(words[.adminFirmsDismiss], .submit(name: "then", value: "dismiss"), look: .warning)
            ])
        }
    }
}
