import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Asking somebody without an account to fill in some sections, and taking that back.
enum ColleagueRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/colleagues"
        routes.add(.get, place, .ask, handler: { try ColleaguesPage($0).response() })
        routes.add(.post, place, .ask, handler: ask)
        routes.add(.get, "\(place)/{contribution}", .ask, handler: { try ColleaguePage($0).response() })
        routes.add(.post, "\(place)/{contribution}/withdrawal", .ask, handler: withdraw)
    }

    private static func ask(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        var page = try ColleaguesPage(held, form: form)
        try Saving.refuseForeignFields(form, allowed: page.fields)
        guard let once = form["form"], !once.isEmpty else { throw FormFault.unknown("form") }
        guard let wish = try page.read(form) else { return page.response() }
        let id = held.visit.identifier("ask \(held.assessment.id) \(once) \(form.typed)")
        let mail = try wish.email.map { try message(to: $0, contribution: id, held) }
        try await held.site.store.ask(
            NewContribution(
                id: id, token: held.site.token(id).digest, assessment: held.assessment.id, sections: wish.sections, name: wish.name.text,
                expiresAt: held.now.adding(days: wish.days)),
            mail: mail?.message, session: held.key, permit: held.permit, by: held.actor, now: held.now)
        let sent = mail.map { $0.isSaidSent ? "?mail=sent" : "?mail=none" } ?? ""
        return held.visit.redirect(to: held.path("/colleagues/\(id)\(sent)"))
    }

    /// The message that carries the link, unless too many were sent, and what the asker is told of it. The link is no ticket:
    /// the mail room makes its address from the contribution's id with `Site.address(ofContribution:)`.
    private static func message(
        to email: EmailAddress, contribution: String, _ held: HeldVisit
    ) throws -> (message: NewMail?, isSaidSent: Bool) {
        guard let account = try held.assessment.standing.account.flatMap({ try held.site.store.account(id: $0) }),
            held.visit.mailWait() == nil
        else { return (nil, false) }
        guard !held.visit.hasEnoughMail(email.key) else { return (nil, true) }
        let organisation = try held.assessment.organisation.flatMap { try held.site.store.organisation($0)?.facts.name }
        let firm = organisation ?? (try? DisplayName(held.typed(.name)))?.text ?? held.words[.colleagueFirm]
        let mail = held.site.mail(
            .contribute, to: email.text, language: held.language.rawValue,
            facts: ["name": account.name, "organisation": firm, "contribution": contribution])
        return (mail, true)
    }

    private static func withdraw(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: [])
        let page = try ColleaguePage(held)
        try await held.site.store.withdraw(
            contribution: page.contribution.id, assessment: held.assessment.id, session: held.key, permit: held.permit, by: held.actor,
            now: held.now)
        return held.visit.redirect(to: held.path("/colleagues"))
    }
}

extension Site {
    /// The whole address of a contributor's page.
    func address(ofContribution id: String, language: Language) -> String {
        "\(configuration.publicAddress)/\(language.rawValue)/contribute/\(token(id).text)"
    }
}
