import QuestionnaireFiles

/// What an operator can do with accounts on the command line.
package enum DeskOrder: Sendable, Hashable {
    /// Makes an account whose owner chooses a password by a link.
    case add(email: String, name: String?, language: Language, roles: Set<DeskRole>)
    case list
    case disable(email: String)
    case enable(email: String)
    /// Makes a link to choose a new password; with `secondStep` takes a lost second step away too.
    case reset(email: String, secondStep: Bool)

    /// Gives an account another address, where no mail confirms it.
    case readdress(email: String, new: String)

    /// How the log names it: whom it is about stays out.
    var name: String {
        switch self {
        case .add: "add"
        case .list: "list"
        case .disable: "disable"
        case .enable: "enable"
        case .reset: "reset"
        case .readdress: "address"
        }
    }
}

package enum DeskRole: String, Sendable, Hashable, CaseIterable { case administrator, analyst }

/// An order as one line of text, written like a form: the way from the command to the service.
extension DeskOrder {
    static let lineLimit = 4_096

    package var line: String {
        let fields: [(String, String)] =
            switch self {
            case .add(let email, let name, let language, let roles):
                [("email", email), ("language", language.rawValue), ("roles", roles.map(\.rawValue).sorted().joined(separator: " "))]
                    + (name.map { [("name", $0)] } ?? [])
            case .list: []
            case .disable(let email), .enable(let email): [("email", email)]
            case .readdress(let email, let new): [("email", email), ("new", new)]
            case .reset(let email, let secondStep): [("email", email), ("secondStep", secondStep ? "1" : "0")]
            }
        return ([("order", name)] + fields).map { "\($0.0)=\(Base64URL.percentEncoded($0.1))" }.joined(separator: "&")
    }

    /// `nil` for what no command of ours writes.
    package init?(line: some Collection<UInt8>) {
        guard let pairs = try? FormReader.pairs(line), let form = try? PostedForm(fields: pairs) else { return nil }
        switch (form["order"], form["email"]) {
        case ("add", let email?):
            let roles = (form["roles"] ?? "").split(separator: " ").map { DeskRole(rawValue: String($0)) }
            guard let language = form["language"].flatMap(Language.init(rawValue:)), !roles.contains(nil) else { return nil }
            self = .add(email: email, name: form["name"], language: language, roles: Set(roles.compactMap { $0 }))
        case ("list", nil): self = .list
        case ("disable", let email?): self = .disable(email: email)
        case ("enable", let email?): self = .enable(email: email)
        case ("reset", let email?): self = .reset(email: email, secondStep: form["secondStep"] == "1")
        case ("address", let email?):
            guard let new = form["new"] else { return nil }
            self = .readdress(email: email, new: new)
        default: return nil
        }
    }
}

/// One line of the service's answer to an order.
package enum DeskLine: Sendable, Hashable {
    /// The first line: only then is the order carried out. Without it, nothing was done.
    case taken
    case text(String)
    /// The last line: all is done.
    case done
    /// The last line: it is not done, and whose fault that is.
    case wrongInput(String), machine(String)

    package var line: String {
        switch self {
        case .taken: "taken"
        case .text(let text): "=\(text)"
        case .done: "done"
        case .wrongInput(let message): "input \(message)"
        case .machine(let message): "machine \(message)"
        }
    }

    package init?(line: String) {
        if line == "taken" {
            self = .taken
        } else if line == "done" {
            self = .done
        } else if line.hasPrefix("=") {
            self = .text(String(line.dropFirst()))
        } else if line.hasPrefix("input ") {
            self = .wrongInput(String(line.dropFirst("input ".count)))
        } else if line.hasPrefix("machine ") {
            self = .machine(String(line.dropFirst("machine ".count)))
        } else {
            return nil
        }
    }
}
