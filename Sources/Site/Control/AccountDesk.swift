import QuestionnaireFiles
import Store

/// Carries out an operator's orders about accounts: in the command's own process, or in the service while that holds the database.
package struct AccountDesk: Correspondent {
    let store: Store
    let configuration: SiteConfiguration
    let random: @Sendable (Int) -> [UInt8]
    private let clock: @Sendable () -> Timestamp

    package init(
        store: Store, configuration: SiteConfiguration, random: @escaping @Sendable (Int) -> [UInt8] = Site.systemRandom,
        clock: @escaping @Sendable () -> Timestamp = Site.systemClock
    ) {
        self.store = store
        self.configuration = configuration
        self.random = random
        self.clock = clock
    }

    /// Says each line of the answer; the last one is none of `.text`. Throws only what `say` throws.
    package func carryOut(_ order: DeskOrder, say: (DeskLine) async throws -> Void) async throws {
        let end: DeskLine
        do {
            for line in try await answer(order) { try await say(.text(line)) }
            if order == .list { try await list(say) }
            end = .done
        } catch let fault as DeskFault {
            end = .wrongInput(fault.message)
        } catch let error as StoreError {
            end = .machine("the database did not take it: \(error)")
        }
        try await say(end)
    }

    private func answer(_ order: DeskOrder) async throws -> [String] {
        let now = clock()
        switch order {
        case .add(let email, let name, let language, let roles):
            return [try await add(email, name: name, language: language, roles: roles, now: now)]
        case .list: return []
        case .disable(let email), .enable(let email):
            let account = try account(email)
            do {
                try await store.setDisabled(order == .disable(email: email), account: account.id, by: .console, now: now)
            } catch StoreError.lastAdministrator {
                throw DeskFault("\(account.email) is the last administrator who can sign in; make another one first")
            }
            return []
        case .readdress(let email, let new):
            let (account, address) = (try account(email), try address(new))
            do {
                try await store.setEmail(address.text, key: address.key, account: account.id, by: .console, now: now)
            } catch StoreError.emailTaken {
                throw DeskFault("there is an account of \(address.text) already")
            }
            return []
        case .reset(let email, let secondStep):
            let account = try account(email)
            guard account.disabledAt == nil else { throw DeskFault("the account of \(account.email) is disabled; enable it first") }
            if secondStep { try await dropSecondStep(account, now: now) }
            let link = issue(.welcome, account: account.id)
            try await store.reset(link.ticket, by: .console, now: now)
            return [address(of: link, language: Language(rawValue: account.language) ?? .en)]
        }
    }

    private func add(_ email: String, name: String?, language: Language, roles: Set<DeskRole>, now: Timestamp) async throws -> String {
        let email = try address(email)
        let shown: DisplayName
        do {
            shown = try DisplayName(name ?? email.localPart)
        } catch {
            throw DeskFault("this is no name that can be shown; give one of at most \(DisplayName.limit) ordinary letters with --name")
        }
        let id = newID()
        let link = issue(.welcome, account: id)
        do {
            try await store.add(
                NewAccount(
                    id: id, email: email.text, emailKey: email.key, name: shown.text, language: language.rawValue,
                    roles: Set(roles.map { $0 == .administrator ? .administrator : .analyst })),
                ticket: link.ticket, by: .console, now: now)
        } catch StoreError.emailTaken {
            throw DeskFault("there is an account of \(email.text) already; for a new link: linchpin user reset \(email.text)")
        }
        return address(of: link, language: language)
    }

    private func dropSecondStep(_ account: Account, now: Timestamp) async throws {
        let mail = mail(
            .secondStepOff, to: account.email, language: account.language, facts: ["at": String(now.milliseconds), "link": "/forgot"],
            account: account.id)
        try await store.dropSecondStep(account: account.id, mail: mail, by: .console, now: now)
    }

    /// Address, roles, state and name of every account, between tabs, sorted by address.
    private func list(_ say: (DeskLine) async throws -> Void) async throws {
        var key = ""
        while true {
            let accounts = try await store.accounts(after: key, limit: 500)
            for account in accounts { try await say(.text(Self.line(account))) }
            guard let last = accounts.last else { return }
            key = try address(last.email).key
        }
    }

    private static func line(_ account: Account) -> String {
        let roles = InstallationRole.allCases.filter(account.roles.contains).map(\.rawValue).joined(separator: ",")
        let state = account.disabledAt != nil ? "disabled" : account.password == nil ? "no password" : "active"
        return [account.email, roles.isEmpty ? "-" : roles, state, account.name].joined(separator: "\t")
    }

    private func account(_ email: String) throws -> Account {
        let email = try address(email)
        guard let account = try store.account(emailKey: email.key) else { throw DeskFault("there is no account of \(email.text)") }
        return account
    }

    private func address(_ typed: String) throws -> EmailAddress {
        do {
            return try EmailAddress(typed)
        } catch {
            throw DeskFault("\"\(typed.onOneLine)\" is no e-mail address; give one such as name@example.org")
        }
    }

    private func address(of link: OneTimeLink, language: Language) -> String {
        address(of: link.ticket.purpose, token: link.token, language: language)
    }
}

/// What was asked for cannot be done, in words for the operator.
private struct DeskFault: Error {
    let message: String
    init(_ message: String) { self.message = message }
}
