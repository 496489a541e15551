import Assessment
import QuestionnaireFiles
import Store

/// A submission with everything that follows from it: answers, scorecard, plan, and the submission before it.
struct SubmissionResult {
    let held: HeldVisit
    let submission: Submission
    let questionnaire: LoadedQuestionnaire
    let answers: Answers
    let notes: [String: String]
    let level: Level
    let profile: Profile
    let card: Scorecard
    let plan: Plan

    /// - Throws: `.notFound` where there is no submission of that number.
    init(_ held: HeldVisit) throws {
        guard let number = Int(try held.visit.parameter("submission")),
            let submission = try held.site.store.submission(
                number: number, of: held.assessment.id, session: held.key, permit: held.permit, now: held.now)
        else { throw SiteError.notFound }
        try self.init(held, submission)
        guard held.assessment.organisation != nil else { return }
        held.site.looks.add(Look(assessment: held.assessment.id, actor: held.actor, at: held.now))
    }

    /// Scores the frozen answers with the edition that they were given to.
    init(_ held: HeldVisit, _ submission: Submission) throws {
        guard let questionnaire = held.site.catalogue.questionnaire(held.assessment.questionnaire, edition: submission.edition),
            let index = questionnaire.definition.levelIndex(of: submission.level)
        else { throw SiteError.notFound }
        let definition = questionnaire.definition
        profile = Profile(sector: submission.facts.sector.isEmpty ? nil : submission.facts.sector)
        let reading = definition.read(try AnswersJSON.sheet(submission.answers, of: definition), level: index, profile: profile)
        self.held = held
        self.submission = submission
        self.questionnaire = questionnaire
        answers = reading.answers
        notes = reading.notes
        level = definition.levels[index]
        card = definition.score(reading.answers, level: index, profile: profile)
        plan = definition.plan(reading.answers, level: index, profile: profile)
        let frozen = ScorecardJSON.text(card, of: definition)
        if frozen != submission.scorecard {
            held.site.log.event(
                .error, "scorecardDiffers", at: held.now, cause: "submission \(submission.reference) scores differently now")
        }
    }

    var words: Words { held.words }
    var text: QuestionnaireText { questionnaire.text(held.language) }
    var definition: Questionnaire { questionnaire.definition }

    /// The domain that the query asks for, where a page has too much for all of them.
    var domain: DomainScore? { card.domains.first { $0.id == held.visit.query["domain"] } }

    func path(_ place: String = "") -> String { held.path("/submissions/\(submission.number)\(place)") }

    /// The level's thresholds for a figure, so that it is never rounded up across one.
    var thresholds: [Fraction] { [level.total, level.domain, level.keyMeasure].compactMap { $0 } }

    func figure(_ value: Fraction?) -> String { value.map { words.figure($0, thresholds: thresholds) } ?? "–" }

    /// An unmet condition in one sentence.
    func sentence(_ unmet: Unmet) -> String {
        switch unmet {
        case .total(let score, let required):
            return words[.unmetTotal, ["score": figure(score), "required": words.threshold(required)]]
        case .domain(let id, let score, let required):
            return words[.unmetDomain, ["domain": text.title(ofDomain: id), "score": figure(score), "required": words.threshold(required)]]
        case .keyMeasure(let id, let score, let required):
            return words[
                .unmetKeyMeasure, ["question": text.title(ofQuestion: id), "score": figure(score), "required": words.threshold(required)]]
        case .notApplicableLimit(let count, let allowed):
            return words[.unmetNotApplicable, ["count": String(count), "allowed": String(allowed)]]
        case .notApplicableKeyMeasure(let id): return words[.unmetMustApply, ["question": text.title(ofQuestion: id)]]
        case .unanswered(let id): return words[.unmetUnanswered, ["question": text.title(ofQuestion: id)]]
        }
    }
}
