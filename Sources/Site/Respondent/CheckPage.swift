import Assessment
import HTML
import HTTPTypes
import Hummingbird
import QuestionnaireFiles
import Store

/// Every answer with a link to change it, and the button that freezes them (UX-11).
struct CheckPage {
    let held: HeldVisit
    let last: LastSubmission?
    /// Something is missing or wrong, and the visitor asked to send.
    var isRefused = false
    /// Somebody changed an answer after this page was drawn.
    var hasChanged = false
    var isNotSaved = false

    private var words: Words { held.words }

    func response(status: HTTPResponse.Status = .ok) -> Response {
        let page = drawn(noteLength: .max)
        // Long notes are read in their sections.
        return held.visit.response(page.count > Limit.pageBytes ? drawn(noteLength: 80) : page, status: status)
    }

    /// - Parameter noteLength: In characters; what is longer is cut off visibly.
    private func drawn(noteLength: Int) -> HTML {
        let journey = held.journey
        let faults = isRefused ? self.faults(journey) : []
        let setting = PageSetting(
            title: words[.checkTitle], hasFaults: !faults.isEmpty, back: TextLink(words[.tasksBack], Link(path: held.path())))
        return held.visit.drawn(setting) { html in
            if isNotSaved { html.notSaved(words) }
            html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: faults))
            if hasChanged { html.notice(Notice(.warning, title: words[.checkChangedTitle], text: words[.checkChanged])) }
            html.pageHeading(words[.checkTitle], caption: held.text.title)
            alreadySent(&html)
            html.heading(words[.tasksFirm])
            html.firmSummary(held, journey, query: "?from=check")
            for (index, section) in journey.asked.enumerated() { self.section(section, index, journey, noteLength, &html) }
            if held.hasAuthors { html.links([TextLink(words[.authorsTitle], Link(path: held.path("/authors")))]) }
            if held.may(.confirm) { send(journey, &html) }
        }
    }

    private func faults(_ journey: Journey) -> [FieldFault] {
        var faults = FactsPage(held: held, find: nil).faults.map { FieldFault($0.text, field: "change-\($0.field)") }
        let open = Set(journey.unanswered.map(\.id) + journey.reading.faults.map(\.question))
        for section in journey.asked {
            for question in section.questions where open.contains(question.id) {
                let title = held.text.title(ofQuestion: question.id)
                faults.append(FieldFault(words[.checkMissing, ["question": title]], field: "change-\(question.id)"))
            }
        }
        return faults
    }

    /// The back button after sending leads here: say so, and send nothing twice (UX-13).
    private func alreadySent(_ html: inout HTML) {
        guard let last else { return }
        let link = TextLink(words[.checkSeeResult], Link(path: held.path("/submissions/\(last.number)")))
        let values = ["reference": last.reference, "date": words.date(last.at)] as KeyValuePairs
        let isSame = last.revision == held.assessment.revision
        html.notice(Notice(.information, text: words[isSame ? .checkAlreadySent : .checkSentBefore, values], link: link))
    }

    private func section(_ section: AskedDomain, _ index: Int, _ journey: Journey, _ noteLength: Int, _ html: inout HTML) {
        let answers = AnswerWords(held.visit, held.questionnaire)
        html.heading(
            "\(index + 1). \(held.text.title(ofDomain: section.domain.id))", id: "section-\(section.domain.id)")
        html.summaryList(
            section.questions.map { question in
                let title = held.text.title(ofQuestion: question.id)
                let query =
                    section.questions.count > SectionPage.short
                    ? "question=\(Base64URL.percentEncoded(question.id))&from=check" : "from=check"
                let path = held.path("/sections/\(section.domain.id)?\(query)#\(question.id)")
                let answer = journey.isAnswered(question) ? answers.answer(journey.reading.answers[question.id]) : words[.checkNone]
                return SummaryRow(
                    key: title, value: answer, note: remark(question, journey, noteLength),
                    badge: question.isKeyMeasure(at: journey.level) ? Badge(.neutral, words[.keyMeasure]) : nil,
                    change: held.may(.edit)
                        ? SummaryRow.Change(words[.checkChange], hidden: title, link: Link(path: path), id: "change-\(question.id)") : nil)
            })
    }

    private func remark(_ question: Question, _ journey: Journey, _ length: Int) -> String? {
        let remark = AnswerWords.remark(journey.reading.answers[question.id], note: journey.reading.notes[question.id])
        guard let remark else { return nil }
        return remark.utf8.count > length ? remark.prefix(length) + " …" : remark
    }

    private func send(_ journey: Journey, _ html: inout HTML) {
        html.heading(words[.checkSendTitle])
        let open = journey.unanswered.count
        if open > 0 { html.inset(words.count(open, .checkOpenOne, .checkOpenMany)) }
        html.paragraph(words[.checkSend])
        html.form(action: Link(path: held.path("/check"))) { html in
            html.proof(held.visit)
            html.hiddenField(name: "form", value: Base64URL.encode(held.site.random(16)))
            html.hiddenField(name: "revision", value: String(held.assessment.revision))
            html.buttons([Button(words[.checkConfirm])])
        }
    }
}
