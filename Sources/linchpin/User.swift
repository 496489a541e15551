import ArgumentParser
import QuestionnaireFiles
import Site

struct User: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes, lists, disables and helps accounts, while the service runs or not.",
        subcommands: [Add.self, List.self, Disable.self, Enable.self, Reset.self, Address.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an account and prints the link by which its owner chooses a password. It works once, for 7 days.")

        @Flag(help: "May run the installation") var administrator = false
        @Flag(help: "May see figures about sectors") var analyst = false
        @Argument(help: "E-mail address to sign in with") var email: String
        @Option(help: "Name as others see it. Default: what stands before the @") var name: String?
        @Option(help: "Language of messages and of the link") var language = Language.en
        @OptionGroup var link: LinkOptions

        func validate() throws {
            guard administrator || analyst else { throw ValidationError("Give --administrator, --analyst or both.") }
        }

        func run() async throws {
            let roles: [DeskRole] = (administrator ? [.administrator] : []) + (analyst ? [.analyst] : [])
            try await Desk(configuration: try await link.read(), mayMakeFolder: true)
                .carryOut(.add(email: email, name: name, language: language, roles: Set(roles)))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints address, roles, state and name of every account, between tabs.")

        @OptionGroup var place: DataOptions

        func run() async throws { try await Desk(configuration: try await place.read()).carryOut(.list) }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keeps somebody out; her sessions end at once.")

        @Argument(help: "E-mail address of the account") var email: String
        @OptionGroup var place: DataOptions

        func run() async throws { try await Desk(configuration: try await place.read()).carryOut(.disable(email: email)) }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lets somebody in again who was kept out.")

        @Argument(help: "E-mail address of the account") var email: String
        @OptionGroup var place: DataOptions

        func run() async throws { try await Desk(configuration: try await place.read()).carryOut(.enable(email: email)) }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a link to choose a new password. It works once, for 7 days; older ones work no more.")

        @Argument(help: "E-mail address of the account") var email: String
        @Flag(help: "Take the second step away too, for one who lost her phone; her sessions end at once") var secondStep = false
        @OptionGroup var link: LinkOptions

        func run() async throws {
            try await Desk(configuration: try await link.read()).carryOut(.reset(email: email, secondStep: secondStep))
        }
    }
}

extension User {
    struct Address: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Gives an account another e-mail address at once. Links to choose a password that were sent before work no more.")

        @Argument(help: "E-mail address of the account") var email: String
        @Argument(help: "The new one") var new: String
        @OptionGroup var place: DataOptions

        func run() async throws { try await Desk(configuration: try await place.read()).carryOut(.readdress(email: email, new: new)) }
    }
}

/// Where the database is, and how people reach the site. A service that runs puts its own address into links.
struct LinkOptions: ParsableArguments {
    @OptionGroup var place: DataOptions
    @Option(help: "Address that people use, for the link: https://example.be") var publicAddress: String?

    func read() async throws -> SiteConfiguration { try await place.read(publicAddress: publicAddress) }
}

extension Language: ExpressibleByArgument {}
