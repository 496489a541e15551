import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store
import Workbook

/// What came out of a workbook: its own figures beside ours, and where to go on.
struct ComparisonPage {
    let held: HeldVisit
    private let figures: WorkbookFigures

    /// `nil` for an assessment that did not come from a workbook.
    init?(_ held: HeldVisit) {
        self.held = held
        guard let figures = held.assessment.fields[WorkbookFigures.field].flatMap({ WorkbookFigures($0.value) }) else { return nil }
        self.figures = figures
    }

    private var words: Words { held.words }

    func response() -> Response {
        let journey = held.journey
        let card = journey.scorecard
        let setting = PageSetting(title: words[.comparisonTitle], back: TextLink(words[.tasksBack], Link(path: held.path())))
        return held.visit.page(setting) { html in
            html.pageHeading(words[.comparisonTitle], caption: "\(held.text.title) · \(held.levelTitle(journey))")
            html.lead(words[.comparisonLead, ["count": String(card.completeness.answered), "asked": String(card.completeness.asked)]])
            for level in figures.otherLevels {
                let title = held.text.title(ofLevel: level)
                html.notice(Notice(.information, text: words[.comparisonOther, ["level": title, "taken": held.levelTitle(journey)]]))
            }
            html.disclaimer(held.text)
            html.buttons([Button(words[.comparisonNext], .go(Link(path: held.path("/facts"))))])
            compare(card, &html)
        }
    }

    private func compare(_ card: Scorecard, _ html: inout HTML) {
        guard !figures.figures.isEmpty else { return }
        guard !figures.figures.isNeverComputed else { return html.paragraph(words[.comparisonStale]) }
        let official = held.questionnaire.definition.workbookFigures(card)
        html.heading(words[.comparisonFigures])
        // What is compared are today's answers.
        let definition = held.questionnaire.definition
        if held.assessment.fields.contains(where: { $0.value.version > 1 && definition.field(named: $0.key) != nil }) {
            html.paragraph(words[.comparisonChanged])
        }
        html.table(
            DataTable(
                caption: words[.comparisonTable],
                columns: [
                    DataTable.Column(words[.resultDomain]), DataTable.Column(words[.comparisonTheirs], isNumeric: true),
                    DataTable.Column(words[.comparisonOurs], isNumeric: true), DataTable.Column(words[.comparisonWhy]),
                ],
                rows: figures.figures.compactMap { figure in
                    let ours = card.score(ofDomain: figure.domain, aspect: figure.aspect)
                    let isSame = ours.map { !figure.differs(from: $0) } ?? true
                    // Of both aspects only what differs: else their mean says it all.
                    guard figure.aspect == nil || !isSame else { return nil }
                    let theirs = Fraction(Int((figure.value * 1_000_000).rounded()), 1_000_000)
                    return DataTable.Row(
                        held.text.place(figure.domain, figure.aspect, held.questionnaire.definition, words),
                        [
                            .text(words.figure(theirs)), .text(ours.map { words.figure($0) } ?? "–"),
                            .text(isSame ? words[.comparisonSame] : why(figure, official)),
                        ])
                }, narrow: .stacks))
    }

    private func why(_ figure: CyFunReading.Figure, _ official: [WorkbookFigure]) -> String {
        let known = official.first { $0.domain == figure.domain && $0.aspect == figure.aspect }
        guard let known, !figure.differs(from: known.workbook) else { return words[.comparisonUnknown] }
        return known.departures.map { $0.sentence(held.text, held.questionnaire.definition, words) }.joined(separator: " ")
    }
}

extension QuestionnaireText {
    /// What a figure is of: the total, a domain, or one aspect of it.
    func place(_ domain: String?, _ aspect: Int?, _ definition: Questionnaire, _ words: Words) -> String {
        let name = domain.map(title(ofDomain:)) ?? words[.resultTotal]
        return aspect.map { words[.labelled, ["label": name, "value": self.name(ofAspect: definition.aspects[$0])]] } ?? name
    }
}

extension MethodDeparture {
    /// What the official workbook does instead.
    func sentence(_ text: QuestionnaireText, _ definition: Questionnaire, _ words: Words) -> String {
        switch kind {
        case .merges(let topics): words[.departureMerges, ["topics": topics.joined(separator: ", ")]]
        case .splits(let topic): words[.departureSplits, ["topic": topic]]
        case .leavesOut(let topic, let aspect):
            words[.departureLeavesOut, ["topic": topic, "aspect": text.name(ofAspect: definition.aspects[aspect])]]
        }
    }
}
