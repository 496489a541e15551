import HTML
import HTTPTypes
import Hummingbird

/// E-mail address and password.
struct SignInPage {
    let visit: Visit
    let kept: KeptForm?
    var form: PostedForm?
    var faults = FormFaults.none

    /// - Parameter wait: Seconds to wait after too many attempts.
    func response(wait: Int64? = nil, status: HTTPResponse.Status? = nil) -> Response {
        let words = visit.words
        var setting = PageSetting(title: words[.signInTitle], isPrivate: false)
        setting.place = "/sign-in"
        return visit.formPage(words[.signInTitle], faults: faults, setting: setting, wait: wait, status: status) { html in
            if status == .serviceUnavailable {
                html.notice(Notice(.warning, title: words[.busyTitle], text: words[.busySignIn]))
            }
            html.lead(words[kept.map { $0.fields.isEmpty } ?? true ? .signInLead : .signInKeptWhat])
            html.signInForm(visit, kept: kept, email: form?["email"] ?? "", stay: form?["stay"], faults: faults)
            html.links([
                TextLink(words[.signInForgot], Link(path: visit.path("/forgot"))),
                TextLink(words[.signInRegister], Link(path: visit.path("/register"))),
            ])
            html.paragraph(words[.signInNoAccountNeeded])
        }
    }

    /// The password could not be looked at: too many people are signing in.
    func busy() -> Response {
        var response = response(status: .serviceUnavailable)
        response.headers[.retryAfter] = "30"
        return response
    }
}

extension HTML {
    mutating func signInForm(_ visit: Visit, kept: KeptForm?, email: String = "", stay: String? = nil, faults: FormFaults = .none) {
        let words = visit.words
        visit.form(&self, "/sign-in", id: "sign-in", kept: kept) { html in
            html.textField(
                TextField(
                    id: "email", name: "email", label: words[.signInEmail], value: email, kind: .email, error: faults["email"],
                    autocomplete: "email", isSpellChecked: false))
            html.textField(
                TextField(
                    id: "password", name: "password", label: words[.signInPassword], kind: .password, error: faults["password"],
                    autocomplete: "current-password", isSpellChecked: false))
            html.stayChoice(words, selected: stay)
            html.buttons([Button(words[.signInButton])])
        }
    }

    mutating func stayChoice(_ words: Words, id: String = "stay", selected: String?) {
        choiceList(
            ChoiceList(
                id: id, name: "stay", legend: words[.signInStay],
                choices: [
                    ChoiceItem(
                        value: StaySignedIn.short.rawValue, label: words[.signInStayShort], description: words[.signInStayShortHint]),
                    ChoiceItem(value: StaySignedIn.long.rawValue, label: words[.signInStayLong], description: words[.signInStayLongHint]),
                ], selected: [selected ?? StaySignedIn.short.rawValue]))
    }

    /// Links below each other.
    mutating func links(_ links: [TextLink]) {
        element(.ul) { list in
            for link in links { list.element(.li) { $0.element(.a, .href(link.link), text: link.text) } }
        }
    }
}
