import Assessment
import Foundation
import QuestionnaireFiles
import Site
import Store

/// Measures what the service promises, as ratios within one run. Needs a release build, wrk, and the folders
/// Questionnaires and Web in the current folder: `swift run -c release Benchmarks [engine] [page] [save] [sign-in] [cyfun]`.
@main
enum Benchmarks {
    static func main() async throws {
        let catalogue = try Catalogue.load(folder: "Questionnaires")
        guard let questionnaire = catalogue.current("supply-chain") else { return print("no questionnaire supply-chain") }
        let chosen = CommandLine.arguments.dropFirst()
        let isWanted = { (part: String) in chosen.isEmpty || chosen.contains(part) }
        if isWanted("engine") { EngineSpeed.measure(questionnaire.definition, promised: "≤ 20 µs") }
        if isWanted("page") { try await PageSpeed.measure(questionnaire) }
        if isWanted("save") { try await SaveSpeed.measure(catalogue, questionnaire) }
        if isWanted("cyfun") { try await CyFunSpeed.measure(catalogue) }
        if isWanted("sign-in") { try await SignInSpeed.measure(questionnaire) }
    }
}

/// A line of the report: what, how much, and what was promised.
func report(_ what: String, _ value: String, promised: String) {
    defer { fflush(nil) }
    print(
        "\(what.padding(toLength: 44, withPad: " ", startingAt: 0)) \(value.padding(toLength: 34, withPad: " ", startingAt: 0)) promised: \(promised)"
    )
}

func rounded(_ value: Double, _ places: Int = 2) -> String { String(format: "%.\(places)f", value) }

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
