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
        let id = identifier(visit, form: form["form"] ?? "", level: level)
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

    /// Follows from the browser's secret, the form and the level, so that a repeated form means the same assessment, and
    /// one that was sent with another level after "Back" means another.
    private static func identifier(_ visit: Visit, form: String, level: String) -> String {
        let seed = Array("begin \(level) \(form)".utf8)
        let digest = Array(HMAC<SHA256>.authenticationCode(for: seed, using: SymmetricKey(data: visit.secret.bytes)))
        return Base64URL.encode(digest.prefix(12))
    }
}
