import Assessment
import QuestionnaireFiles

/// Answers in the words of the questionnaire.
struct AnswerWords {
    let words: Words
    let definition: Questionnaire
    let text: QuestionnaireText

    init(_ visit: Visit, _ questionnaire: LoadedQuestionnaire) {
        words = visit.words
        definition = questionnaire.definition
        text = questionnaire.text(visit.language)
    }

    /// A radio's value in words.
    func choice(_ value: String, aspect: Int) -> String {
        switch Choice(value: value, scale: definition.scale) {
        case .score(let score): step(score, aspect: aspect)
        case .unknown: words[.sectionUnknown]
        case .notApplicable: words[.sectionNotApplicable]
        case nil: value
        }
    }

    func step(_ score: Int, aspect: Int) -> String {
        let steps = text.scale[definition.aspects[aspect]] ?? []
        let index = score - definition.scale.lowerBound
        return steps.indices.contains(index) ? "\(score) – \(steps[index].name)" : String(score)
    }

    /// The name of an aspect.
    func aspect(_ aspect: Int) -> String { text.name(ofAspect: definition.aspects[aspect]) }

    /// Why a question does not apply, and the note; `nil` where there is neither.
    static func remark(_ answer: Answer?, note: String?) -> String? {
        let parts = [answer?.reason, note].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: "\n")
    }

    /// A whole answer in one line.
    func answer(_ answer: Answer?) -> String {
        switch answer {
        case nil: return words[.checkNone]
        case .notApplicable: return words[.sectionNotApplicable]
        case .marks(let marks):
            return marks.indices.map { aspect in
                let mark: String =
                    switch marks[aspect] {
                    case .score(let score): step(score, aspect: aspect)
                    case .unknown: words[.sectionUnknown]
                    case nil: words[.checkNone]
                    }
                return marks.count > 1 ? words[.labelled, ["label": self.aspect(aspect), "value": mark]] : mark
            }.joined(separator: "; ")
        }
    }
}
