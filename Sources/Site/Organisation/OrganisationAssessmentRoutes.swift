import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// A new assessment that belongs to an organisation from the start. What the organisation says of itself is filled in.
enum OrganisationAssessmentRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/organisations/{organisation}/assessments", .organisation(.contribute)) { signed in
            BeginPage(at: try OrganisationVisit(signed)).response()
        }
        routes.add(.post, "/organisations/{organisation}/assessments/{questionnaire}", .organisation(.contribute), signed: begin)
    }

    private static func begin(_ signed: SignedVisit) async throws -> Response {
        let at = try OrganisationVisit(signed)
        guard let questionnaire = at.site.catalogue.current(try at.visit.parameter("questionnaire")) else { throw SiteError.notFound }
        let form = try signed.fields(["level"])
        let definition = questionnaire.definition
        guard let level = form["level"] else { return BeginPage(at: at, missingLevel: definition.id).response() }
        guard definition.levelIndex(of: level) != nil else { throw FormFault.unknown("level") }
        let id = at.visit.identifier("begin \(at.id) \(level) \(form["form"] ?? "")", bytes: 12)
        let facts = at.organisation.facts
        let isBelgian = (try? EnterpriseNumber(typed: facts.number)) != nil
        let fields: [FirmField: String] = [
            .level: level, .sector: facts.sector, .size: facts.sizeClass, .region: facts.region, .name: facts.name,
            .number: isBelgian ? facts.number : "",
        ]
        do {
            try await at.site.store.begin(
                NewAssessment(
                    id: id, questionnaire: definition.id, edition: definition.edition, checksum: questionnaire.checksum,
                    language: at.visit.language.rawValue,
                    fields: fields.filter { !$0.value.isEmpty }.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value }),
                organisation: at.id, account: signed.account.id, permit: OrganisationAction.contribute.permit, by: signed.actor,
                now: signed.now)
        } catch StoreError.assessmentExists {
            // The same form sent twice begins one assessment (REL-13).
        }
        return at.visit.redirect(to: signed.path("/assessments/\(id)/facts"))
    }
}

private struct BeginPage {
    let at: OrganisationVisit
    /// The questionnaire whose level was not chosen.
    var missingLevel: String?

    func response() -> Response {
        let words = at.words
        let faults = missingLevel.map { FormFaults("level-\($0)", words[.homeLevelMissing]) } ?? .none
        // The form's address is that of one questionnaire; the page's is one for all.
        let setting = PageSetting(title: words[.organisationBegin], place: at.place("/assessments"))
        return at.visit.formPage(setting.title, faults: faults, back: at.back, setting: setting) { html in
            html.lead(words[.organisationBeginLead, ["name": at.name]])
            for questionnaire in at.site.catalogue.offered {
                html.startForm(
                    at.visit, questionnaire, place: at.place("/assessments/\(questionnaire.definition.id)"),
                    isLevelMissing: missingLevel == questionnaire.definition.id)
            }
        }
    }
}
