import ArgumentParser
import Assessment
import FoundationEssentials
import QuestionnaireFiles
import Site
import Workbook

struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads a filled official CyFun workbook and prints its answers as JSON, for linchpin score.")

    @Option(help: "Folder of the questionnaires") var questionnaires = "Questionnaires"
    @Option(help: "Id of the level, where sheets of several were filled in (2023)") var level: String?
    @Flag(help: "A workbook with nothing but 1s was filled in") var filledIn = false
    @Argument(help: "The workbook (.xlsx)") var file: String

    func run() async throws {
        let catalogue = try Catalogue.forCommand(folder: questionnaires)
        guard let data = FileManager.default.contents(atPath: file) else { throw Failure(.input, "cannot read \(file)") }
        let definitions = catalogue.offered.map(\.definition)
        let reading: CyFunReading
        do {
            reading = try CyFunReading(Array(data), questionnaires: definitions, level: level, isFilledIn: filledIn)
        } catch {
            for fault in error.faults { Failure.print(Self.message(fault)) }
            throw Failure(.input, "\(file) has \(error.faults.count) faults; nothing is taken over")
        }
        guard let definition = definitions.first(where: { $0.id == reading.questionnaire }) else { return }
        for level in reading.otherLevels { Failure.print("the sheet of \(level) has scores too; those of \(reading.level) are taken") }
        compare(reading, definition)
        print(AnswersJSON.text(reading.sheet, level: reading.level, of: definition))
    }

    /// The workbook's own figures, where it was computed, beside those of the published method.
    private func compare(_ reading: CyFunReading, _ definition: Questionnaire) {
        guard let level = definition.levelIndex(of: reading.level), !reading.figures.isNeverComputed else { return }
        let answers = definition.read(reading.sheet, level: level, profile: Profile()).answers
        let card = definition.score(answers, level: level, profile: Profile())
        for figure in reading.figures {
            let ours = card.score(ofDomain: figure.domain, aspect: figure.aspect)
            guard let ours, figure.differs(from: ours) else { continue }
            let place = (figure.domain ?? "total") + (figure.aspect.map { " \(definition.aspects[$0])" } ?? "")
            Failure.print(
                "\(place): the workbook shows \(figure.value), by the published method it is \(ours.decimals(2))")
        }
    }

    private static func message(_ fault: WorkbookFault) -> String {
        switch fault {
        case .notAWorkbook: "this is no .xlsx workbook"
        case .encrypted: "the file is protected by a password, or an .xls of before 2007; save it as .xlsx without a password to open it"
        case .macros: "the file has macros; save it as .xlsx without them"
        case .tooLarge(let limit): "unpacked the file takes more than \(limit >> 20) MiB"
        case .tooMuch: "the file holds far more sheets, cells or parts than any official workbook"
        case .severalLevels(_, let levels):
            "sheets of several levels were filled in: \(levels.joined(separator: ", ")); say which with --level"
        case .damaged(let part): "the file is damaged or cut off\(part.isEmpty ? "" : " (\(part))")"
        case .documentType(let part): "\(part) declares a document type, which workbooks do not need"
        case .foreign: "this is no CyFun self-assessment workbook of 2023 or 2025"
        case .columnMissing(let sheet, let title): "\(sheet): row 2 has no column \"\(title)\""
        case .unknownRequirement(let sheet, let cell, let text): "\(sheet)!\(cell): \"\(text)\" is no requirement of this edition"
        case .requirementTwice(let sheet, let cell, let id): "\(sheet)!\(cell): \(id) is there twice"
        case .requirementMissing(let sheet, let id): "\(sheet): \(id) is missing"
        case .oddScore(let sheet, let cell, let text):
            "\(sheet)!\(cell): \(text.isEmpty ? "no score" : "\"\(text)\" is no score"); give 1, 2, 3, 4, 5 or N/A"
        case .notApplicableRefused(let sheet, let cell, let id): "\(sheet)!\(cell): \(id) may not be N/A at this level"
        case .commentTooLong(let sheet, let cell, let length, let limit):
            "\(sheet)!\(cell): the comment has \(length) characters, at most \(limit) are allowed"
        case .untouched(_, let level): "all scores of \(level) are 1: is it filled in? If so, add --filled-in"
        case .otherLevel(_, let expected, let found): "the workbook is for \(found), not for \(expected)"
        case .otherEdition: "the workbook is of the other edition"
        case .noDay(let sheet): "\(sheet) has no day of completion"
        case .strayScore(let sheet, let cell, let text): "\(sheet)!\(cell): \"\(text)\" stands in a row without a requirement; empty it"
        case .unanswered(let id): "\(id) has no answer that the workbook has a cell for"
        }
    }
}
