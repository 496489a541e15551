import ArgumentParser
import Store

struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Looks after the audit trail.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks that no row of the audit trail was changed or removed; only reads, while the service runs or not.",
            discussion: """
                Prints NUMBER:HASH of the last row. Whoever can write to the database file can also write the whole trail anew, so keep \
                this elsewhere and give it with --expect next time. The service's log has it every hour, as the cause of "audit".
                """)

        @Option(help: "What was printed or logged before, as NUMBER:HASH") var expect: AuditMark?
        @OptionGroup var place: DataOptions

        func run() async throws {
            let check: AuditCheck
            do {
                check = try Store.verifyAudit(folder: try await place.folder(), expecting: expect)
            } catch let error as StoreError {
                throw error.failure
            }
            switch check {
            case .sound(let last) where last.number == 0: print("the audit trail has no rows yet")
            case .sound(let last): print("\(last.number == 1 ? "1 row" : "\(last.number) rows"), none changed or removed\n\(last.text)")
            case .broken(let number): throw Failure(.input, "row \(number) of the audit trail is not as it was written")
            case .cutOff(let last, let expected):
                throw Failure(.input, "the audit trail ends at row \(last), but row \(expected) is expected: rows were removed")
            case .rewritten(let number):
                throw Failure(.input, "row \(number) of the audit trail has another hash than expected: the trail was written anew")
            }
        }
    }
}

extension AuditMark: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}
