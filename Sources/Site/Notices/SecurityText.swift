import QuestionnaireFiles
import Store

/// What `/.well-known/security.txt` says: whom to tell of a hole in the service (SEC-26, RFC 9116).
public struct SecurityText: Sendable {
    /// How far ahead its end may lie.
    private static let longestDays = 365

    private let contacts: [String]
    public let expires: Timestamp
    private let policy: String

    /// - Parameters:
    ///   - contacts: At least one, each `mailto:…` or `https://…`.
    ///   - expires: `2027-06-01` or `2027-06-01T12:00:00Z`, at most 365 days ahead.
    ///   - policy: `https://…`, or empty.
    public init(contacts: [String], expires: String, policy: String, now: Timestamp) throws(Fault) {
        guard !contacts.isEmpty else { throw .noContact }
        for contact in contacts where !Self.isContact(contact) { throw .badContact(contact) }
        guard policy.isEmpty || Self.isWebAddress(policy) else { throw .badPolicy(policy) }
        guard let end = Self.moment(expires) else { throw .badExpires(expires) }
        guard end > now else { throw .past(expires) }
        guard end <= now.adding(days: Self.longestDays) else { throw .tooFar(expires) }
        self.contacts = contacts
        self.expires = end
        self.policy = policy
    }

    /// Why the service does not start with it, for the operator.
    public enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        case noContact
        case badContact(String)
        case badPolicy(String)
        case badExpires(String)
        case past(String)
        case tooFar(String)

        public var description: String {
            switch self {
            case .noContact: "security.contact: give at least one address, mailto:NAME@DOMAIN or https://NAME"
            case .badContact(let text): "security.contact: give mailto:NAME@DOMAIN or https://NAME, not \"\(text)\""
            case .badPolicy(let text): "security.policy: give https://NAME, not \"\(text)\""
            case .badExpires(let text): "security.expires: give a day such as 2027-06-01, not \"\(text)\""
            case .past(let text): "security.expires: \(text) is past; check that the contact still works and give a new day"
            case .tooFar(let text): "security.expires: \(text) is more than 365 days ahead; give an earlier day"
            }
        }
    }

    func text(publicAddress: String) -> String {
        var lines = contacts.map { "Contact: \($0)" }
        lines.append("Expires: \(expires.iso8601)")
        lines.append("Preferred-Languages: \(Language.allCases.map(\.rawValue).joined(separator: ", "))")
        if publicAddress.hasPrefix("https://") { lines.append("Canonical: \(publicAddress)\(Self.place)") }
        if !policy.isEmpty { lines.append("Policy: \(policy)") }
        return lines.joined(separator: "\n") + "\n"
    }

    static let place = "/.well-known/security.txt"

    private static func isContact(_ text: String) -> Bool {
        guard text.hasPrefix("mailto:") else { return isWebAddress(text) }
        return SiteConfiguration.isMailAddress(String(text.dropFirst("mailto:".count)))
    }

    private static func isWebAddress(_ text: String) -> Bool {
        let rest = text.utf8.dropFirst("https://".utf8.count)
        return text.hasPrefix("https://") && !rest.isEmpty && rest.first != UInt8(ascii: "/")
            && rest.allSatisfy { (UInt8(ascii: "!")...UInt8(ascii: "~")).contains($0) }
    }

    /// A day counts from its beginning, in UTC.
    private static func moment(_ text: String) -> Timestamp? {
        let whole = text.utf8.count == 10 ? "\(text)T00:00:00Z" : text
        let numbers = whole.utf8.split { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.compactMap { Int(String(Substring($0))) }
        guard whole.utf8.count == 20, numbers.count == 6 else { return nil }
        let seconds = (numbers[3] * 60 + numbers[4]) * 60 + numbers[5]
        let moment = Timestamp(year: numbers[0], month: numbers[1], day: numbers[2]).adding(milliseconds: Int64(seconds) * 1_000)
        // Only what is written in this one way is the same again: no 31st of June, no other time zone.
        return moment.iso8601 == whole ? moment : nil
    }
}
