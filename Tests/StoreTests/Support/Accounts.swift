@testable import Store

/// Accounts and links for tests; a link's token is its id.
func person(
    _ id: String, email: String? = nil, name: String? = nil, password: String? = nil, roles: Set<InstallationRole> = []
) -> NewAccount {
    let email = email ?? "\(id)@anvil.example"
    return NewAccount(
        id: id, email: email, emailKey: email.lowercased(), name: name ?? id, language: "nl", password: password, roles: roles)
}

func newTicket(_ id: String, _ purpose: TicketPurpose = .welcome, account: String, madeBy: String? = nil) -> NewTicket {
    NewTicket(id: id, token: Digest32(of: Array(id.utf8)), purpose: purpose, account: account, madeBy: madeBy)
}

func session(_ name: String, isHalf: Bool = false) -> NewSession {
    NewSession(
        key: SessionKey(of: Array(name.utf8)), replacing: nil, isHalf: isHalf, lifetime: 3_600_000, limit: 72_000_000,
        origin: Origin(address: "192.0.2.7", browser: "Firefox"))
}

extension Store {
    /// Makes an account with a link that nobody uses.
    func add(_ new: NewAccount, now: Timestamp = noon) async throws {
        try await add(new, ticket: newTicket("first of \(new.id)", account: new.id), by: .console, now: now)
    }

    /// Who is signed in with a session of this name, and whether only half.
    func signed(_ name: String, now: Timestamp = noon) throws -> SignedIn? { try signedIn(SessionKey(of: Array(name.utf8)), now: now) }

    /// Whether a link works.
    func works(_ id: String, now: Timestamp = noon) throws -> Bool { try ticket(Digest32(of: Array(id.utf8)))?.works(at: now) ?? false }
}
