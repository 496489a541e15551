import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// The sections with their state: the first page of every return.
struct TasksPage {
    let held: HeldVisit
    let submissions: [Submission]

    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/assessments/{assessment}", .enter) { held in
            let submissions = try held.site.store.submissions(
                of: held.assessment.id, session: held.key, permit: AssessmentAction.see.permit(), now: held.now)
            return TasksPage(held: held, submissions: submissions).response()
        }
    }

    func response() -> Response {
        let words = held.words
        let journey = held.journey
        let completed = journey.asked.count { journey.status(of: $0) == .completed }
        let setting = PageSetting(title: words[.tasksTitle], back: TextLink(words[.siteHome], Link(path: held.visit.path(""))))
        return held.visit.page(setting) { html in
            if held.visit.query["saved"] == "later" { later(&html) }
            html.pageHeading(words[.tasksTitle], caption: "\(held.text.title) · \(held.levelTitle(journey))")
            html.lead(words[.tasksProgress, ["completed": String(completed), "all": String(journey.asked.count)]])
            html.paragraph(words[.tasksOrder])
            html.taskList(journey.asked.map { row($0, journey) })
            html.buttons(buttons(journey))
            earlier(&html)
            html.heading(words[.tasksFirm])
            html.firmSummary(held, journey)
            html.element(.p) { $0.element(.a, .href(Link(path: held.path("/link"))), text: words[.tasksLink]) }
            html.element(.p) { $0.element(.a, .href(Link(path: held.path("/deletion"))), text: words[.tasksDelete]) }
        }
    }

    private func later(_ html: inout HTML) {
        let link = TextLink(held.words[.tasksLink], Link(path: held.path("/link")))
        html.notice(Notice(.success, title: held.words[.savedTitle], text: held.words[.savedLater], link: link))
    }

    private func row(_ asked: AskedDomain, _ journey: Journey) -> TaskRow {
        let words = held.words
        let badge: Badge =
            switch journey.status(of: asked) {
            case .completed: Badge(.plain, words[.tasksCompleted])
            case .inProgress: Badge(.wait, words[.tasksInProgress])
            case .notStarted: Badge(.neutral, words[.tasksNotStarted])
            }
        return TaskRow(
            title: held.text.domains[asked.domain.id]?.title ?? asked.domain.id,
            hint: words.count(asked.questions.count, .questionOne, .questionMany)
                + (asked.domain.condition == nil ? "" : " · \(words[.tasksAddOn])"),
            status: badge, link: Link(path: held.path("/sections/\(asked.domain.id)")))
    }

    private func buttons(_ journey: Journey) -> [Button] {
        let words = held.words
        let check = Button(words[.checkTitle], .go(Link(path: held.path("/check"))), look: journey.nextSection == nil ? .primary : .second)
        guard let next = journey.nextSection else { return [check] }
        let domain = journey.asked[next].domain.id
        let label = words[.tasksContinue, ["number": String(next + 1)]]
        return [Button(label, .go(Link(path: held.path("/sections/\(domain)")))), check]
    }

    private func earlier(_ html: inout HTML) {
        guard !submissions.isEmpty else { return }
        let words = held.words
        html.heading(words[.tasksEarlier])
        html.paragraph(words[.tasksAgain])
        html.element(.ul) { list in
            for submission in submissions {
                let label = words[.tasksSubmission, ["reference": submission.reference, "date": words.date(submission.at)]]
                list.element(.li) { $0.element(.a, .href(Link(path: held.path("/submissions/\(submission.number)"))), text: label) }
            }
        }
    }
}

/// The facts about the firm in words.
struct FirmFacts {
    let sector: String
    let size: String
    let region: String
    let name: String
    let number: String

    init(_ held: HeldVisit) {
        self.init(
            held.visit, sector: held.typed(.sector), size: held.typed(.size), region: held.typed(.region), name: held.typed(.name),
            number: held.typed(.number))
    }

    init(_ visit: Visit, sector: String, size: String, region: String, name: String, number: String) {
        let classes = visit.site.catalogue.classifications
        let language = visit.language
        self.sector = classes.division(sector)?.names[language] ?? ""
        self.size = classes.sizes.first { $0.id == size }?.names[language] ?? ""
        self.region =
            region == "other"
            ? visit.words[.factsRegionOther] : classes.regions.flatMap(\.parts).first { $0.id == region }?.names[language] ?? ""
        self.name = name
        self.number = (try? EnterpriseNumber(typed: number))?.display ?? number
    }
}

extension HeldVisit {
    func levelTitle(_ journey: Journey) -> String { text.levels[journey.questionnaire.levels[journey.level].id]?.title ?? "" }
}

extension HTML {
    /// The facts as they are now, each with a link to change it.
    /// - Parameter query: Says where the change comes back to.
    mutating func firmSummary(_ held: HeldVisit, _ journey: Journey, query: String = "") {
        let words = held.words
        let facts = FirmFacts(held)
        let row = { (key: Word, value: String, field: String) in
            SummaryRow(
                key: words[key], value: value.isEmpty ? words[.checkNone] : value,
                change: SummaryRow.Change(
                    words[.checkChange], hidden: words[key], link: Link(path: held.path("/facts\(query)#\(field)")), id: "change-\(field)"))
        }
        summaryList([
            row(.level, held.levelTitle(journey), "level"), row(.factsSector, facts.sector, "find"), row(.factsSize, facts.size, "size"),
            row(.factsRegion, facts.region, "region"), row(.factsName, facts.name, "name"), row(.factsNumber, facts.number, "number"),
        ])
    }
}
