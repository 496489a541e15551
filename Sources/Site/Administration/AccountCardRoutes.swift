import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// One account as administrators see it, and what they can do with it.
enum AccountCardRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(
            .get, "/administration/accounts/{account}", .role(.administrator), signed: { try AccountCardPage($0).response() })
        routes.add(.post, "/administration/accounts/{account}", .role(.administrator), signed: change)
    }

    private static func change(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["password"])
        var page = try AccountCardPage(signed)
        guard let action = form["then"].flatMap({ AccountAction(rawValue: $0) }), page.offers(action) else { throw SiteError.unknownAction }
        if action.needsPassword, try await !signed.isOwn(password: form["password"] ?? "") {
            page.faults.add("password", signed.words[.passwordWrong])
            return page.response()
        }
        do {
            try await action.carryOut(on: page.account, signed)
        } catch StoreError.lastAdministrator {
            page.faults.add("access", signed.words[.adminAccountsLastAdministrator])
            return page.response()
        }
        return signed.visit.redirect(to: signed.path(page.place(after: action)))
    }
}

/// What an administrator can do with an account.
enum AccountAction: String {
    case disable, enable, giveAnalyst, takeAnalyst, giveAdministrator, takeAdministrator, endSessions, resetPassword, resetSecondStep

    /// What weakens somebody's protection takes the administrator's own password once more (ASVS 7.5.3).
    var needsPassword: Bool {
        switch self {
        case .giveAdministrator, .resetPassword, .resetSecondStep: true
        case .disable, .enable, .giveAnalyst, .takeAnalyst, .takeAdministrator, .endSessions: false
        }
    }

    func carryOut(on account: Account, _ signed: SignedVisit) async throws {
        let (site, id, actor, now) = (signed.site, account.id, signed.actor, signed.now)
        switch self {
        case .disable, .enable: try await site.store.setDisabled(self == .disable, account: id, by: actor, now: now)
        case .giveAnalyst, .takeAnalyst:
            try await site.store.setRole(.analyst, self == .giveAnalyst, account: id, by: actor, now: now)
        case .giveAdministrator, .takeAdministrator:
            try await site.store.setRole(.administrator, self == .giveAdministrator, account: id, by: actor, now: now)
        case .endSessions: try await site.store.endSessions(nil, of: id, except: signed.key, by: actor, now: now)
        case .resetPassword:
            let link = site.issue(.welcome, account: id, madeBy: signed.account.id)
            let mail = site.mail(.reset, to: account.email, language: account.language, ticket: link.ticket, account: id)
            try await site.store.reset(link.ticket, mail: mail, by: actor, now: now)
        case .resetSecondStep:
            let mail = site.mail(
                .secondStepOff, to: account.email, language: account.language, facts: ["at": String(now.milliseconds), "link": "/forgot"],
                account: id)
            try await site.store.dropSecondStep(account: id, mail: mail, by: actor, now: now)
        }
    }
}

private struct AccountCardPage {
    let signed: SignedVisit
    let account: Account
    private let memberships: [Membership]
    private let lastSignIn: Timestamp?
    private let sessions: Int
    var faults = FormFaults.none

    init(_ signed: SignedVisit) throws {
        let store = signed.site.store
        guard let account = try store.account(id: try signed.visit.parameter("account")) else { throw SiteError.notFound }
        self.signed = signed
        self.account = account
        memberships = try store.memberships(of: account.id)
        lastSignIn = try store.lastSignIn(of: account.id)
        sessions = try store.sessions(of: account.id, now: signed.now).count
    }

    private var words: Words { signed.words }
    private var place: String { "/administration/accounts/\(account.id)" }
    private var isOwn: Bool { account.id == signed.account.id }

    /// Whether the action makes sense here. Her own password and second step an administrator changes on the page of her
    /// account, which asks for a code.
    func offers(_ action: AccountAction) -> Bool {
        switch action {
        case .resetPassword: !isOwn && account.disabledAt == nil
        case .resetSecondStep: !isOwn
        default: true
        }
    }

