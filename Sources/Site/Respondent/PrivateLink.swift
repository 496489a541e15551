import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The private link: made once the facts are in, shown until the visitor says that she kept it, and revocable.
enum PrivateLink {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/assessments/{assessment}/link", .manage, handler: { LinkPage(held: $0).response() })
        routes.add(.post, "/assessments/{assessment}/link", .manage, handler: change)
    }

    static func make(_ held: HeldVisit) async throws {
        let token = held.visit.secret.linkToken(assessment: held.assessment.id, madeAt: held.now)
        try await held.site.store.setLink(
            token.digest, assessment: held.assessment.id, session: held.key, permit: held.permit, by: held.actor, now: held.now)
    }

    /// The whole address, where this browser made the link and has not said yet that it was kept.
    static func shown(_ held: HeldVisit) -> String? {
        guard let link = held.assessment.link, link.keptAt == nil else { return nil }
        let token = held.visit.secret.linkToken(assessment: held.assessment.id, madeAt: link.madeAt)
        guard token.digest == link.digest else { return nil }
        return "\(held.site.configuration.publicAddress)\(held.visit.path("/open/\(token.text)"))"
    }

    private static func change(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: [])
        switch form["then"] {
        case "kept":
            try await held.site.store.markLinkKept(
                assessment: held.assessment.id, session: held.key, permit: held.permit, now: held.now)
            return held.visit.redirect(to: held.path())
        case "new":
            try await make(held)
        case "withdraw":
            try await held.site.store.setLink(
                nil, assessment: held.assessment.id, session: held.key, permit: held.permit, by: held.actor, now: held.now)
        default: throw SiteError.unknownAction
        }
        return held.visit.redirect(to: held.path("/link"))
    }
}

/// The private link, to print, copy or scan.
struct LinkPage {
    let held: HeldVisit

    func response() -> Response {
        let words = held.words
        let setting = PageSetting(title: words[.linkTitle], back: TextLink(words[.tasksBack], Link(path: held.path())))
        return held.visit.page(setting) { html in
            html.pageHeading(words[.linkTitle], caption: held.text.title)
            if let address = PrivateLink.shown(held) {
                html.lead(words[isAdopted ? .linkLeadAdopted : .linkLead])
                html.keepsake(address)
                html.qrCode(address, label: words[.linkCode])
                html.paragraph(words[.linkKeep])
                html.inset(words[.linkSecret])
                action(&html, [Button(words[.linkKept], .submit(name: "then", value: "kept"))])
            } else if let link = held.assessment.link {
                html.paragraph(words[.linkExists, ["date": words.date(link.madeAt)]])
                html.paragraph(words[isAdopted ? .linkLostAdopted : .linkLost])
                action(
                    &html,
                    [
                        Button(words[.linkNew], .submit(name: "then", value: "new"), look: .second),
                        Button(words[.linkWithdraw], .submit(name: "then", value: "withdraw"), look: .warning),
                    ])
            } else {
                html.paragraph(words[isAdopted ? .linkNoneAdopted : .linkNone])
                action(&html, [Button(words[.linkMake], .submit(name: "then", value: "new"))])
            }
        }
    }

    /// Then its members need no link.
    private var isAdopted: Bool { held.assessment.standing.isAdopted }

    private func action(_ html: inout HTML, _ buttons: [Button]) {
        html.form(action: Link(path: held.path("/link"))) { html in
            html.proof(held.visit)
            html.buttons(buttons)
        }
    }
}
