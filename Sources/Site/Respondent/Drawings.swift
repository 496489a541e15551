import Assessment
import HTML
import QuestionnaireFiles
import Store

/// What section pages have in common, worked out and drawn once: what is asked, each page without its answers, and each
/// question as it looks with nothing typed in (some 15 MB if every question is ever shown in every state and language).
struct Drawings: Sendable {
    struct Outline: Hashable {
        let edition: ObjectIdentifier
        let level: Int
        /// Checked before it was stored, so there are only so many.
        let sector: String?
    }

    struct Section: Hashable {
        let edition: ObjectIdentifier
        let language: Language
        let level: Int
        let section: String
        let position: Int
        let sections: Int
        let isFromCheck: Bool
    }

    struct Panel: Hashable {
        let edition: ObjectIdentifier
        let language: Language
        let level: Int
        let number: String
        let question: String
        /// The chosen value per aspect, checked before it was stored.
        let choices: [String]
    }

    struct Domain: Hashable {
        let edition: ObjectIdentifier
        let id: String
    }

    private let outlines = MadeOnce<Outline, [AskedDomain]>()
    private let spans = MadeOnce<Domain, FieldSpan>()
    let sections = MadeOnce<Section, Stencil>()
    let panels = MadeOnce<Panel, DrawnQuestion>()

    /// Kept only where no answer plays a part in what is asked.
    func asked(_ questionnaire: LoadedQuestionnaire, level: Int, profile: Profile, answers: Answers) -> [AskedDomain] {
        let definition = questionnaire.definition
        guard !definition.hasAnswerConditions else { return definition.asked(level: level, profile: profile, answers: answers) }
        return outlines.value(Outline(edition: ObjectIdentifier(questionnaire), level: level, sector: profile.sector)) {
            definition.asked(level: level, profile: profile, answers: answers)
        }
    }

    /// The fields of a domain's questions; `nil` where it has none of that id.
    func span(of domain: String, in questionnaire: LoadedQuestionnaire) -> FieldSpan? {
        guard let domain = questionnaire.definition.domains.first(where: { $0.id == domain }) else { return nil }
        return spans.value(Domain(edition: ObjectIdentifier(questionnaire), id: domain.id)) {
            AnswerField.span(of: domain.topics.flatMap(\.questions))
        }
    }
}
