import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles

/// The full plan: everything open, most useful first, then what could still be better.
struct PlanPage {
    let result: SubmissionResult

    private var words: Words { result.words }

    /// Of the largest questionnaires nobody begins everywhere at once: a page of them all would weigh too much.
    private static let (listed, explained) = (120, 25)

    func response() -> Response {
        let setting = PageSetting(title: words[.planTitle], back: TextLink(words[.resultBack], Link(path: result.path())))
        return result.held.visit.page(setting) { html in
            html.pageHeading(words[.planTitle], caption: result.caption)
            html.lead(words[.planLead])
            html.disclaimer(result.text)
            let steps = result.plan.steps
            if let item = result.reconsidered { html.steps([item]) }
            if steps.isEmpty { html.paragraph(words[.planNothingOpen]) } else { list(steps, &html) }
            if !steps.isEmpty {
                html.heading(words[.planHowTitle])
                html.steps(steps.prefix(Self.explained).map(result.item))
            }
            if !result.plan.further.isEmpty {
                html.heading(words[.planFurtherTitle])
                html.paragraph(words[.planFurther])
                html.table(table(Array(result.plan.further.prefix(Self.explained)), words[.planFurtherTable]))
            }
        }
    }

    private func list(_ steps: [PlanStep], _ html: inout HTML) {
        html.table(table(Array(steps.prefix(Self.listed)), words[.planOpenTable]))
        if steps.count > Self.listed { html.paragraph(words[.planMore, ["count": String(steps.count - Self.listed)]]) }
    }

    private func table(_ steps: [PlanStep], _ caption: String) -> DataTable {
        let answers = AnswerWords(result.held.visit, result.questionnaire)
        return DataTable(
            caption: caption,
            columns: [
                DataTable.Column(words[.planStep]), DataTable.Column(words[.planNow]), DataTable.Column(words[.planTo]),
                DataTable.Column(words[.planGainColumn], isNumeric: true), DataTable.Column(words[.planEffort]),
                DataTable.Column(words[.planNeeded]),
            ],
            rows: steps.map { step in
                DataTable.Row(
                    result.stepTitle(step),
                    [
                        .text(step.isUnknown ? words[.sectionUnknown] : answers.step(step.from, aspect: step.aspect)),
                        .text(answers.step(step.to, aspect: step.aspect)), .text(words.gain(step.gain)), .text(words.effort(step.effort)),
                        step.helpsUnmetCondition ? .badge(Badge(.wait, words[.planNeededYes])) : .text("–"),
                    ])
            }, narrow: .stacks)
    }
}
