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
        guard page.count > SectionPage.limit, let first = all.first else { return result.held.visit.response(page) }
        let chosen = all.first { $0.id == result.held.visit.query["section"] } ?? first
        return result.held.visit.response(drawn([chosen]))
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
        html.element(.nav, .class("filters"), .ariaLabel(result.words[.resultDomain])) { nav in
            nav.element(.ul) { list in
                for domain in result.card.domains {
                    let title = result.text.title(ofDomain: domain.id)
                    list.element(.li) { item in
                        guard domain.id != shown else { return item.element(.strong, text: title) }
                        item.element(.a, .href(Link(path: result.path("/answers?section=\(domain.id)"))), text: title)
                    }
                }
            }
        }
    }

    private func write(_ domain: DomainScore, _ html: inout HTML) {
        let answers = AnswerWords(result.held.visit, result.questionnaire)
        html.heading(result.text.title(ofDomain: domain.id))
        html.summaryList(
            domain.topics.flatMap(\.questions).map { question in
                var remarks = [result.notes[question.id]].compactMap { $0 }
                if case .notApplicable(let reason) = result.answers[question.id] { remarks.insert(reason, at: 0) }
                return SummaryRow(
                    key: result.text.questions[question.id]?.ask ?? question.id, value: answers.answer(result.answers[question.id]),
                    note: remarks.isEmpty ? nil : remarks.joined(separator: "\n"))
            })
    }
}
