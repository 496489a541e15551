import ArgumentParser
import Glibc
import QuestionnaireFiles
import Site
import Store

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the site until SIGTERM or SIGINT.")

    @OptionGroup var options: ServiceOptions

    func run() async throws {
        // A log reader or client that goes away must not end the service.
        signal(SIGPIPE, SIG_IGN)
        let configuration = try await options.read()
        let catalogue = try load(configuration)
        let log = AccessLog()
        let store = try await open(configuration, log)
        let facts = store.facts
        if facts.hasWALResetBug {
            log.event(
                .warning, "sqlite", at: Site.systemClock(),
                cause:
                    "SQLite \(facts.sqliteVersion) has the WAL-reset bug; a single writer keeps it away, but let no other program write to the database"
            )
        }
        if facts.hasNewKey {
            log.event(
                .warning, "newKey", at: Site.systemClock(),
                cause: "linchpin.key is another one than before: put the old one back, or have people sign in with recovery codes")
        }
        if let end = configuration.security?.expires, end <= Site.systemClock().adding(days: 30) {
            log.event(
                .warning, "securityText", at: Site.systemClock(),
                cause: "security.expires is \(end.iso8601); after that the service does not start without a new day")
        }
        do {
            let site = try Site(configuration: configuration, catalogue: catalogue, store: store, log: log)
            try await site.serve { port in
                log.event(
                    .info, "serving", at: Site.systemClock(), cause: "http://\(configuration.host):\(port) from \(configuration.dataFolder)"
                )
            }
        } catch let fault as StartFault {
            throw Failure(.input, "\(fault)")
        } catch let failure as LoadFailure {
            throw Self.faults(failure)
        } catch let fault as ListenFault {
            throw Failure(.machine, "\(fault)")
        }
    }

    private func load(_ configuration: SiteConfiguration) throws -> Catalogue {
        do {
            return try Catalogue.load(folder: configuration.questionnaireFolder)
        } catch {
            throw Self.faults(error)
        }
    }

    private func open(_ configuration: SiteConfiguration, _ log: AccessLog) async throws -> Store {
        var options = StoreOptions()
        // What a caller was told of is in the log already.
        options.report = { notice in
            if case .notSaved = notice { return }
            log.event(.error, "storage", at: Site.systemClock(), cause: "\(notice)")
        }
        options.allowsNetworkFileSystem = configuration.allowNetworkFileSystem
        let end = ContinuousClock.now + .seconds(2)
        while true {
            do {
                return try Store.open(folder: configuration.dataFolder, options: options)
            } catch StoreError.folderInUse where ContinuousClock.now < end {
                // By a `linchpin user`, perhaps, which is done in a moment.
                try await Task.sleep(for: .milliseconds(50))
            } catch let error as StoreError {
                throw Failure(.machine, error.message)
            }
        }
    }

    private static func faults(_ failure: LoadFailure) -> Failure {
        for fault in failure.faults { print(fault) }
        return Failure(
            .input,
            "the questionnaires or the wording have \(failure.faults.count == 1 ? "a fault" : "\(failure.faults.count) faults"); nothing is served"
        )
    }
}
