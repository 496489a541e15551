import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles

/// The full plan: everything open, most useful first, then what could still be better.
struct PlanPage {
    let result: SubmissionResult

    private var words: Words { result.words }

    func response() -> Response {
        let setting = PageSetting(title: words[.planTitle], back: TextLink(words[.resultBack], Link(path: result.path())))
        return result.held.visit.page(setting) { html in
            html.pageHeading(words[.planTitle], caption: result.caption)
            html.lead(words[.planLead])
            html.disclaimer(result)
            let steps = result.plan.steps
            if let item = result.reconsidered { html.steps([item]) }
            if steps.isEmpty { html.paragraph(words[.planNothingOpen]) } else { html.table(table(steps, words[.planOpenTable])) }
            if !steps.isEmpty {
                html.heading(words[.planHowTitle])
                html.steps(steps.map(result.item))
            }
            if !result.plan.further.isEmpty {
                html.heading(words[.planFurtherTitle])
                html.paragraph(words[.planFurther])
                html.table(table(result.plan.further, words[.planFurtherTable]))
            }
        }
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
