import Assessment
import Crypto
import Hummingbird
import QuestionnaireFiles
import Store

/// Home, and the beginning of an assessment.
enum StartRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "", anyone: { HomePage(visit: $0).response() })
        routes.add(.get, "/help", anyone: { HelpPage(visit: $0).response() })
        routes.add(.post, "/start/{questionnaire}", anyone: begin)
    }

    private static func begin(_ visit: Visit) async throws -> Response {
        guard let questionnaire = visit.site.catalogue.current(try visit.parameter("questionnaire")) else { throw SiteError.notFound }
        let form = try await visit.form()
        try Saving.refuseForeignFields(form, allowed: ["level"])
        let definition = questionnaire.definition
        guard let level = form["level"] else { return HomePage(visit: visit, missingLevel: definition.id).response() }
        guard definition.levelIndex(of: level) != nil else { throw FormFault.unknown(level) }
        // One that was sent with another level after "Back" means another assessment.
        let id = visit.identifier("begin \(level) \(form["form"] ?? "")", bytes: 12)
        let facts = visit.path("/assessments/\(id)/facts")
        do {
            try await visit.site.store.begin(
                NewAssessment(
                    id: id, questionnaire: definition.id, edition: definition.edition, checksum: questionnaire.checksum,
                    language: visit.language.rawValue, fields: [FirmField.level.rawValue: level]),
                session: visit.secret.key, expires: visit.sessionEnd, now: visit.now)
        } catch StoreError.assessmentExists {
            // The same form sent twice begins one assessment (REL-13): its page opens, or asks for the link.
        }
        return visit.redirect(to: facts)
    }
}

extension Visit {
    /// Follows from the browser's secret and a form's one-time id, so that a form sent twice means one thing (REL-13).
    func identifier(_ seed: String, bytes: Int = 16) -> String {
        let digest = Array(HMAC<SHA256>.authenticationCode(for: Array(seed.utf8), using: SymmetricKey(data: secret.bytes)))
        return Base64URL.encode(digest.prefix(bytes))
    }
}
