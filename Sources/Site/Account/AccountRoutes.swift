import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The first page after signing in, and what the account is called.
enum AccountRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account", .signedIn, signed: { try AccountPage($0).response() })
        routes.add(.get, "/account/profile", .signedIn, signed: { ProfilePage(signed: $0).response() })
        routes.add(.post, "/account/profile", .signedIn, signed: save)
    }

    private static func save(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["name", "language"])
        guard let language = Language(rawValue: form["language"] ?? "") else { throw FormFault.unknown("language") }
        var page = ProfilePage(signed: signed, form: form)
        let name: DisplayName
        do { name = try DisplayName(form["name"] ?? "") } catch {
            page.faults.add("name", error.sentence(signed.words))
            return page.response()
        }
        try await signed.site.store.setProfile(account: signed.account.id, name: name.text, language: language.rawValue)
        return signed.visit.redirect(to: "/\(language.rawValue)/account")
    }
}

struct AccountPage {
    let signed: SignedVisit
    let memberships: [Membership]

    init(_ signed: SignedVisit) throws {
        self.signed = signed
        memberships = try signed.site.store.memberships(of: signed.account.id)
    }

    func response() -> Response {
        let (words, account) = (signed.words, signed.account)
        return signed.visit.page(PageSetting(title: words[.accountTitle])) { html in
            html.pageHeading(words[.accountTitle])
            html.lead(words[.accountSignedInAs, ["name": account.name, "email": account.email]])
            html.paragraph(words[.accountUntil, ["time": words.moment(signed.signed.expiresAt)]])
            html.signOutForm(signed.visit)
            organisations(&html)
            if account.roles.contains(.administrator) {
                html.heading(words[.accountStaffTitle])
                html.links([TextLink(words[.accountAdministration], Link(path: signed.path("/administration")))])
            }
            html.heading(words[.accountSecurityTitle])
            html.summaryList(rows)
            html.heading(words[.accountDataTitle])
            html.exportForm(signed, "/account", .accountExport)
            html.links([TextLink(words[.accountDelete], Link(path: signed.path("/account/deletion")))])
        }
    }

    private func organisations(_ html: inout HTML) {
        let words = signed.words
        html.heading(words[.accountOrganisationsTitle])
        if memberships.isEmpty { html.paragraph(words[.accountOrganisationsNone]) }
        html.links(
            memberships.map { TextLink($0.name, Link(path: signed.path("/organisations/\($0.organisation)"))) } + [
                TextLink(words[.accountOrganisationNew], Link(path: signed.path("/organisations/new")))
            ])
    }

    private var rows: [SummaryRow] {
        let (words, account) = (signed.words, signed.account)
        let row = { (key: Word, value: String, change: Word, place: String) in
            SummaryRow(
                key: words[key], value: value,
                change: SummaryRow.Change(words[change], hidden: words[key], link: Link(path: signed.path("/account/\(place)"))))
        }
        return [
            row(.accountNameRow, "\(account.name), \(Language(rawValue: account.language)?.ownName ?? "")", .checkChange, "profile"),
            row(.accountEmailRow, account.email, .checkChange, "email"),
            row(.accountPasswordRow, words[.accountHidden], .checkChange, "password"),
            row(
                .accountSecondStepRow, words[account.totp == nil ? .accountSecondStepOff : .accountSecondStepOn], .checkChange,
                "second-step"),
            row(.accountSessionsRow, "", .accountSessionsLink, "sessions"),
        ]
    }
}

private struct ProfilePage {
    let signed: SignedVisit
    var form: PostedForm?
    var faults = FormFaults.none

    func response() -> Response {
        let words = signed.words
        return signed.visit.formPage(words[.profileTitle], faults: faults, back: .toAccount(signed)) { html in
            signed.visit.form(&html, "/account/profile") { html in
                html.nameField(words, value: form?["name"] ?? signed.account.name, error: faults["name"])
                html.choiceList(
                    ChoiceList(
                        id: "language", name: "language", legend: words[.profileLanguage],
                        choices: Language.allCases.map { ChoiceItem(value: $0.rawValue, label: $0.ownName) },
                        selected: [form?["language"] ?? signed.account.language]))
                html.buttons([Button(words[.profileButton])])
            }
        }
    }
}

extension TextLink {
    static func toAccount(_ signed: SignedVisit) -> TextLink { toAccount(signed.visit) }

    static func toAccount(_ visit: Visit) -> TextLink {
        TextLink(visit.words[.accountTitle], Link(path: visit.path("/account")))
    }
}

extension SignedVisit {
    /// Whether it is the password of who is signed in. Throws `.tooMany` after too many wrong ones, `PasswordPool.Busy`.
    func isOwn(password: String) async throws -> Bool {
        let (what, place) = ("confirm \(account.id)", visit.origin.address)
        if let wait = site.throttle.attempt(what, from: place, now: now) { throw SiteError.tooMany(seconds: wait) }
        if try await site.passwords.verify(password, against: account.password, isKnown: true) {
            site.throttle.succeeded(what, from: place)
            return true
        }
        return false
    }

    /// A redirect that gives the browser the new secret of its session.
    func redirect(to place: String, _ secret: SessionSecret) -> Response {
        var response = visit.redirect(to: path(place))
        SessionCookie.set(secret, on: &response)
        return response
    }
}
