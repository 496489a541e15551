import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Everybody who can sign in, and the way to invite somebody more.
enum AccountListRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration/accounts", .role(.administrator), signed: { try await AccountListPage(signed: $0).response() })
        routes.add(.post, "/administration/accounts", .role(.administrator), signed: invite)
    }

    private static func invite(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["email", "name", "language", "role", "password"])
        var page = AccountListPage(signed: signed, form: form)
        guard let language = Language(rawValue: form["language"] ?? ""), let role = InvitedRole(rawValue: form["role"] ?? "") else {
            throw SiteError.unknownAction
        }
        var (email, name) = (EmailAddress?.none, DisplayName?.none)
        do { email = try EmailAddress(form["email"] ?? "") } catch { page.faults.add("email", error.sentence(signed.words)) }
        do { name = try DisplayName(form["name"] ?? "") } catch { page.faults.add("name", error.sentence(signed.words)) }
        if role == .administrator, try await !signed.isOwn(password: form["password"] ?? "") {
            page.faults.add("password", signed.words[.passwordWrong])
        }
        guard page.faults.isEmpty, let email, let name else { return try await page.response() }
        let site = signed.site
        let id = site.newID()
        let link = site.issue(.welcome, account: id, madeBy: signed.account.id)
        do {
            try await site.store.add(
                NewAccount(
                    id: id, email: email.text, emailKey: email.key, name: name.text, language: language.rawValue, roles: role.roles),
                ticket: link.ticket,
                mail: site.mail(.welcome, to: email.text, language: language.rawValue, ticket: link.ticket, account: id),
                by: signed.actor, now: signed.now)
        } catch StoreError.emailTaken {
            page.faults.add("email", signed.words[.adminAccountsTaken])
            return try await page.response()
        }
        return signed.visit.redirect(to: signed.path("/administration/accounts/\(id)/link"))
    }
}

/// What an invited person may do.
private enum InvitedRole: String {
    case none, analyst, administrator

    var roles: Set<InstallationRole> {
        switch self {
        case .none: []
        case .analyst: [.analyst]
        case .administrator: [.administrator]
        }
    }
}

private struct AccountListPage {
    let signed: SignedVisit
    var form: PostedForm?
    var faults = FormFaults.none

    private var words: Words { signed.words }

    func response() async throws -> Response {
        let part = ListPart(signed.visit)
        let found = try await signed.site.store.accounts(search: part.search, limit: ListPart.size + 1, offset: part.offset)
        return signed.visit.formPage(words[.adminAccountsTitle], faults: faults, back: .toAdministration(signed)) { html in
            part.write(found, label: .adminAccountsFind, into: &html) { table($0) }
            html.heading(words[.adminAccountsInviteTitle], id: "invite")
            html.paragraph(words[.adminAccountsInviteLead])
            if signed.site.sendsMail { html.paragraph(words[.adminAccountsInviteMail]) }
            signed.visit.form(&html, "/administration/accounts") { inviteFields(&$0) }
        }
    }

    private func table(_ accounts: ArraySlice<Account>) -> DataTable {
        DataTable(
            caption: words[.adminAccountsTable],
            columns: [.adminAccountsName, .adminAccountsEmail, .adminAccountsRoles, .adminAccountsState].map {
                DataTable.Column(words[$0])
            },
            rows: accounts.map { account in
                let roles = account.roles(words)
                return DataTable.Row(
                    account.name, link: Link(path: signed.path("/administration/accounts/\(account.id)")),
                    [.text(account.email), .text(roles.isEmpty ? "–" : roles), .text(account.state(words))])
            }, narrow: .stacks)
    }

    private func inviteFields(_ html: inout HTML) {
        // Nothing of the administrator's own is offered here by the browser.
        html.textField(
            TextField(
                id: "email", name: "email", label: words[.adminAccountsEmail], value: form?["email"] ?? "", kind: .email,
                error: faults["email"], autocomplete: "off", isSpellChecked: false))
        html.textField(
            TextField(
                id: "name", name: "name", label: words[.adminAccountsInviteName], value: form?["name"] ?? "",
                hint: words[.adminAccountsInviteNameHint], error: faults["name"], autocomplete: "off", isSpellChecked: false))
        html.choiceList(
            ChoiceList(
                id: "language", name: "language", legend: words[.adminAccountsLanguage],
                choices: Language.allCases.map { ChoiceItem(value: $0.rawValue, label: $0.ownName) },
                selected: [form?["language"] ?? signed.visit.language.rawValue]))
        html.userName(signed.account.email)
        html.choiceList(
            ChoiceList(
                id: "role", name: "role", legend: words[.adminAccountsRoleChoice],
                choices: [
                    ChoiceItem(
                        value: "none", label: words[.adminAccountsNoRole], description: words[.adminAccountsNoRoleHint]),
                    ChoiceItem(
                        value: "analyst", label: words[.administrationAnalyst], description: words[.adminAccountsAnalystHint]),
                    ChoiceItem(
                        value: "administrator", label: words[.administrationAdministrator],
                        description: words[.adminAccountsAdministratorHint], reveals: .ownPassword(words, error: faults["password"])),
                ], selected: [form?["role"] ?? "none"]))
        html.buttons([Button(words[.adminAccountsInviteButton])])
    }
}

extension TextField {
    /// The administrator's own password, for what weakens somebody's protection.
    static func ownPassword(_ words: Words, error: String?) -> TextField {
        TextField(
            id: "password", name: "password", label: words[.administrationOwnPassword], kind: .password, error: error,
            autocomplete: "current-password", isSpellChecked: false)
    }
}
