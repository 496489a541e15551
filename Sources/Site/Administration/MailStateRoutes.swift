import HTML
import Hummingbird
import Store

/// Messages that wait or failed: which kind and why, not to whom and with what words.
enum MailStateRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/administration/mail", .role(.administrator), signed: show)
    }

    private static func show(_ signed: SignedVisit) throws -> Response {
        let words = signed.words
        let states = try signed.site.store.mailStates()
        return signed.visit.page(PageSetting(title: words[.adminMailTitle], back: .toAdministration(signed))) { html in
            html.pageHeading(words[.adminMailTitle])
            if !signed.site.sendsMail { html.paragraph(words[.adminMailWithout]) }
            guard !states.isEmpty else { return html.paragraph(words[.adminMailEmpty]) }
            html.table(
                DataTable(
                    caption: words[.adminMailTable],
                    columns: [.adminMailKind, .adminMailSince, .adminMailAttempts, .adminMailNext, .adminMailAnswer].map {
                        DataTable.Column(words[$0], isNumeric: $0 == .adminMailAttempts)
                    },
                    rows: states.map { state in
                        DataTable.Row(
                            MailKind(rawValue: state.kind).map { words[$0.word] } ?? state.kind,
                            [
                                .text(words.moment(state.createdAt)), .text(String(state.attempts)), .text(next(state, words)),
                                .text(answer(state)),
                            ])
                    }, narrow: .stacks))
        }
    }

    private static func next(_ state: MailState, _ words: Words) -> String {
        if let failed = state.failedAt { return words[.adminMailGaveUp, ["time": words.moment(failed)]] }
        return state.nextAt.map { words[.adminMailWaits, ["time": words.moment($0)]] } ?? ""
    }

    /// Exit code and reply come first in a report; behind them a mail server may name whom the message is for.
    private static func answer(_ state: MailState) -> String {
        (state.detail.split(separator: ";").first ?? "").split(separator: " ").filter { !$0.contains("@") }.joined(separator: " ")
    }
}

extension MailKind {
    /// What it is about.
    fileprivate var word: Word {
        switch self {
        case .register: .adminMailRegister
        case .registerKnown: .adminMailRegisterKnown
        case .reset: .adminMailReset
        case .resetUnknown: .adminMailResetUnknown
        case .welcome: .adminMailWelcome
        case .invite: .adminMailInvite
        case .leaveEmail: .adminMailLeaveEmail
        case .takeEmail: .adminMailTakeEmail
        case .proveDomain: .adminMailProveDomain
        case .passwordChanged: .adminMailPasswordChanged
        case .secondStepOn: .adminMailSecondStepOn
        case .secondStepOff: .adminMailSecondStepOff
        case .recovery: .adminMailRecovery
        case .wrongCodes: .adminMailWrongCodes
        case .retention: .adminMailRetention
        case .contribute: .adminMailContribute
        }
    }
}
