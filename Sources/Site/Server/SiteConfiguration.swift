import NIOCore

/// What an operator can set. Where each value comes from (flag, environment, file) is the command's business.
public struct SiteConfiguration: Sendable {
    public var host: String
    public var port: Int
    /// How people reach the service, without a trailing slash: used in private links and QR codes.
    public var publicAddress: String
    public var dataFolder: String
    public var questionnaireFolder: String
    public var webFolder: String
    public var operatorName: String
    /// An https address, or empty.
    public var operatorWebsite: String
    /// An e-mail address, or empty.
    public var operatorContact: String
    /// Path of an SVG or PNG file of at most 100 KB, or empty.
    public var operatorLogo: String
    public var maximumConnections: Int
    public var allowNetworkFileSystem: Bool
    /// IP addresses of proxies of ours: only they may say where a request comes from (SEC-17).
    public var trustedProxies: Set<String>
    /// A sendmail-compatible program with its options, such as `/usr/bin/msmtp -C /etc/msmtprc`; empty for no mail.
    public var mailProgram: String
    /// The address that messages come from.
    public var mailFrom: String
    /// The operator's postal address, or empty.
    public var operatorAddress: String
    /// An e-mail address for questions about personal data; empty for the operator's.
    public var privacyContact: String
    /// The supervisory authority with its address; empty for the Belgian one.
    public var privacyAuthority: String
    /// An e-mail address for what is in somebody's way; empty for the operator's.
    public var accessibilityContact: String
    /// The body that supervises accessibility, with its address; empty for the Belgian one.
    public var accessibilityEnforcement: String
    /// What `/.well-known/security.txt` says, where there is one.
    public var security: SecurityText?

    public init(
        host: String = "127.0.0.1", port: Int = 8080, publicAddress: String = "", dataFolder: String = "./data",
        questionnaireFolder: String = "Questionnaires", webFolder: String = "Web", operatorName: String = "",
        operatorWebsite: String = "", operatorContact: String = "", operatorLogo: String = "",
        maximumConnections: Int = 1_000, allowNetworkFileSystem: Bool = false, trustedProxies: Set<String> = [],
        mailProgram: String = "", mailFrom: String = "", operatorAddress: String = "", privacyContact: String = "",
        privacyAuthority: String = "", accessibilityContact: String = "", accessibilityEnforcement: String = "",
        security: SecurityText? = nil
    ) {
        self.host = host
        self.port = port
        self.publicAddress = publicAddress.isEmpty ? "http://\(host):\(port)" : publicAddress
        self.dataFolder = dataFolder
        self.questionnaireFolder = questionnaireFolder
        self.webFolder = webFolder
        self.operatorName = operatorName
        self.operatorWebsite = operatorWebsite
        self.operatorContact = operatorContact
        self.operatorLogo = operatorLogo
        self.maximumConnections = maximumConnections
        self.allowNetworkFileSystem = allowNetworkFileSystem
        self.trustedProxies = trustedProxies
        self.mailProgram = mailProgram
        self.mailFrom = mailFrom
        self.operatorAddress = operatorAddress
        self.privacyContact = privacyContact
        self.privacyAuthority = privacyAuthority
        self.accessibilityContact = accessibilityContact
        self.accessibilityEnforcement = accessibilityEnforcement
        self.security = security
    }
}

extension SiteConfiguration {
    /// The host in the public address.
    var publicHost: String {
        let authority = publicAddress.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
        // An IPv6 address has colons of its own.
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") { return String(authority[...end]) }
        return String(authority.prefix { $0 != ":" })
    }

    /// An IP address as it is compared with that of a connection; `nil` for any other text.
    public static func ipAddress(_ text: String) -> String? { try? SocketAddress(ipAddress: text, port: 0).ipAddress }

    /// Whether mail can be sent to it.
    public static func isMailAddress(_ text: String) -> Bool { (try? EmailAddress(text))?.text == text }
}

/// The limits of the server, from the first day (SEC-16).
enum Limit {
    static let bodyBytes = 256 * 1024
    static let fields = 1_000
    /// Of a workbook; the form around it has some more.
    static let uploadBytes = 5 << 20
    /// Of a page, whatever people typed: what would be longer is split, or shortened.
    static let pageBytes = 120_000
    static let headerBytes = 16 * 1024
    static let headerFields = 100
    static let idleSeconds: Int64 = 30
    /// From a request's first line to the end of its response.
    static let requestSeconds: Int64 = 30
    /// How long a browser stays signed in to an assessment after its last save.
    static let sessionMilliseconds: Int64 = 20 * 60 * 60 * 1_000
    static let shutdownSeconds: Int64 = 10
}
