import ArgumentParser
import Assessment
import FoundationEssentials
import QuestionnaireFiles
import Site

struct Score: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Scores a file of answers and prints the scorecard as JSON.")

    @Argument(help: "Id of the questionnaire") var questionnaire: String
    @Option(help: "Id of the level") var level: String
    @Option(help: "NACE division, for questions of one sector only") var sector: String?
    @Option(help: "Folder of the questionnaires") var questionnaires = "Questionnaires"
    @Argument(help: "Answers as JSON") var file: String

    func run() async throws {
        let catalogue = try Catalogue.forCommand(folder: questionnaires)
        guard let definition = catalogue.current(questionnaire)?.definition else {
            throw Failure(
                .input, "no questionnaire \(questionnaire); there are: \(catalogue.offered.map(\.definition.id).joined(separator: ", "))")
        }
        guard let index = definition.levelIndex(of: level) else {
            throw Failure(.input, "\(questionnaire) has no level \(level); it has: \(definition.levels.map(\.id).joined(separator: ", "))")
        }
        let profile = Profile(sector: sector)
        let (sheet, faults) = try answers(definition)
        let reading = definition.read(sheet, level: index, profile: profile)
        let messages = faults.map(\.description) + reading.faults.map { "\($0.question): \(Self.message($0))" }
        guard messages.isEmpty else {
            for message in messages { Failure.print(message) }
            throw Failure(.input, "\(file) has faulty answers; nothing is scored")
        }
        print(ScorecardJSON.text(definition.score(reading.answers, level: index, profile: profile), of: definition))
    }

    private func answers(_ definition: Questionnaire) throws -> (AnswerSheet, [AnswersJSON.Fault]) {
        guard let data = FileManager.default.contents(atPath: file) else { throw Failure(.input, "cannot read \(file)") }
        guard let text = String(validating: data, as: UTF8.self) else { throw Failure(.input, "\(file) is not UTF-8") }
        do {
            return try AnswersJSON.read(text, of: definition, level: level)
        } catch {
            throw Failure(.input, "\(file) is no JSON of answers: \(error)")
        }
    }

    private static func message(_ fault: SheetFault) -> String {
        switch fault {
        case .outOfScale(_, _, let allowed): "give a whole number from \(allowed.lowerBound) to \(allowed.upperBound)"
        case .reasonMissing: "notApplicable needs a reason"
        case .reasonTooLong(_, _, let limit, let length): "the reason has \(length) characters, at most \(limit) are allowed"
        case .noteTooLong(_, _, let limit, let length): "the note has \(length) characters, at most \(limit) are allowed"
        case .notApplicableRefused: "this question may not be notApplicable at this level"
        }
    }
}

extension Catalogue {
    /// Every fault on a line of its own where the questionnaires cannot be loaded.
    static func forCommand(folder: String) throws -> Catalogue {
        do {
            return try load(folder: folder)
        } catch {
            for fault in error.faults { Failure.print("\(fault)") }
            throw Failure(.input, "the questionnaires have \(error.faults.count) faults")
        }
    }
}
