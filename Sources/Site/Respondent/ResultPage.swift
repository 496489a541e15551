import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The result: verdict first, then what to do, then the figures. Printed, it is the two-page report.
struct ResultPage {
    let result: SubmissionResult
    /// The results before this one that stand beside it, newest first.
    let before: [SubmissionResult]

    private var words: Words { result.words }

    func response() -> Response {
        let setting = PageSetting(
            title: words[.resultTitle], back: TextLink(words[.tasksBack], Link(path: result.held.path())))
        return result.held.visit.page(setting) { html in
            html.pageHeading(words[.resultTitle], caption: result.caption)
            firm(&html)
            html.verdict(verdict)
            html.element(.p, .class("caption"), text: words[.resultSelfAssessment])
            html.disclaimer(result.text)
            html.paperLine(result.held.site.configuration.publicAddress)
            unmet(&html)
            steps(&html)
            ResultCharts(result: result, previous: before.first).write(&html)
            // The report on paper has two pages.
            html.element(.section, .class("screen")) { html in
                LevelLadder(result: result).write(&html)
                official(&html)
            }
            certainty(&html)
            earlier(&html)
            more(&html)
        }
    }

    private func firm(_ html: inout HTML) {
        let facts = FirmFacts(
            result.held.visit, sector: result.submission.facts.sector, size: result.submission.facts.sizeClass,
            region: result.submission.facts.region, name: result.submission.facts.name, number: result.submission.facts.enterpriseNumber)
        let known = [facts.name, facts.number, facts.sector, facts.size, facts.region].filter { !$0.isEmpty }
        html.element(.p, .class("firm"), text: known.joined(separator: " · "))
    }

    private var verdict: VerdictPanel {
        let level = result.text.title(ofLevel: result.level.id)
        let count = result.card.unmet.count
        let isMet = result.card.verdict == .met
        guard !result.definition.isOpenEnded(result.level) else {
            return VerdictPanel(
                outcome: .incomplete, figure: result.figure(result.card.total),
                scale: words[.resultOf, ["maximum": words.threshold(result.card.maximum)]], title: words[.resultOpenEnded],
                text: words[.resultOpenEndedText])
        }
        return VerdictPanel(
            outcome: isMet ? .met : .notMet, figure: result.figure(result.card.total),
            scale: words[.resultOf, ["maximum": words.threshold(result.card.maximum)]],
            title: words[isMet ? .resultMet : .resultNotMet, ["level": level]],
            text: isMet ? words[.resultMetText] : words.count(count, .resultNotMetOne, .resultNotMetMany))
    }

    private func unmet(_ html: inout HTML) {
        guard !result.card.unmet.isEmpty else { return }
        html.heading(words[.resultUnmetTitle])
        html.bullets(result.card.unmet.map(result.sentence))
    }

    private func steps(_ html: inout HTML) {
        let items = Array(result.nextSteps.prefix(5))
        guard !items.isEmpty else { return }
        html.heading(words[result.hasOpenSteps ? .resultStepsTitle : .planFurtherTitle])
        html.steps(items)
        html.element(.p, .class("actions")) {
            $0.element(.a, .href(Link(path: result.path("/plan"))), text: words[.planSee])
        }
    }

    /// Where the owner's workbook computes something else for these answers.
    private func official(_ html: inout HTML) {
        let figures = result.definition.workbookFigures(result.card)
        guard !figures.isEmpty else { return }
        html.heading(words[.resultOfficial])
        html.paragraph(words[.resultOfficialLead])
        html.table(
            DataTable(
                caption: words[.resultOfficial],
                columns: [
                    DataTable.Column(words[.resultDomain]), DataTable.Column(words[.comparisonTheirs], isNumeric: true),
                    DataTable.Column(words[.comparisonOurs], isNumeric: true), DataTable.Column(words[.comparisonWhy]),
                ],
                rows: figures.map { figure in
                    let why = figure.departures.map { $0.sentence(result.text, result.definition, words) }.joined(separator: " ")
                    return DataTable.Row(
                        result.text.place(figure.domain, figure.aspect, result.definition, words),
                        [.text(result.figure(figure.workbook)), .text(result.figure(figure.published)), .text(why)])
                }, narrow: .stacks))
    }

    /// How sure the figure is: what was not known, and what did not apply.
    private func certainty(_ html: inout HTML) {
        let counts = result.card.completeness
        html.heading(words[.resultSureTitle])
        html.paragraph(
            words[
                .resultSure, ["answered": String(counts.answered - counts.unknown - counts.notApplicable), "asked": String(counts.asked)]])
        if counts.unknown > 0 {
            let values = ["count": String(counts.unknown), "gain": words.gain(result.plan.unknownCost)] as KeyValuePairs
            html.paragraph(words[counts.unknown == 1 ? .resultUnknownOne : .resultUnknownMany, values])
        }
        if counts.notApplicable > 0 {
            html.paragraph(leftOut(counts.notApplicable))
        }
    }

    private func leftOut(_ count: Int) -> String {
        guard let countsAs = result.level.notApplicable?.countsAs else {
            return words.count(count, .resultNotApplicableOne, .resultNotApplicableMany)
        }
        let values = ["count": String(count), "score": words.threshold(countsAs)] as KeyValuePairs
        return words[count == 1 ? .resultCountsAsOne : .resultCountsAsMany, values]
    }

