import HTTPTypes
import HummingbirdCore
import QuestionnaireFiles
import Store

/// A visit to an assessment by somebody who may do there what the route does.
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
    /// The route's rule, for the store to ask again when it writes.
    let permit: Permit

    /// One read: the session, the standing, the assessment and its answers.
    init(_ visit: Visit, action: AssessmentAction, selection: FieldSelection) async throws {
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
        let section = visit.parameters.get("section")
        guard !visit.isSecretNew,
            let assessment = try visit.site.store.assessment(
                try visit.parameter("assessment"), session: key, now: visit.now, fields: selection)
        else { throw visit.closed(form) }
        switch Access.decide(.assessment(action), Viewer(standing: assessment.standing, section: section)) {
        case .allowed: break
        case .refused(.unknown), .refused(.secondStep): throw visit.closed(form)
        case .refused(.signIn): throw SiteError.signInFirst(form: form)
        case .refused(.role): throw SiteError.roleTooLow
        case .refused(.done): throw SiteError.doneBefore(place: "/assessments/\(assessment.id)")
        }
        guard let questionnaire = visit.site.catalogue.questionnaire(assessment.questionnaire, edition: assessment.edition) else {
            throw visit.closed(form)
        }
        if isStale, let form { throw SiteError.staleForm(form) }
        self.visit = visit
        self.key = key
        self.assessment = assessment
        self.questionnaire = questionnaire
        self.selection = selection
        self.form = form
        permit = action.permit(section: section)
        text = questionnaire.text(visit.language)
    }

    /// The newest result of this assessment.
    func lastSubmission() throws -> LastSubmission? {
        try site.store.lastSubmission(of: assessment.id, session: key, permit: permit, now: now)
    }

    func may(_ action: AssessmentAction, section: String? = nil) -> Bool { action.permit(section: section)(assessment.standing) }

    /// She came by a contributor's link: only some sections are open to her, and no other page.
    var isContributor: Bool { !may(.see) }

    var actor: Actor { visit.actor(account: assessment.standing.account) }
    var site: Site { visit.site }
    var language: Language { visit.language }
    var words: Words { visit.words }
    var now: Timestamp { visit.now }

    /// The path of a page of this assessment.
    func path(_ place: String = "") -> String { visit.path("/assessments/\(assessment.id)\(place)") }
}
