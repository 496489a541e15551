import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// An assessment as a contributor sees it: her sections with their state, and no way to anything else.
struct ContributorPage {
    let held: HeldVisit

    func response() -> Response {
        let words = held.words
        let journey = held.journey
        let mine = journey.asked.filter { held.assessment.standing.sections[$0.domain.id] != nil }
        let completed = mine.count { journey.status(of: $0) == .completed }
        return held.visit.page(PageSetting(title: words[.contributorTitle])) { html in
            if held.visit.query["saved"] == "later" {
                html.notice(Notice(.success, title: words[.savedTitle], text: words[.savedLaterContributor]))
            }
            html.pageHeading(words[.contributorTitle], caption: held.text.title)
            html.lead(words[.tasksProgress, ["completed": String(completed), "all": String(mine.count)]])
            html.paragraph(words[.contributorSeen])
            if mine.isEmpty { html.paragraph(words[.contributorNone]) }
            html.taskList(mine.map { TaskRow(held, $0, journey, link: held.path("/sections/\($0.domain.id)")) })
            html.contact(held.visit)
        }
    }
}
