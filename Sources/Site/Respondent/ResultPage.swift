import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The result: verdict first, then what to do, then the figures. Printed, it is the two-page report.
struct ResultPage {
    let result: SubmissionResult
    let previous: SubmissionResult?
    /// Newest first.
    let submissions: [Submission]

    private var words: Words { result.words }

    func response() -> Response {
        let setting = PageSetting(
            title: words[.resultTitle], back: TextLink(words[.tasksBack], Link(path: result.held.path())))
        return result.held.visit.page(setting) { html in
            html.pageHeading(words[.resultTitle], caption: result.caption)
            firm(&html)
            html.verdict(verdict)
            html.element(.p, .class("caption"), text: words[.resultSelfAssessment])
            html.paperLine(result.held.site.configuration.publicAddress)
            unmet(&html)
            steps(&html)
            ResultCharts(result: result, previous: previous).write(&html)
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
        let level = result.text.levels[result.level.id]?.title ?? result.level.id
        let count = result.card.unmet.count
        let isMet = result.card.verdict == .met
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
        let items = result.nextSteps.prefix(5)
        guard !items.isEmpty else { return }
        html.heading(words[.resultStepsTitle])
        html.steps(items.map(result.item))
        html.element(.p, .class("actions")) {
            $0.element(.a, .href(Link(path: result.path("/plan"))), text: words[.planSee])
        }
    }

    /// How sure the figure is: what was not known, and what did not apply.
    private func certainty(_ html: inout HTML) {
        let counts = result.card.completeness
        html.heading(words[.resultSureTitle])
        html.paragraph(
            words[.resultSure, ["answered": String(counts.answered - counts.unknown - counts.notApplicable), "asked": String(counts.asked)]])
        if counts.unknown > 0 {
            let values = ["count": String(counts.unknown), "gain": words.gain(result.plan.unknownCost)] as KeyValuePairs
            html.paragraph(words[counts.unknown == 1 ? .resultUnknownOne : .resultUnknownMany, values])
        }
        if counts.notApplicable > 0 {
            html.paragraph(words.count(counts.notApplicable, .resultNotApplicableOne, .resultNotApplicableMany))
        }
    }

    private func earlier(_ html: inout HTML) {
        guard submissions.count > 1 else { return }
        let earlier = Array(submissions.prefix(6))
        let results = earlier.compactMap { try? SubmissionResult(result.held, $0) }
        html.heading(words[.resultEarlierTitle])
        html.table(EarlierTable(results: results, current: result).table)
    }

    private func more(_ html: inout HTML) {
        html.element(.section, .class("screen")) { html in
            html.heading(words[.resultMoreTitle])
            html.element(.ul) { list in
                link(&list, result.path("/why"), .whyTitle)
                link(&list, result.path("/answers"), .answersTitle)
                link(&list, result.path("/result.json"), .resultJSON)
                link(&list, result.path("/result.csv"), .resultCSV)
                link(&list, result.path("/reminder.ics"), .resultCalendar)
            }
            html.paragraph(words[.resultPrint])
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
    /// What is open first; when all is on target, what could still be better.
    var nextSteps: [PlanStep] { plan.steps.isEmpty ? plan.further : plan.steps }

    func item(_ step: PlanStep) -> StepItem {
        let wording = text.questions[step.question]
        let answers = AnswerWords(held.visit, questionnaire)
        var badges: [Badge] = step.isKeyMeasure ? [Badge(.neutral, words[.keyMeasure])] : []
        if step.isUnknown { badges.append(Badge(.wait, words[.sectionUnknown])) }
        let title = wording?.step ?? step.question
        let aspect = text.aspects[definition.aspects[step.aspect]] ?? ""
        let change = words[
            .planChange, ["from": answers.step(step.from, aspect: step.aspect), "to": answers.step(step.to, aspect: step.aspect)]]
        return StepItem(
            title: definition.aspects.count > 1 ? words[.labelled, ["label": aspect, "value": title]] : title, gain: words[.planGain, ["gain": words.gain(step.gain)]],
            text: "\(wording?.firstStep ?? "") \(words.effort(step.effort)). \(change)", badges: badges)
    }
}
