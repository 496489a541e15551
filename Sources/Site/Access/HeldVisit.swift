import HTTPTypes
import HummingbirdCore
import QuestionnaireFiles
import Store

/// A visit to an assessment that this browser holds.
final class HeldVisit: Sendable {
    let visit: Visit
    let key: SessionKey
    let assessment: OpenAssessment
    let questionnaire: LoadedQuestionnaire
    let text: QuestionnaireText
    /// The posted form, already checked, where the request has one.
    let form: PostedForm?
    /// Which fields the page has.
    let selection: FieldSelection

    /// One read: the session, the assessment and its answers.
    init(_ visit: Visit, selection: FieldSelection) async throws {
        let form: PostedForm?
        var isStale = false
        do {
            form = visit.request.method == .post ? try await visit.form() : nil
        } catch SiteError.staleForm(let stale) {
            form = stale
            isStale = true
        } catch SiteError.noCookie(let orphan) {
            throw SiteError.closed(form: orphan)
        }
        let key = visit.secret.key
        guard !visit.isSecretNew,
            let assessment = try visit.site.store.assessment(
                try visit.parameter("assessment"), session: key, now: visit.now, fields: selection),
            let questionnaire = visit.site.catalogue.questionnaire(assessment.questionnaire, edition: assessment.edition)
        else { throw visit.closed(form) }
        if isStale, let form { throw SiteError.staleForm(form) }
        self.visit = visit
        self.key = key
        self.assessment = assessment
        self.questionnaire = questionnaire
        self.selection = selection
        self.form = form
        text = questionnaire.text(visit.language)
    }

    /// The newest result of this assessment.
    func lastSubmission() throws -> LastSubmission? { try site.store.lastSubmission(of: assessment.id, session: key, now: now) }

    var site: Site { visit.site }
    var language: Language { visit.language }
    var words: Words { visit.words }
    var now: Timestamp { visit.now }

    /// The path of a page of this assessment.
    func path(_ place: String = "") -> String { visit.path("/assessments/\(assessment.id)\(place)") }
}
