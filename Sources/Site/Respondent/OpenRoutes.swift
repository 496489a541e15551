import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Coming back: the private link opens the assessment in any browser.
/// Opening writes a session, so it takes a button: mail scanners and link previews follow links, they press nothing.
enum OpenRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/open", anyone: { OpenPage(visit: $0, token: nil).response() })
        routes.add(.get, "/open/{token}", anyone: { OpenPage(visit: $0, token: try $0.parameter("token")).response() })
        routes.add(.post, "/open", anyone: open)
    }

    private static func open(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: Set(["link"] + form.fields.map(\.name).filter(KeptForm.isField)))
        if form.isForLanguage { return OpenPage(visit: visit, token: nil, refused: form).response() }
        guard let token = token(in: form["link"] ?? "") else {
            return OpenPage(visit: visit, token: nil, refused: form, fault: .unreadable).response()
        }
        let id: String?
        do {
            id = try await open(token, visit)
        } catch let error as StoreError where error.isPassing {
            visit.site.log.event(.error, "notSaved", at: visit.now, cause: "\(error)", id: visit.id)
            return OpenPage(visit: visit, token: nil, refused: form, fault: .unavailable).response()
        }
        guard let id else { return OpenPage(visit: visit, token: nil, refused: form, fault: .wrong).response() }
        let place = "/assessments/\(id)"
        // What was typed for another assessment than the one that the link opens goes nowhere.
        if let kept = KeptForm(form), kept.place.hasPrefix(place + "/"), !kept.fields.isEmpty { return kept.response(visit) }
        return visit.redirect(to: visit.path(place))
    }

    /// What a private link opens, or a contributor's: who is asked for "the link" gives the one she has.
    private static func open(_ token: LinkToken, _ visit: Visit) async throws -> String? {
        let (store, key, end) = (visit.site.store, visit.secret.key, visit.sessionEnd)
        if let id = try await store.open(link: token.digest, session: key, expires: end, by: visit.actor(account: nil), now: visit.now) {
            return id
        }
        return try await store.open(
            contribution: token.digest, session: key, expires: end, by: visit.actor(account: nil), now: visit.now)
    }

    /// The token in a whole address or by itself, with whatever blanks came along.
    private static func token(in text: String) -> LinkToken? {
        let last = text.split(whereSeparator: { $0 == "/" || $0.isWhitespace }).last ?? ""
        return LinkToken(text: last.prefix { $0 != "?" && $0 != "#" })
    }
}

/// Where one gives the private link.
struct OpenPage {
    let visit: Visit
    let token: String?
    /// A form that did not go through, to show again as typed.
    var refused: PostedForm?
    var fault: Fault?

    enum Fault {
        case unreadable
        /// Well-formed, but it opens nothing: wrong or withdrawn.
        case wrong
        /// The database cannot take the session.
        case unavailable

        fileprivate var status: HTTPResponse.Status {
            switch self {
            case .unreadable: .unprocessableContent
            case .wrong: .forbidden
            case .unavailable: .serviceUnavailable
            }
        }
    }

    func response() -> Response {
        let words = visit.words
        let fault: String? =
            switch self.fault {
            case .unreadable: words[.openUnreadable]
            case .wrong: words[.openWrong]
            case .unavailable, nil: nil
            }
        var setting = PageSetting(title: words[.openTitle], hasFaults: fault != nil)
        if refused != nil {
            setting.languageForm = "open"
            setting.isResent = true
        }
        return visit.page(setting, status: self.fault?.status ?? .ok) { html in
            if self.fault == .unavailable { html.notSaved(words) }
            if let fault { html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: [FieldFault(fault, field: "link")])) }
            html.pageHeading(words[.openTitle])
            html.paragraph(words[.openLead])
            html.form(id: "open", action: Link(path: visit.path("/open"))) { html in
                html.proof(visit)
                refused.flatMap(KeptForm.init)?.write(into: &html)
                if let token {
                    html.hiddenField(name: "link", value: token)
                } else {
                    html.textField(.privateLink(words, value: refused?["link"] ?? "", error: fault))
                }
                html.buttons([Button(words[.openButton])])
            }
            html.contact(visit)
        }
    }
}

/// After a form came too late and the link was given: one press saves what was typed.
struct KeptAgainPage {
    let visit: Visit
    /// The path behind the language that the form was meant for.
    let place: String
    let fields: [(name: String, value: String)]

    func response() -> Response {
        let setting = PageSetting(title: visit.words[.keptAgainTitle], languageForm: "kept", isResent: true, place: place)
        return visit.page(setting) { html in
            html.pageHeading(visit.words[.keptAgainTitle])
            html.paragraph(visit.words[.keptAgain])
            html.form(id: "kept", action: Link(path: visit.path(place))) { $0.again(fields, visit) }
        }
    }
}
