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

    /// What every drawing of a section depends on.
    struct Place: Hashable {
        let edition: ObjectIdentifier
        let language: Language
        let level: Int
        /// Of the section, among those that are asked.
        let position: Int
    }

    struct Section: Hashable {
        let place: Place
        let section: String
        let sections: Int
        let isFromCheck: Bool
        let isForContributor: Bool
    }

    struct Panel: Hashable {
        let place: Place
        let question: String
        /// Of the question, in its section.
        let number: Int
        /// The chosen value per aspect, checked before it was stored.
        let choices: [String]

        /// By what tells most of them apart: this is looked up for every question of a page.
        func hash(into hasher: inout Hasher) {
            hasher.combine(question)
            hasher.combine(place.language)
            for choice in choices { hasher.combine(choice.utf8.first ?? 0) }
        }
    }

    /// What is suggested from a question of a lower level.
    struct Suggested: Hashable {
        let edition: ObjectIdentifier
        let language: Language
        /// Where it comes from.
        let question: String
        let scores: [Int?]
    }

    private let outlines = MadeOnce<Outline, [AskedDomain]>()
    private let selections: [String: FieldSelection]
    let sections = MadeOnce<Section, Stencil>()
    let panels = MadeOnce<Panel, DrawnQuestion>()
    /// In words.
    let suggested = MadeOnce<Suggested, String>()

    init(_ catalogue: Catalogue) { selections = Self.selections(catalogue) }

    /// Kept only where no answer plays a part in what is asked.
    func asked(_ questionnaire: LoadedQuestionnaire, level: Int, profile: Profile, answers: Answers) -> [AskedDomain] {
        let definition = questionnaire.definition
        guard !definition.hasAnswerConditions else { return definition.asked(level: level, profile: profile, answers: answers) }
        return outlines.value(Outline(edition: ObjectIdentifier(questionnaire), level: level, sector: profile.sector)) {
            definition.asked(level: level, profile: profile, answers: answers)
        }
    }

    /// The fields that a section's page has: all where its id is in no questionnaire, or answers decide what is asked in one.
    func selection(section id: String) -> FieldSelection { selections[id] ?? .all }

    /// By a domain's id: the facts, and the fields of every domain of this id. Which it is, only the assessment tells.
    private static func selections(_ catalogue: Catalogue) -> [String: FieldSelection] {
        let definitions = catalogue.questionnaires.map(\.definition)
        let elsewhere = Set(definitions.filter(\.hasAnswerConditions).flatMap(\.domains).map(\.id))
        return Dictionary(grouping: definitions.flatMap(\.domains), by: \.id).filter { !elsewhere.contains($0.key) }.mapValues { domains in
            FieldSelection(FirmField.span, AnswerField.span(of: domains.flatMap(\.topics).flatMap(\.questions)))
        }
    }
}