    private func earlier(_ html: inout HTML) {
        guard !before.isEmpty else { return }
        // The report on paper has the result before this one in its table already.
        html.element(.section, .class("screen")) { html in
            html.heading(words[.resultEarlierTitle])
            html.table(EarlierTable(results: [result] + before, current: result).table)
        }
    }

    private func more(_ html: inout HTML) {
        html.element(.section, .class("screen")) { html in
            html.heading(words[.resultMoreTitle])
            html.element(.ul) { list in
                link(&list, result.path("/why"), .whyTitle)
                link(&list, result.path("/answers"), .answersTitle)
                link(&list, result.path("/result.json"), .resultJSON)
                link(&list, result.path("/result.xlsx"), .resultXLSX)
                link(&list, result.path("/result.csv"), .resultCSV)
                link(&list, result.path("/reminder.ics"), .resultCalendar)
            }
            html.paragraph(words[.resultPrint])
            if result.hasOfficialWorkbook { html.fillForm(result) }
            html.carryForms(result)
            guard result.held.may(.edit) else { return }
            html.heading(words[.resultAgainTitle])
            html.paragraph(words[.resultAgain])
            html.buttons([Button(words[.resultAgainButton], .go(Link(path: result.held.path())), look: .second)])
        }
    }

    private func link(_ list: inout HTML, _ path: String, _ word: Word) {
        list.element(.li) { $0.element(.a, .href(Link(path: path)), text: words[word]) }
    }
}

extension SubmissionResult {
    /// Whether something must still be done for the level, or for the targets.
    var hasOpenSteps: Bool { !plan.steps.isEmpty || reconsidered != nil }

    /// What is open first; when all is on target, what could still be better.
    var nextSteps: [StepItem] {
        hasOpenSteps ? [reconsidered].compactMap { $0 } + plan.steps.map(item) : plan.further.map(furtherItem)
    }

    /// More questions are left out than the level allows: no score mends that.
    var reconsidered: StepItem? {
        for case .notApplicableLimit(let count, let allowed) in card.unmet {
            let left = definition.questions.filter { question in
                if case .notApplicable = answers[question.id] { true } else { false }
            }
            let titles = left.map { text.title(ofQuestion: $0.id) }.joined(separator: "; ")
            let values: KeyValuePairs = [
                "count": String(count), "allowed": String(allowed), "excess": String(count - allowed), "questions": titles,
            ]
            return StepItem(title: words[.planReconsiderTitle], text: words[.planReconsider, values])
        }
        return nil
    }

    func item(_ step: PlanStep) -> StepItem {
        let wording = text.questions[step.question]
        let means =
            definition.aspects.count > 1 && wording?.inPlace.indices.contains(step.aspect) == true ? wording?.inPlace[step.aspect] : nil
        let how =
            switch kind(of: step) {
            case .writeDown: means ?? words[.planWriteDownHow]
            case .practise: means ?? wording?.firstStep
            case .act: wording?.firstStep
            }
        return StepItem(
            title: stepTitle(step), gain: words[.planGain, ["gain": words.gain(step.gain)]],
            text: "\(how ?? "") \(words.effort(step.effort)). \(change(step))", badges: badges(step))
    }

    private enum StepKind { case writeDown, practise, act }

    /// Writing down what the documentation lacks is another step than doing it.
    private func kind(of step: PlanStep) -> StepKind {
        guard definition.aspects.count > 1 else { return .act }
        let documents = { (step: PlanStep) in definition.aspects[step.aspect] == "documentation" }
        if documents(step) { return .writeDown }
        // Where it is written down already, what is left is to do it.
        return plan.steps.contains { $0.question == step.question && documents($0) } ? .act : .practise
    }

    func stepTitle(_ step: PlanStep) -> String {
        let title = text.title(ofQuestion: step.question)
        return switch kind(of: step) {
        case .writeDown: words[.planWriteDown, ["question": title]]
        case .practise: words[.planPractise, ["question": title]]
        case .act: labelled(text.questions[step.question]?.step ?? step.question, step)
        }
    }

    /// One step further than the target: what that step means, as the first step was taken long ago.
    private func furtherItem(_ step: PlanStep) -> StepItem {
        let meanings = text.scale[definition.aspects[step.aspect]] ?? []
        let index = step.to - definition.scale.lowerBound
        return StepItem(
            title: labelled(text.title(ofQuestion: step.question), step), gain: words[.planGain, ["gain": words.gain(step.gain)]],
            text: "\(change(step)) \(meanings.indices.contains(index) ? meanings[index].meaning : "")", badges: badges(step))
    }

    private func badges(_ step: PlanStep) -> [Badge] {
        (step.isKeyMeasure ? [Badge(.neutral, words[.keyMeasure])] : []) + (step.isUnknown ? [Badge(.wait, words[.sectionUnknown])] : [])
    }

    private func change(_ step: PlanStep) -> String {
        let answers = AnswerWords(held.visit, questionnaire)
        return words[.planChange, ["from": answers.step(step.from, aspect: step.aspect), "to": answers.step(step.to, aspect: step.aspect)]]
    }

    private func labelled(_ title: String, _ step: PlanStep) -> String {
        guard definition.aspects.count > 1 else { return title }
        return words[.labelled, ["label": text.name(ofAspect: definition.aspects[step.aspect]), "value": title]]
    }
}
