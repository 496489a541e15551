import HTML
import Hummingbird
import Store

/// The people of an organisation. Members see each other; owners change roles and send people away.
enum MemberRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/organisations/{organisation}/members", .organisation(.see)) { signed in
            let at = try OrganisationVisit(signed)
            return MembersPage(at: at, members: try at.site.store.members(of: at.id)).response()
        }
        routes.add(
            .get, "/organisations/{organisation}/members/{member}", .organisation(.manage),
            signed: { try MemberPage(OrganisationVisit($0)).response() })
        routes.add(.post, "/organisations/{organisation}/members/{member}", .organisation(.manage), signed: change)
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["role"])
        var page = try MemberPage(OrganisationVisit(signed))
        page.form = form
        let (store, at, permit) = (signed.site.store, page.at, OrganisationAction.manage.permit)
        do {
            switch form["then"] {
            case "role":
                guard let role = MemberRole(rawValue: form["role"] ?? "") else { throw FormFault.unknown("role") }
                try await store.setRole(
                    role, member: page.member.account, of: at.id, account: signed.account.id, permit: permit, by: signed.actor,
                    now: signed.now)
            case "remove":
                try await store.leave(
                    member: page.member.account, of: at.id, account: signed.account.id, permit: permit, by: signed.actor, now: signed.now)
            default: throw SiteError.unknownAction
            }
        } catch StoreError.lastOwner {
            page.faults.add("role", signed.words[.memberLastOwner])
            return page.response()
        }
        // Who gave up her own role sees no more than a member does.
        return signed.visit.redirect(to: at.path("/members?saved=1"))
    }
}

private struct MembersPage {
    let at: OrganisationVisit
    let members: [Member]

    func response() -> Response {
        let words = at.words
        return at.visit.page(PageSetting(title: words[.memberTitle], back: at.back)) { html in
            if at.visit.query["saved"] == "1" { html.notice(Notice(.success, text: words[.profileSaved])) }
            html.pageHeading(words[.memberTitle], caption: at.name)
            html.table(
                DataTable(
                    caption: words[.memberTable, ["name": at.name]],
                    columns: [.memberName, .signInEmail, .memberRole, .memberSince].map { DataTable.Column(words[$0]) },
                    rows: members.map(row), narrow: .stacks))
            guard at.may(.manage) else { return }
            html.paragraph(words[.memberChange])
            html.buttons([Button(words[.invitationTitle], .go(Link(path: at.path("/invitations"))), look: .second)])
        }
    }

    private func row(_ member: Member) -> DataTable.Row {
        let words = at.words
        let isSelf = member.account == at.signed.account.id
        return DataTable.Row(
            isSelf ? words[.memberYou, ["name": member.name]] : member.name,
            link: at.may(.manage) ? Link(path: at.path("/members/\(member.account)")) : nil,
            [.text(member.email), .text(words[member.role.word]), .text(words.date(member.since))])
    }
}

/// One member, for owners.
private struct MemberPage {
    let at: OrganisationVisit
    let member: Member
    var form: PostedForm?
    var faults = FormFaults.none

    /// - Throws: `.notFound` for somebody who is no member here, whoever else she is.
    init(_ at: OrganisationVisit) throws {
        let id = try at.visit.parameter("member")
        guard let member = try at.site.store.members(of: at.id).first(where: { $0.account == id }) else { throw SiteError.notFound }
        self.at = at
        self.member = member
    }

    func response() -> Response {
        let words = at.words
        let place = at.place("/members/\(member.account)")
        return at.visit.formPage(words[.memberPage, ["name": member.name]], faults: faults, back: at.backToMembers) { html in
            html.lead(member.email)
            at.visit.form(&html, place) { html in
                html.roleChoice(words, legend: words[.memberRole], error: faults["role"], selected: form?["role"] ?? member.role.rawValue)
                html.buttons([Button(words[.memberSave], .submit(name: "then", value: "role"))])
            }
            html.heading(words[.memberRemoveTitle])
            html.paragraph(words[.memberRemoveWhat])
            html.paragraph(words[.memberRemoveLinks])
            at.visit.form(&html, place) { html in
                html.buttons([Button(words[.memberRemove], .submit(name: "then", value: "remove"), look: .warning)])
            }
        }
    }
}
