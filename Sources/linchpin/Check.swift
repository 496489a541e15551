import ArgumentParser
import Assessment
import QuestionnaireFiles
import Site

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks questionnaires and wording; prints every fault as file:line: message.")

    @Argument(help: "Folder of the questionnaires") var folder = "Questionnaires"
    @Option(help: "Folder of style sheet and wording") var web = "Web"

    func run() async throws {
        var faults: [Fault] = []
        do {
            let catalogue = try Catalogue.load(folder: folder)
            for one in catalogue.questionnaires {
                print(
                    "\(one.definition.id) \(one.definition.edition): \(one.definition.questions.count) questions, checksum \(one.checksum)")
            }
        } catch {
            faults += error.faults
        }
        do {
            try Site.checkWording(webFolder: web)
        } catch let failure as LoadFailure {
            faults += failure.faults
        }
        for fault in faults { print(fault) }
        guard faults.isEmpty else { throw Failure(.input, faults.count == 1 ? "1 fault" : "\(faults.count) faults") }
    }
}
