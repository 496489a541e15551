import QuestionnaireFiles
import Store

/// The messages that the service sends: one wording each, plain text, no answers and no scores in them (NOT-2).
enum MailKind: String, CaseIterable {
    case register, registerKnown, reset, resetUnknown, welcome, invite, leaveEmail, takeEmail, proveDomain
    case passwordChanged, secondStepOn, secondStepOff, recovery, wrongCodes, retention, contribute

    private var words: (subject: Word, text: Word) {
        switch self {
        case .register: (.mailRegisterSubject, .mailRegister)
        case .registerKnown: (.mailRegisterKnownSubject, .mailRegisterKnown)
        case .reset: (.mailResetSubject, .mailReset)
        case .resetUnknown: (.mailResetUnknownSubject, .mailResetUnknown)
        case .welcome: (.mailWelcomeSubject, .mailWelcome)
        case .invite: (.mailInviteSubject, .mailInvite)
        case .leaveEmail: (.mailLeaveEmailSubject, .mailLeaveEmail)
        case .takeEmail: (.mailTakeEmailSubject, .mailTakeEmail)
        case .proveDomain: (.mailProveDomainSubject, .mailProveDomain)
        case .passwordChanged: (.mailPasswordChangedSubject, .mailPasswordChanged)
        case .secondStepOn: (.mailSecondStepOnSubject, .mailSecondStepOn)
        case .secondStepOff: (.mailSecondStepOffSubject, .mailSecondStepOff)
        case .recovery: (.mailRecoverySubject, .mailRecovery)
        case .wrongCodes: (.mailWrongCodesSubject, .mailWrongCodes)
        case .retention: (.mailRetentionSubject, .mailRetention)
        case .contribute: (.mailContributeSubject, .mailContribute)
        }
    }

    /// Where the page of a link that works once is.
    static func place(of purpose: TicketPurpose) -> String {
        switch purpose {
        case .register: "/register"
        case .invite: "/join"
        case .welcome, .reset: "/reset"
        case .leaveEmail, .takeEmail: "/confirm"
        case .proveDomain: "/prove"
        }
    }

    func subject(_ words: Words, _ facts: [String: String]) -> String { Self.filled(words[self.words.subject], facts) }

    /// - Parameter link: The whole address, or nothing for a message without one.
    func body(_ words: Words, _ facts: [String: String], link: String?, works until: Timestamp?, site: String) -> String {
        var facts = facts
        if let at = facts["at"].flatMap({ Int64($0) }) { facts["time"] = words.moment(Timestamp(milliseconds: at)) }
        var parts = [words[.mailHello], Self.filled(words[self.words.text], facts)]
        if let link { parts.append(link) }
        if let until {
            // Whoever helps may come back with the same link.
            let works = words[self == .contribute ? .mailWorksUntil : .mailWorks, ["time": words.moment(until)]]
            // Who did not ask for another address must not leave that message alone.
            parts.append(self == .leaveEmail ? works : works + "\n" + words[.mailIgnore])
        }
        parts.append(words[.mailSignature, ["site": words[.siteName], "address": site]])
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static func filled(_ text: String, _ facts: [String: String]) -> String {
        Words.fill(text) { facts[$0] ?? "" }
    }
}
