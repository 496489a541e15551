import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Who answered what, and when: section by section, the last word on each question.
struct AuthorsPage {
    let held: HeldVisit
    /// By the ids that fields carry.
    let names: [String: String]

    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/assessments/{assessment}/authors", .see) { held in
            let names = try held.site.store.authors(of: held.assessment.id, session: held.key, permit: held.permit, now: held.now)
            return AuthorsPage(held: held, names: names).response()
        }
    }

    func response() -> Response {
        let words = held.words
        let journey = held.journey
        let answers = AnswerWords(held.visit, held.questionnaire)
        let back = TextLink(words[.tasksBack], Link(path: held.path()))
        return held.visit.page(PageSetting(title: words[.authorsTitle], back: back)) { html in
            html.pageHeading(words[.authorsTitle], caption: held.text.title)
            html.lead(words[.authorsLead])
            for section in journey.asked {
                html.table(
                    DataTable(
                        caption: held.title(of: section.domain.id),
                        columns: [.csvQuestion, .csvAnswer, .trailWho, .trailWhen].map { DataTable.Column(words[$0]) },
                        rows: section.questions.map { row($0, journey, answers) }, narrow: .stacks))
            }
        }
    }

    private func row(_ question: Question, _ journey: Journey, _ answers: AnswerWords) -> DataTable.Row {
        let fields = journey.fieldNames(question).compactMap { held.assessment.fields[$0] }.sorted { $0.changedAt > $1.changedAt }
        let who = fields.map(\.author).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.map(name)
        let answer = answers.answer(journey.isAnswered(question) ? journey.reading.answers[question.id] : nil)
        return DataTable.Row(
            held.text.title(ofQuestion: question.id),
            [
                .text(answer), .text(who.isEmpty ? "–" : who.joined(separator: "; ")),
                .text(fields.first.map { held.words.moment($0.changedAt) } ?? "–"),
            ])
    }

    private func name(_ author: String) -> String {
        author.isEmpty ? held.words[.authorsByLink] : names[author] ?? held.words[.trailGone]
    }
}

extension HeldVisit {
    /// Whether it says anything who wrote what.
    var hasAuthors: Bool { assessment.standing.isAdopted || assessment.fields.values.contains { !$0.author.isEmpty } }
}
