import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles

/// "Why this score": every figure with the operation and terms that give it.
struct WhyPage {
    let result: SubmissionResult

    private var words: Words { result.words }

    func response() -> Response {
        let setting = PageSetting(title: words[.whyTitle], back: TextLink(words[.resultBack], Link(path: result.path())))
        return result.held.visit.page(setting) { html in
            html.pageHeading(words[.whyTitle], caption: result.caption)
            html.lead(words[.whyLead])
            html.disclaimer(result.text)
            let explanations = result.card.explanations(of: result.definition, answers: result.answers)
            let isSplit = explanations.count > Self.limit
            if isSplit { domains(&html) }
            for explanation in explanations where isShown(explanation) && (!isSplit || belongs(explanation)) {
                html.heading(name(of: explanation.figure))
                html.element(.p) { line in
                    line.text(words[.labelled, ["label": operation(explanation.operation), "value": exact(explanation.result)]])
                }
                html.table(table(explanation, among: explanations))
            }
        }
    }

    /// With more figures than these, each domain has a page of its own.
    private static let limit = 150

    private func belongs(_ explanation: Explanation) -> Bool {
        guard let own = result.domain else { if case .total = explanation.figure { return true } else { return false } }
        return switch explanation.figure {
        case .total: false
        case .domain(let id, _): id == own.id
        case .topic(let id, _): own.topics.contains { $0.id == id }
        case .question(let id): own.topics.contains { $0.questions.contains { $0.id == id } }
        }
    }

    private func domains(_ html: inout HTML) {
        html.heading(words[.whyDomains])
        html.links(
            [TextLink(words[.resultTotal], Link(path: result.path("/why")))]
                + result.card.domains.map {
                    TextLink(result.text.title(ofDomain: $0.id), Link(path: result.path("/why?domain=\(Base64URL.percentEncoded($0.id))")))
                })
    }

    /// A question's only aspect, and a domain's only topic, explain nothing that the line above does not.
    private func isShown(_ explanation: Explanation) -> Bool {
        switch explanation.figure {
        case .question: result.definition.aspects.count > 1
        case .domain(let id, _): explanation.terms.map(\.id) != [id]
        default: explanation.operation != .taken
        }
    }

    private func name(of figure: Explanation.Figure) -> String {
        switch figure {
        case .total(let aspect): withAspect(words[.resultTotal], aspect)
        case .domain(let id, let aspect): withAspect(result.text.title(ofDomain: id), aspect)
        case .topic(let id, let aspect): withAspect(result.text.topics[id]?.title ?? result.text.title(ofDomain: id), aspect)
        case .question(let id): result.text.title(ofQuestion: id)
        }
    }

    private func withAspect(_ name: String, _ aspect: Int?) -> String {
        guard let aspect else { return name }
        return "\(name) – \(result.text.name(ofAspect: result.definition.aspects[aspect]))"
    }

    private func operation(_ operation: Explanation.Operation) -> String {
        switch operation {
        case .mean: words[.whyMean]
        case .weightedMean: words[.whyWeightedMean]
        case .sum: words[.whySum]
        case .taken: words[.whyTaken]
        }
    }

    private func table(_ explanation: Explanation, among all: [Explanation]) -> DataTable {
        DataTable(
            caption: words[.whyTable, ["figure": name(of: explanation.figure)]],
            columns: [
                DataTable.Column(words[.whyTerm]), DataTable.Column(words[.resultScore], isNumeric: true),
                DataTable.Column(words[.whyWeight], isNumeric: true), DataTable.Column(words[.whyOrigin]),
            ],
            rows: explanation.terms.map {
                DataTable.Row(
                    title(ofTerm: $0.id, in: explanation.figure),
                    [.text(exact($0.value)), .text(String($0.weight)), .text(origin(of: $0, among: all))])
            }, narrow: .stacks)
    }

    private func title(ofTerm id: String, in figure: Explanation.Figure) -> String {
        switch figure {
        case .total: result.text.title(ofDomain: id)
        case .domain: result.text.topics[id]?.title ?? result.text.domains[id]?.title ?? result.text.title(ofQuestion: id)
        case .topic: result.text.title(ofQuestion: id)
        case .question: result.text.name(ofAspect: id)
        }
    }

    /// Of a question that has no table of its own: where its only mark comes from.
    private func origin(of term: Explanation.Term, among all: [Explanation]) -> String {
        let own = all.first { $0.figure == .question(term.id) && !isShown($0) }
        return switch own?.terms.first?.origin ?? term.origin {
        case .figure, .figureSoFar: words[.whyFigure]
        case .score: words[.whyScore]
        case .unknown(let score): words[.whyUnknown, ["score": String(score)]]
        case .notApplicable:
            term.value.map { words[.whyNotApplicableCounts, ["score": words.figure($0)]] } ?? words[.whyNotApplicable]
        case .notApplicableRefused(let score): words[.whyRefused, ["score": String(score)]]
        case .unanswered: words[.checkNone]
        }
    }

    /// Two decimals, and the fraction where they do not say it all: "2,67 (8/3)".
    private func exact(_ value: Fraction?) -> String {
        guard let value else { return "–" }
        let shown = result.figure(value)
        return value.denominator == 1 || 100 % value.denominator == 0 ? shown : "\(shown) (\(value.numerator)/\(value.denominator))"
    }
}