    /// Where to go on: who has taken from herself what this page needs cannot come back.
    func place(after action: AccountAction) -> String {
        switch action {
        case .resetPassword: "\(place)/link"
        case .disable where isOwn: "/sign-in"
        case .takeAdministrator where isOwn: "/account"
        default: "\(place)?saved=1"
        }
    }

    func response() -> Response {
        let back = TextLink(words[.adminAccountsTitle], Link(path: signed.path("/administration/accounts")))
        return signed.visit.formPage(account.name, faults: faults, back: back) { html in
            if signed.visit.query["saved"] == "1", faults.isEmpty { html.notice(Notice(.success, text: words[.administrationSaved])) }
            html.summaryList(rows)
            html.heading(words[.adminAccountsOrganisations])
            if memberships.isEmpty { html.paragraph(words[.administrationNone]) }
            html.links(
                memberships.map { one in
                    TextLink(
                        words[.labelled, ["label": one.name, "value": words[one.role.word]]],
                        Link(path: signed.path("/administration/organisations/\(one.organisation)")))
                })
            access(&html)
            help(&html)
        }
    }

    private var rows: [SummaryRow] {
        let secondStep =
            account.totp != nil
            ? words[.accountSecondStepOn]
            : words[account.needsSecondStep ? .adminAccountsSecondStepMissing : .accountSecondStepOff]
        let roles = account.roles(words)
        let facts: [(Word, String)] = [
            (.adminAccountsEmail, account.email), (.adminAccountsState, account.state(words)),
            (.adminAccountsRoles, roles.isEmpty ? words[.administrationNone] : roles), (.adminAccountsSecondStep, secondStep),
            (.adminAccountsSince, words.date(account.createdAt)),
            (.adminAccountsLastSignIn, lastSignIn.map(words.moment) ?? words[.administrationNever]),
            (.adminAccountsSessions, words.count(sessions, .adminAccountsSessionsOne, .adminAccountsSessionsMany)),
        ]
        return facts.map { SummaryRow(key: words[$0.0], value: $0.1) }
    }

    private func access(_ html: inout HTML) {
        html.heading(words[.adminAccountsAccessTitle], id: "access")
        signed.visit.form(&html, place) { html in
            if let fault = faults["access"] { html.element(.p, .class("fault"), text: fault) }
            html.buttons(
                [
                    account.roles.contains(.analyst)
                        ? button(.takeAnalyst, .adminAccountsTakeAnalyst) : button(.giveAnalyst, .adminAccountsGiveAnalyst),
                    account.roles.contains(.administrator) ? button(.takeAdministrator, .adminAccountsTakeAdministrator) : nil,
                    sessions > 0 ? button(.endSessions, .adminAccountsEndSessions) : nil,
                    account.disabledAt == nil
                        ? button(.disable, .adminAccountsDisable, look: .warning) : button(.enable, .adminAccountsEnable),
                ].compactMap { $0 })
        }
    }

    private func help(_ html: inout HTML) {
        html.heading(words[.adminAccountsHelpTitle])
        guard !isOwn else { return html.paragraph(words[.adminAccountsHelpOwn]) }
        html.paragraph(words[.adminAccountsHelpLead])
        if account.disabledAt != nil { html.paragraph(words[.adminAccountsHelpDisabled]) }
        signed.visit.form(&html, place) { html in
            html.userName(signed.account.email)
            html.textField(.ownPassword(words, error: faults["password"]))
            html.buttons(
                [
                    offers(.resetPassword) ? button(.resetPassword, .adminAccountsResetPassword) : nil,
                    account.totp != nil ? button(.resetSecondStep, .adminAccountsResetSecondStep, look: .warning) : nil,
                    account.roles.contains(.administrator)
                        ? nil : button(.giveAdministrator, .adminAccountsGiveAdministrator, look: .warning),
                ].compactMap { $0 })
            if account.totp != nil { html.element(.p, .class("hint"), text: words[.adminAccountsResetSecondStepHint]) }
        }
    }

    private func button(_ action: AccountAction, _ label: Word, look: Button.Look = .second) -> Button {
        Button(words[label], .submit(name: "then", value: action.rawValue), look: look)
    }
}
