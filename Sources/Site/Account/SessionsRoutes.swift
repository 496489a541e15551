import HTML
import Hummingbird
import Store

/// Where an account is signed in, to end what one does not know, and what was tried (SEC-4).
enum SessionsRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/account/sessions", .signedIn, signed: { try page($0) })
        routes.add(.post, "/account/sessions", .signedIn, signed: end)
    }

    private static func end(_ signed: SignedVisit) async throws -> Response {
        let form = try signed.fields(["session"])
        let id = form["then"] == "others" ? nil : form["session"]
        guard form["then"] == "others" || id != nil else { throw SiteError.unknownAction }
        try await signed.site.store.endSessions(id, of: signed.account.id, except: signed.key, by: signed.actor, now: signed.now)
        return signed.visit.redirect(to: signed.path("/account/sessions?saved=1"))
    }

    private static func page(_ signed: SignedVisit) throws -> Response {
        let words = signed.words
        let sessions = try signed.site.store.sessions(of: signed.account.id, now: signed.now)
        let history = try signed.site.store.signInHistory(of: signed.account.id)
        let own = SessionSummary.id(of: signed.key)
        let named = { (text: String) in text.isEmpty ? words[.sessionsUnknown] : text }
        return signed.visit.page(PageSetting(title: words[.sessionsTitle], back: .toAccount(signed))) { html in
            if signed.visit.query["saved"] == "1" { html.notice(Notice(.success, text: words[.sessionsEnded])) }
            html.pageHeading(words[.sessionsTitle])
            html.lead(words[.sessionsLead])
            html.table(
                DataTable(
                    caption: words[.sessionsTable],
                    columns: [.sessionsBrowser, .sessionsAddress, .sessionsBegan, .sessionsEnds].map { DataTable.Column(words[$0]) },
                    rows: sessions.map { session in
                        DataTable.Row(
                            named(session.origin.browser) + (session.id == own ? " (\(words[.sessionsThis]))" : ""),
                            [
                                .text(named(session.origin.address)), .text(words.moment(session.beganAt)),
                                .text(words.moment(session.expiresAt)),
                            ])
                    }, narrow: .stacks))
            for session in sessions where session.id != own {
                signed.visit.form(&html, "/account/sessions") { html in
                    html.hiddenField(name: "session", value: session.id)
                    let what = "\(named(session.origin.browser)), \(words.moment(session.beganAt))"
                    html.buttons([Button(words[.labelled, ["label": words[.sessionsEnd], "value": what]], look: .second)])
                }
            }
            if sessions.count > 1 {
                signed.visit.form(&html, "/account/sessions") { html in
                    html.buttons([Button(words[.sessionsEndOthers], .submit(name: "then", value: "others"), look: .warning)])
                }
            }
            html.heading(words[.sessionsHistoryTitle])
            html.table(
                DataTable(
                    caption: words[.sessionsHistoryTable],
                    columns: [.sessionsTime, .sessionsOutcome, .sessionsBrowser, .sessionsAddress].map { DataTable.Column(words[$0]) },
                    rows: history.map { record in
                        DataTable.Row(
                            words.moment(record.at),
                            [
                                .text(words[record.outcome.word]), .text(named(record.origin.browser)),
                                .text(named(record.origin.address)),
                            ])
                    }, narrow: .stacks))
        }
    }
}

extension SignInRecord.Outcome {
    var word: Word {
        switch self {
        case .signedIn: .sessionsSignedIn
        case .passwordChosen: .sessionsPasswordChosen
        case .wrongPassword: .sessionsWrongPassword
        case .wrongCode: .sessionsWrongCode
        case .refusedDisabled: .sessionsRefusedDisabled
        }
    }
}
