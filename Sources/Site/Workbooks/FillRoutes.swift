import Assessment
import HTML
import Hummingbird
import NIOCore
import NIOPosix
import QuestionnaireFiles
import Store
import Workbook

/// A blank official workbook comes back filled in; and our own workbook with everything.
enum FillRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/submissions/{submission}"
        routes.add(.get, "\(place)/workbook", .see, handler: { FillPage(result: try SubmissionResult($0)).response() })
        routes.add(.post, "\(place)/workbook", .see, handler: fill)
        routes.add(.get, "\(place)/result.xlsx", .see, handler: { try await own(SubmissionResult($0)) })
    }

    private static func fill(_ held: HeldVisit) async throws -> Response {
        let result = try SubmissionResult(held)
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: ["gaps"])
        guard result.hasOfficialWorkbook else { return FillPage(result: result, faults: [.foreign]).response() }
        guard let file = held.visit.file, file.field == "workbook", !file.bytes.isEmpty else {
            return FillPage(result: result, fault: held.words[.importMissing]).response()
        }
        do {
            let filled = try await NIOThreadPool.singleton.runIfActive {
                try CyFunFilling.fill(
                    file.bytes, questionnaire: result.definition, level: result.card.level, answers: result.answers, notes: result.notes,
                    day: result.submission.at.milliseconds / Timestamp.millisecondsPerDay, fillsGaps: form["gaps"] == "yes")
            }
            return workbook(filled, name: "CyFun-\(result.submission.reference).xlsx")
        } catch let faults as WorkbookFaults {
            return FillPage(result: result, faults: faults.faults).response()
        }
    }

    private static func own(_ result: SubmissionResult) async throws -> Response {
        let sheets = ResultSheets(result).sheets
        let created = Int(result.submission.at.milliseconds / 1_000)
        let bytes = try await NIOThreadPool.singleton.runIfActive { try WorkbookWriter.write(sheets, created: created) }
        return workbook(bytes, name: "linchpin-\(result.submission.reference).xlsx")
    }

    private static func workbook(_ bytes: [UInt8], name: String) -> Response {
        .download(
            ByteBuffer(bytes: bytes), type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name: name)
    }
}

extension SubmissionResult {
    /// The framework's owner has a workbook for it.
    var hasOfficialWorkbook: Bool { CyFunReading.questionnaires.contains(definition.id) }
}

/// Choosing the blank workbook, and why it could not be filled.
struct FillPage {
    let result: SubmissionResult
    var fault: String?
    var faults: [WorkbookFault] = []

    func response() -> Response {
        let words = result.words
        let error = fault ?? (faults.isEmpty ? nil : words[.fillRefused])
        let back = TextLink(words[.resultBack], Link(path: result.path()))
        return result.held.visit.formPage(
            words[.fillTitle], caption: result.caption, faults: error.map { FormFaults("workbook", $0) } ?? .none, back: back
        ) { html in
            html.disclaimer(result.text)
            if !faults.isEmpty { list(&html) }
            html.fillForm(result, isHeaded: false, error: error)
        }
    }

    /// What to answer first comes with its title and a way there.
    private func list(_ html: inout HTML) {
        let held = result.held
        html.element(.ul) { list in
            for fault in faults {
                list.element(.li) { item in
                    item.text(held.visit.sentence(fault))
                    guard case .unanswered(let id) = fault else { return }
                    item.text(" ")
                    let title = result.text.title(ofQuestion: id)
                    let section = result.definition.domains.first { $0.topics.contains { $0.questions.contains { $0.id == id } } }?.id ?? ""
                    guard held.may(.edit) else { return item.text(title) }
                    item.element(.a, .href(Link(path: held.path("/sections/\(section)?question=\(id)#\(id)"))), text: title)
                }
            }
        }
    }
}

extension HTML {
    mutating func fillForm(_ result: SubmissionResult, isHeaded: Bool = true, error: String? = nil) {
        let (words, visit) = (result.words, result.held.visit)
        if isHeaded { heading(words[.fillTitle]) }
        paragraph(words[.fillLead])
        uploadForm(id: "fill", action: Link(path: result.path("/workbook"))) { html in
            html.proof(visit)
            html.workbookField(words, error: error)
            if result.card.completeness.unknown > 0 {
                html.choiceList(
                    ChoiceList(
                        id: "gaps", name: "gaps", legend: words[.fillGapsTitle], kind: .several,
                        choices: [ChoiceItem(value: "yes", label: words[.fillGaps])]))
            }
            html.buttons([Button(words[.fillButton], look: .second)])
        }
    }
}
