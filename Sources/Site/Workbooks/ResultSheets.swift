import Assessment
import HTML
import QuestionnaireFiles
import Workbook

/// A result as a workbook of our own: answers, scores, plan and conditions, a sheet each, in the visitor's language.
struct ResultSheets {
    let result: SubmissionResult

    init(_ result: SubmissionResult) { self.result = result }

    private var words: Words { result.words }
    private var answers: AnswerWords { AnswerWords(result.held.visit, result.questionnaire) }

    var sheets: [OutputSheet] {
        [
            OutputSheet(name: words[.answersSheet], head: head, columns: answerColumns, rows: answerRows),
            OutputSheet(name: words[.scoresSheet], head: head, columns: scoreColumns, rows: scoreRows),
            OutputSheet(name: words[.planTitle], head: head, columns: planColumns, rows: planRows),
            OutputSheet(
                name: words[.conditionsSheet], head: head, columns: [OutputColumn(words[.resultUnmetTitle], width: 100)],
                rows: result.card.unmet.map { [.text(result.sentence($0))] }),
        ]
    }

    /// Above each table.
    private var head: [String] {
        [result.caption, words[.resultSelfAssessment], result.text.disclaimer].compactMap { $0 }
    }

    private var aspects: [OutputColumn] { result.definition.aspects.indices.map { OutputColumn(answers.aspect($0), width: 15) } }

    private var answerColumns: [OutputColumn] {
        [
            OutputColumn(words[.csvID], width: 13), OutputColumn(words[.resultDomain], width: 28),
            OutputColumn(words[.csvQuestion], width: 60),
        ]
            + aspects
            + [
                OutputColumn(words[.keyMeasure], width: 14), OutputColumn(words[.csvReason], width: 30),
                OutputColumn(words[.csvNote], width: 50),
            ]
    }

    private var answerRows: [[OutputCell]] {
        result.card.domains.flatMap { domain in
            domain.topics.flatMap(\.questions).map { question in
                var (reason, marks) = ("", [OutputCell](repeating: .text(""), count: result.definition.aspects.count))
                switch result.answers[question.id] {
                case .notApplicable(let text):
                    reason = text
                    marks = marks.map { _ in .text(words[.sectionNotApplicable]) }
                case .marks(let given):
                    marks = given.map { mark in
                        switch mark {
                        case .score(let score): .number(Double(score))
                        case .unknown: .text(words[.sectionUnknown])
                        case nil: .text("")
                        }
                    }
                case nil: break
                }
                return [
                    .text(question.id), .text(result.text.title(ofDomain: domain.id)), .text(result.text.questions[question.id]?.ask ?? ""),
                ]
                    + marks + [
                        .text(question.isKeyMeasure ? words[.yes] : words[.no]), .text(reason), .text(result.notes[question.id] ?? ""),
                    ]
            }
        }
    }

    private var scoreColumns: [OutputColumn] {
        [OutputColumn(words[.resultDomain], width: 45)] + (aspects.count > 1 ? aspects : [])
            + [OutputColumn(words[.resultScore], width: 12), OutputColumn(words[.resultTargetColumn], width: 12)]
    }

    private var scoreRows: [[OutputCell]] {
        let row = { (name: String, aspects: [Fraction?], score: Fraction?, target: Fraction?) in
            [OutputCell.text(name)] + (aspects.count > 1 ? aspects.map(number) : []) + [number(score), number(target)]
        }
        return result.card.domains.map { row(result.text.title(ofDomain: $0.id), $0.aspects, $0.score, $0.target) }
            + [row(words[.resultTotal], result.card.aspects, result.card.total, result.level.total)]
    }

    private func number(_ value: Fraction?) -> OutputCell { value.map { .number($0.approximate) } ?? .text("") }

    private var planColumns: [OutputColumn] {
        [
            OutputColumn(words[.planStep], width: 50), OutputColumn(words[.planNow], width: 22), OutputColumn(words[.planTo], width: 22),
            OutputColumn(words[.planGainColumn], width: 10), OutputColumn(words[.planEffort], width: 18),
            OutputColumn(words[.planNeeded], width: 14),
        ]
    }

    private var planRows: [[OutputCell]] {
        result.plan.steps.map { step in
            [
                .text(result.stepTitle(step)),
                .text(step.isUnknown ? words[.sectionUnknown] : answers.step(step.from, aspect: step.aspect)),
                .text(answers.step(step.to, aspect: step.aspect)), number(step.gain), .text(words.effort(step.effort)),
                .text(step.helpsUnmetCondition ? words[.yes] : words[.no]),
            ]
        }
    }
}
