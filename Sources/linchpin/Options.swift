import ArgumentParser
import Configuration
import FoundationEssentials
import Glibc
import Site
import SystemPackage
import Yams

/// The options of the service. Each has a flag or none, an environment variable `LINCHPIN_…` and a key in the
/// configuration file; the first of these that is set wins. README.md has the same table.
struct ServiceOptions: ParsableArguments {
    @Option(help: "Folder for the database; made on first start. Default ./data") var data: String?
    @Option(help: "Address to listen on. Default 127.0.0.1") var host: String?
    @Option(help: "Port to listen on. Default 8080") var port: Int?
    @Option(help: "Address that people use, for private links: https://example.be") var publicAddress: String?
    @Option(help: "Folder of the questionnaires. Default Questionnaires") var questionnaires: String?
    @Option(help: "Folder of style sheet and wording. Default Web") var web: String?
    @Option(help: "Configuration file (YAML). Default linchpin.yaml, where there is one") var config: String?

    func read() async throws -> SiteConfiguration {
        let reader = try await reader()
        let address = try reader.text("public-address")
        guard address.isEmpty || address.hasPrefix("https://") || address.hasPrefix("http://"), address.last != "/" else {
            throw Failure(.usage, "public-address: give https://NAME without a slash at the end, not \"\(address)\"")
        }
        let website = try reader.text("operator.website")
        guard website.isEmpty || website.hasPrefix("https://") else {
            throw Failure(.usage, "operator.website: give https://NAME, not \"\(website)\"")
        }
        return SiteConfiguration(
            host: try reader.text("host"), port: try reader.number("port", in: 0...65_535), publicAddress: address,
            dataFolder: try reader.text("data"), questionnaireFolder: try reader.text("questionnaires"), webFolder: try reader.text("web"),
            operatorName: try reader.text("operator.name"), operatorWebsite: website,
            operatorContact: try reader.mailAddress("operator.contact"), operatorLogo: try reader.text("operator.logo"),
            maximumConnections: try reader.number("connections", in: 1...100_000),
            allowNetworkFileSystem: try reader.flag("allow-network-file-system"), trustedProxies: try reader.trustedProxies(),
            mailProgram: try reader.mailProgram(), mailFrom: try reader.mailAddress("mail.from"),
            operatorAddress: try reader.text("operator.address"), privacyContact: try reader.mailAddress("privacy.contact"),
            privacyAuthority: try reader.text("privacy.authority"),
            accessibilityContact: try reader.mailAddress("accessibility.contact"),
            accessibilityEnforcement: try reader.text("accessibility.enforcement"), security: try reader.security())
    }

    /// Every option, so that none is ever missing.
    private static let defaults: [AbsoluteConfigKey: ConfigValue] = [
        ["data"]: "./data", ["host"]: "127.0.0.1", ["port"]: 8_080, ["public-address"]: "", ["questionnaires"]: "Questionnaires",
        ["web"]: "Web", ["operator", "name"]: "", ["operator", "website"]: "", ["operator", "contact"]: "", ["operator", "logo"]: "",
        ["operator", "address"]: "", ["connections"]: 1_000, ["allow-network-file-system"]: false, ["trusted-proxies"]: "",
        ["mail", "program"]: "", ["mail", "from"]: "", ["privacy", "contact"]: "", ["privacy", "authority"]: "",
        ["accessibility", "contact"]: "", ["accessibility", "enforcement"]: "", ["security", "contact"]: "",
        ["security", "expires"]: "", ["security", "policy"]: "",
    ]

    private var flags: [AbsoluteConfigKey: ConfigValue] {
        let texts: [(AbsoluteConfigKey, String?)] = [
            (["data"], data), (["host"], host), (["public-address"], publicAddress), (["questionnaires"], questionnaires), (["web"], web),
        ]
        var flags = texts.reduce(into: [AbsoluteConfigKey: ConfigValue]()) { flags, text in
            flags[text.0] = text.1.map { ConfigValue(.string($0), isSecret: false) }
        }
        flags[["port"]] = port.map { ConfigValue(.int($0), isSecret: false) }
        return flags
    }

    fileprivate func reader() async throws -> ConfigReader {
        let named = config ?? getenv("LINCHPIN_CONFIG").map { String(cString: $0) }
        let path = FilePath(named ?? "linchpin.yaml")
        do {
            try refuseUnknownKeys(path, allowMissing: named == nil)
            return ConfigReader(providers: [
                InMemoryProvider(name: "flags", values: flags), EnvironmentVariablesProvider().prefixKeys(with: "linchpin"),
                try await FileProvider<YAMLSnapshot>(filePath: path, allowMissing: named == nil),
                InMemoryProvider(name: "defaults", values: Self.defaults),
            ])
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure(.usage, "configuration file \(path): \(error)")
        }
    }

    /// A misspelt key must not leave a default in force unseen.
    private func refuseUnknownKeys(_ path: FilePath, allowMissing: Bool) throws {
        guard let data = FileManager.default.contents(atPath: path.string) else {
            if allowMissing { return }
            throw Failure(.usage, "cannot read the configuration file \(path)")
        }
        guard let root = try Yams.compose(yaml: String(decoding: data, as: UTF8.self))?.mapping else { return }
        for (key, value) in root {
            let names = value.mapping.map { inner in inner.map { [key.string ?? "", $0.key.string ?? ""] } } ?? [[key.string ?? ""]]
            for name in names where Self.defaults[AbsoluteConfigKey(name)] == nil {
                throw Failure(.usage, "\(path): there is no setting \(name.joined(separator: "."))")
            }
        }
    }
}

/// Where the database is, by the same flag, environment and file as for the service.
struct DataOptions: ParsableArguments {
    @Option(help: "Folder of the database. Default ./data") var data: String?
    @Option(help: "Configuration file (YAML). Default linchpin.yaml, where there is one") var config: String?

    /// Only this is read: a setting of the service that is wrong must not keep a backup from being made.
    func folder() async throws -> String { try await options().reader().text("data") }

    /// - Parameter publicAddress: A flag, where the command has one.
    func read(publicAddress: String? = nil) async throws -> SiteConfiguration {
        var options = try options()
        options.publicAddress = publicAddress
        return try await options.read()
    }

    private func options() throws -> ServiceOptions {
        var options = try ServiceOptions.parse([])
        options.data = data
        options.config = config
        return options
    }
}
