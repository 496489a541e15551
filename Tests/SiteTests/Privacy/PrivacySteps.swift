import Store
import Testing

@testable import Site

extension Browser {
    /// What the store knows of this browser's session.
    func sessionKey() throws -> SessionKey {
        let cookie = try #require(sid)
        let secret = try #require(SessionSecret(cookie: cookie))
        return secret.key
    }

    /// The id of who is signed in.
    func accountID() throws -> String {
        let account = try #require(try account())
        return account.id
    }
}
