import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The answers are in: the reference, what happens now, and where the record is (UX-12). Safe to bookmark.
struct ConfirmationPage {
    let result: SubmissionResult

    func response() -> Response {
        let words = result.words
        return result.held.visit.page(PageSetting(title: words[.confirmationTitle])) { html in
            html.element(.div, .class("notice good"), .role("status")) { box in
                box.pageHeading(words[.confirmationTitle])
                box.element(.p) { line in
                    line.text(words[.confirmationReference] + " ")
                    line.element(.strong, text: result.submission.reference)
                }
            }
            html.paragraph(words[.confirmationDate, ["time": words.moment(result.submission.at)]])
            html.disclaimer(result.text)
            html.heading(words[.confirmationNextTitle])
            html.paragraph(words[.confirmationNext])
            html.buttons([
                Button(words[.confirmationSee], .go(Link(path: result.path()))),
                Button(words[.answersTitle], .go(Link(path: result.path("/answers"))), look: .second),
            ])
            html.contact(result.held.visit)
        }
    }
}

extension HTML {
    /// What the questionnaire has to say wherever its result is shown.
    mutating func disclaimer(_ text: QuestionnaireText) {
        if let text = text.disclaimer { element(.p, .class("caption"), text: text) }
    }
}

extension SubmissionResult {
    /// Questionnaire, level, date and reference in one line.
    var caption: String {
        let level = text.title(ofLevel: level.id)
        return "\(text.title) · \(level) · \(words.date(submission.at)) · \(submission.reference)"
    }
}
