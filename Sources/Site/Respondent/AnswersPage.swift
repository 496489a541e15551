import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles

/// The frozen answers, as a record to print or keep; where notes make it too long for one page, a domain at a time.
struct AnswersPage {
    let result: SubmissionResult

    func response() -> Response {
        let all = result.card.domains
        let page = drawn(all)
        guard page.count > Limit.pageBytes, let first = all.first else { return result.held.visit.response(page) }
        return result.held.visit.response(drawn([result.domain ?? first]))
    }

    private func drawn(_ domains: [DomainScore]) -> HTML {
        let words = result.words
        let setting = PageSetting(title: words[.answersTitle], back: TextLink(words[.resultBack], Link(path: result.path())))
        return result.held.visit.drawn(setting) { html in
            html.pageHeading(words[.answersTitle], caption: result.caption)
            html.disclaimer(result.text)
            if domains.count < result.card.domains.count { others(than: domains[0].id, &html) }
            for domain in domains { write(domain, &html) }
        }
    }

    private func others(than shown: String, _ html: inout HTML) {
        html.viewLinks(
            result.words[.resultDomain],
            result.card.domains.map { domain in
                let place = domain.id == shown ? nil : result.path("/answers?domain=\(Base64URL.percentEncoded(domain.id))")
                return (result.text.title(ofDomain: domain.id), place)
            })
    }

    private func write(_ domain: DomainScore, _ html: inout HTML) {
        let answers = AnswerWords(result.held.visit, result.questionnaire)
        html.heading(result.text.title(ofDomain: domain.id))
        html.summaryList(
            domain.topics.flatMap(\.questions).map { question in
                SummaryRow(
                    key: result.text.questions[question.id]?.ask ?? question.id, value: answers.answer(result.answers[question.id]),
                    note: AnswerWords.remark(result.answers[question.id], note: result.notes[question.id]))
            })
    }
}
