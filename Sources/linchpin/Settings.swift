import Configuration
import Glibc
import Site

/// A value that is there but wrong stops the start: a typing error must not become a default.
extension ConfigReader {
    func text(_ key: ConfigKey) throws -> String {
        do { return try requiredString(forKey: key) } catch { throw Failure(.usage, "\(key): \(error)") }
    }

    func number(_ key: ConfigKey, in range: ClosedRange<Int>) throws -> Int {
        let number: Int
        do { number = try requiredInt(forKey: key) } catch { throw Failure(.usage, "\(key): \(error)") }
        guard range.contains(number) else {
            throw Failure(.usage, "\(key): give a number from \(range.lowerBound) to \(range.upperBound), not \(number)")
        }
        return number
    }

    func flag(_ key: ConfigKey) throws -> Bool {
        do { return try requiredBool(forKey: key) } catch { throw Failure(.usage, "\(key): \(error)") }
    }
}

/// Settings that are more than a text or number.
extension ConfigReader {
    func mailAddress(_ key: ConfigKey) throws -> String {
        let address = try text(key)
        guard address.isEmpty || SiteConfiguration.isMailAddress(address) else {
            throw Failure(.usage, "\(key): give an e-mail address, not \"\(address)\"")
        }
        return address
    }

    /// A program that is missing, or has nobody to send for, would let every message wait in vain.
    func mailProgram() throws -> String {
        let command = try text("mail.program")
        guard let program = command.split(whereSeparator: \.isWhitespace).first else { return "" }
        let folders =
            program.contains("/") ? [""] : (getenv("PATH").map { String(cString: $0) } ?? "").split(separator: ":").map { "\($0)/" }
        guard folders.contains(where: { access("\($0)\(program)", X_OK) == 0 }) else {
            throw Failure(.usage, "mail.program: there is no program \(program) that this user can run")
        }
        guard try !text("mail.from").isEmpty else {
            throw Failure(.usage, "mail.from: give the e-mail address that messages come from; mail.program needs it")
        }
        return command
    }

    func trustedProxies() throws -> Set<String> {
        var proxies: Set<String> = []
        for text in try list("trusted-proxies") {
            guard let address = SiteConfiguration.ipAddress(text) else {
                throw Failure(.usage, "trusted-proxies: give IP addresses such as 127.0.0.1, not \"\(text)\"")
            }
            proxies.insert(address)
        }
        return proxies
    }

    func security() throws -> SecurityText? {
        let (contacts, expires, policy) = (try list("security.contact"), try text("security.expires"), try text("security.policy"))
        guard !contacts.isEmpty || !expires.isEmpty || !policy.isEmpty else { return nil }
        do {
            return try SecurityText(contacts: contacts, expires: expires, policy: policy, now: Site.systemClock())
        } catch {
            throw Failure(.usage, "\(error)")
        }
    }

    /// A list in the file, or one text with commas anywhere.
    private func list(_ key: ConfigKey) throws -> [String] {
        let items: [String]
        do { items = try requiredStringArray(forKey: key) } catch { items = try text(key).split(separator: ",").map(String.init) }
        return items.map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
    }
}
