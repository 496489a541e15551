import Assessment
import HTML
import Hummingbird
import NIOPosix
import QuestionnaireFiles
import Store
import Workbook

/// An official workbook that somebody has filled in becomes an assessment: a room of its own, for it takes a file from anyone.
enum ImportRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/workbook", anyone: { ImportPage(visit: $0).response() })
        routes.add(.post, "/workbook", anyone: take)
        routes.add(
            .get, "/assessments/{assessment}/workbook", .see,
            handler: { ComparisonPage($0)?.response() ?? $0.visit.redirect(to: $0.path()) })
    }

    private static func take(_ visit: Visit) async throws -> Response {
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: ["filledIn", "level"])
        guard let file = visit.file, file.field == "workbook", !file.bytes.isEmpty else {
            return ImportPage(visit: visit, fault: visit.words[.importMissing]).response()
        }
        let definitions = visit.site.catalogue.offered.map(\.definition)
        let reading: CyFunReading
        do {
            // Off the event loops: reading takes as long as a file likes.
            reading = try await NIOThreadPool.singleton.runIfActive {
                try CyFunReading(file.bytes, questionnaires: definitions, level: form["level"], isFilledIn: form["filledIn"] == "yes")
            }
        } catch let faults as WorkbookFaults {
            visit.site.log.event(.info, "workbookRefused", at: visit.now, cause: "\(faults.faults.count) faults", id: visit.id)
            return ImportPage(visit: visit, faults: faults.faults).response()
        }
        guard let questionnaire = visit.site.catalogue.current(reading.questionnaire) else { throw SiteError.notFound }
        let id = visit.identifier("workbook \(form["form"] ?? "") \(form.typed) \(Digest32(of: file.bytes).hexadecimal)", bytes: 12)
        var fields = reading.sheet
        fields[FirmField.level.rawValue] = reading.level
        fields[WorkbookFigures.field] = WorkbookFigures(reading).text
        do {
            try await visit.site.store.begin(
                NewAssessment(
                    id: id, questionnaire: questionnaire.definition.id, edition: questionnaire.definition.edition,
                    checksum: questionnaire.checksum, language: visit.language.rawValue, fields: fields),
                session: visit.secret.key, expires: visit.sessionEnd, now: visit.now)
        } catch StoreError.assessmentExists {
            // The same form sent twice begins one assessment (REL-13).
        }
        return visit.redirect(to: visit.path("/assessments/\(id)/workbook"))
    }
}

/// What a workbook showed when it was taken over, kept with the assessment: "basic;important|GV.OC=2.5;GV.OC/0=2;=3.1".
struct WorkbookFigures {
    static let field = "firm.workbook"

    let otherLevels: [String]
    let figures: [CyFunReading.Figure]

    init(_ reading: CyFunReading) {
        otherLevels = reading.otherLevels
        figures = reading.figures
    }

    init?(_ text: String) {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        otherLevels = parts[0].split(separator: ";").map(String.init)
        figures = parts[1].split(separator: ";").compactMap { figure in
            let sides = figure.split(separator: "=", omittingEmptySubsequences: false)
            guard sides.count == 2, let value = Double(sides[1]), (-1_000...1_000).contains(value) else { return nil }
            let place = sides[0].split(separator: "/")
            return CyFunReading.Figure(
                domain: place.first.map(String.init), aspect: ["0": 0, "1": 1][place.dropFirst().first ?? ""], value: value)
        }
    }

    var text: String {
        let shown = figures.map { figure in "\(figure.domain ?? "")\(figure.aspect.map { "/\($0)" } ?? "")=\(figure.value)" }
        return otherLevels.joined(separator: ";") + "|" + shown.joined(separator: ";")
    }
}
