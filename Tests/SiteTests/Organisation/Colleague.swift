import HTTPTypes
import Store
import Synchronization

@testable import Site

/// Somebody with an account, in a browser of her own.
struct Colleague: Sendable {
    let id: String
    let email: String
    let browser: Browser

    static let password = "four words make sense"

    func get(_ path: String) async throws -> Page { try await browser.get(path) }

    /// Loads a page and sends a form from it with these fields.
    @discardableResult
    func send(_ path: String, to action: String? = nil, _ fields: [(String, String)] = []) async throws -> Page {
        try await browser.send(path, to: action, fields)
    }
}

extension Browser {
    /// Loads a page and sends a form from it: what every form carries, and these fields.
    @discardableResult
    func send(_ path: String, to action: String? = nil, _ fields: [(String, String)] = []) async throws -> Page {
        let page = try await get(path)
        return try await post(action ?? path, Self.framework(page) + fields)
    }

    /// Signs in by the form, as people do.
    @discardableResult
    func enter(_ email: String, at path: String? = nil) async throws -> Page {
        let page = try await get(path ?? "/\(language)/sign-in")
        return try await post(
            "/\(language)/sign-in",
            [("proof", page.hidden("proof") ?? ""), ("email", email), ("password", Colleague.password)] + page.kept(in: "sign-in"))
    }
}

extension Page {
    /// Every id on the page, in order.
    var ids: [String] { body.matches(of: /[ ]id="([^"]*)"/).map { String($0.1) } }

    /// What stands between header and footer.
    var main: Substring {
        let start = body.firstRange(of: "<main")?.lowerBound ?? body.startIndex
        return body[start..<(body.firstRange(of: "</main>")?.lowerBound ?? body.endIndex)]
    }
}

extension TestSite {
    /// Makes an account, and signs it in with a new browser.
    func colleague(_ name: String, roles: Set<InstallationRole> = []) async throws -> Colleague {
        let id = try await account(name, roles: roles)
        let browser = Browser(self)
        let signed = try await browser.enter("\(name.lowercased())@anvil.example")
        guard signed.status == 303 else { throw NotSignedIn() }
        return Colleague(id: id, email: "\(name.lowercased())@anvil.example", browser: browser)
    }

    /// Makes an account, and signs nobody in.
    @discardableResult
    func account(_ name: String, roles: Set<InstallationRole> = []) async throws -> String {
        let (id, email) = ("id-\(name.lowercased())", "\(name.lowercased())@anvil.example")
        try await site.store.add(
            NewAccount(
                id: id, email: email, emailKey: email, name: name, language: "en",
                password: try await Self.hash(site), roles: roles),
            ticket: site.issue(.welcome, account: id).ticket, by: .console, now: site.clock())
        return id
    }

    /// The password's hash, made once: hashing is slow on purpose.
    private static func hash(_ site: Site) async throws -> String {
        if let known = known.withLock({ $0 }) { return known }
        let hash = try await site.passwords.hash(Colleague.password)
        known.withLock { $0 = hash }
        return hash
    }

    private static let known = Mutex<String?>(nil)
    private struct NotSignedIn: Error {}
}

/// What the form about an organisation takes.
let anvil = [("name", "Anvil & Sons"), ("number", "BE 0403.227.515"), ("sector", "25"), ("size", "small"), ("region", "BE21")]

extension Colleague {
    /// Adds an organisation and returns its path.
    func organisation(_ fields: [(String, String)] = anvil) async throws -> String {
        try await send("/en/organisations/new", fields).location
    }

    /// Invites, and returns the path of the link to hand over.
    func invite(_ email: String, to organisation: String, as role: MemberRole = .editor) async throws -> String {
        let invited = try await send("\(organisation)/invitations", [("email", email), ("role", role.rawValue)])
        let page = try await get(invited.location)
        return page.body.firstMatch(of: /https:\/\/test\.example(\/en\/join\/[A-Za-z0-9_-]+)/).map { String($0.1) } ?? ""
    }

    /// Makes a colleague a member, by an invitation.
    func add(_ other: Colleague, to organisation: String, as role: MemberRole) async throws {
        let link = try await invite(other.email, to: organisation, as: role)
        try await other.send(link, [("then", "join")])
    }
}
