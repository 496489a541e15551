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
            guard !held.isContributor else { return ContributorPage(held: held).response() }
            let submissions = try held.site.store.submissions(
                of: held.assessment.id, session: held.key, permit: AssessmentAction.see.permit(), now: held.now)
            return TasksPage(held: held, submissions: submissions).response()
        }
    }

    private var words: Words { held.words }

    func response() -> Response {
        let journey = held.journey
        let completed = journey.asked.count { journey.status(of: $0) == .completed }
        return held.visit.page(PageSetting(title: words[.tasksTitle], back: back)) { html in
            saved(&html)
            html.pageHeading(words[.tasksTitle], caption: "\(held.text.title) · \(held.levelTitle(journey))")
            if let end { html.notice(Notice(.warning, text: words[.tasksEnds, ["date": words.date(end)]])) }
            html.lead(words[.tasksProgress, ["completed": String(completed), "all": String(journey.asked.count)]])
            if held.may(.edit) { html.paragraph(words[.tasksOrder]) }
            sections(journey, &html)
            html.buttons(buttons(journey))
            earlier(&html)
            html.heading(words[.tasksFirm])
            html.firmSummary(held, journey)
            links(&html)
        }
    }

    /// Under the names of their groups, where domains have some (CyFun: the functions).
    private func sections(_ journey: Journey, _ html: inout HTML) {
        var rest = journey.asked[...]
        while let first = rest.first {
            let group = first.domain.group
            let list = rest.prefix { $0.domain.group == group }
            rest = rest.dropFirst(list.count)
            if let group { html.heading(held.text.groups[group] ?? group) }
            html.taskList(list.map { row($0, journey) }, id: "task\(group.map { "-\($0)" } ?? "")")
        }
    }

    /// Members come from their organisation.
    private var back: TextLink {
        guard let organisation = held.assessment.organisation, held.assessment.standing.role != nil else {
            return TextLink(words[.siteHome], Link(path: held.visit.path("")))
        }
        return TextLink(words[.organisationBack], Link(path: held.visit.path("/organisations/\(organisation)")))
    }

    /// People, then the link and the end: each where she may.
    private func links(_ html: inout HTML) {
        let isGuest = held.assessment.standing.isAdopted && held.assessment.standing.role == nil
        if isGuest { html.inset(words[.tasksGuest]) }
        // Who is not signed in is asked to.
        let mayAdopt = held.assessment.standing.holds && !held.assessment.standing.isAdopted
        let links: [(isShown: Bool, word: Word, place: String)] = [
            (held.may(.ask), .colleagueTitle, "/colleagues"), (held.hasAuthors, .authorsTitle, "/authors"),
            (mayAdopt, .adoptionTitle, "/adoption"), (held.may(.manage), .tasksLink, "/link"),
            (held.may(.manage), .tasksDelete, "/deletion"),
        ]
        for link in links where link.isShown {
            html.element(.p) { $0.element(.a, .href(Link(path: held.path(link.place))), text: words[link.word]) }
        }
    }

    private func saved(_ html: inout HTML) {
        switch held.visit.query["saved"] {
        case "later" where held.may(.manage): later(&html)
        case "later": html.notice(Notice(.success, title: words[.savedTitle], text: words[.savedLaterMember]))
        case "carried": html.carried(held)
        case "adopted": html.notice(Notice(.success, text: words[.adoptionDone]))
        default: break
        }
    }

    /// When an assessment of no organisation goes that nobody changes any more; nothing before its last days (SEC-30).
    private var end: Timestamp? {
        let last = held.assessment.changedAt
        let isNear = held.assessment.organisation == nil && held.now >= Retention.noticeBegins(after: last)
        return isNear ? Retention.end(after: last) : nil
    }

    private func later(_ html: inout HTML) {
        let link = TextLink(words[.tasksLink], Link(path: held.path("/link")))
        html.notice(Notice(.success, title: words[.savedTitle], text: words[.savedLater], link: link))
    }

    /// Who may not answer finds the answers on the page to check them.
    private func row(_ asked: AskedDomain, _ journey: Journey) -> TaskRow {
        let id = asked.domain.id
        return TaskRow(held, asked, journey, link: held.path(held.may(.edit) ? "/sections/\(id)" : "/check#section-\(id)"))
    }

    private func buttons(_ journey: Journey) -> [Button] {
        let next = held.may(.edit) ? journey.nextSection : nil
        let check = Button(words[.checkTitle], .go(Link(path: held.path("/check"))), look: next == nil ? .primary : .second)
        guard let next else { return [check] }
        let domain = journey.asked[next].domain.id
        let label = words[.tasksContinue, ["number": String(next + 1)]]
        return [Button(label, .go(Link(path: held.path("/sections/\(domain)")))), check]
    }

    private func earlier(_ html: inout HTML) {
        guard !submissions.isEmpty else { return }
        html.heading(words[.tasksEarlier])
        if held.may(.edit) { html.paragraph(words[.tasksAgain]) }
        html.element(.ul) { list in
            for submission in submissions {
                let label = words[.tasksSubmission, ["reference": submission.reference, "date": words.date(submission.at)]]
                list.element(.li) { $0.element(.a, .href(Link(path: held.path("/submissions/\(submission.number)"))), text: label) }
            }
        }
    }
}

extension TaskRow {
    /// A section and how far it is.
    init(_ held: HeldVisit, _ asked: AskedDomain, _ journey: Journey, link: String) {
        let words = held.words
        let badge: Badge =
            switch journey.status(of: asked) {
            case .completed: Badge(.plain, words[.tasksCompleted])
            case .inProgress: Badge(.wait, words[.tasksInProgress])
            case .notStarted: Badge(.neutral, words[.tasksNotStarted])
            }
        self.init(
            title: held.title(of: asked.domain.id),
            hint: Self.progress(asked, journey, words) + (asked.domain.condition == nil ? "" : " · \(words[.tasksAddOn])"),
            status: badge, link: Link(path: link))
    }

    /// "15 questions"; on the way: "15 questions · 3 answered".
    private static func progress(_ asked: AskedDomain, _ journey: Journey, _ words: Words) -> String {
        let questions = asked.questions
        let answered = questions.count(where: journey.isAnswered)
        let all = words.count(questions.count, .questionOne, .questionMany)
        guard answered > 0, answered < questions.count else { return all }
        return "\(all) · \(words[.tasksAnswered, ["answered": String(answered)]])"
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
    /// The facts as they are now, each with a link to change it for who may.
    /// - Parameter query: Says where the change comes back to.
    mutating func firmSummary(_ held: HeldVisit, _ journey: Journey, query: String = "") {
        let words = held.words
        let facts = FirmFacts(held)
        let row = { (key: Word, value: String, field: String) in
            SummaryRow(
                key: words[key], value: value.isEmpty ? words[.checkNone] : value,
                change: held.may(.edit)
                    ? SummaryRow.Change(
                        words[.checkChange], hidden: words[key], link: Link(path: held.path("/facts\(query)#\(field)")),
                        id: "change-\(field)") : nil)
        }
        summaryList([
            row(.level, held.levelTitle(journey), "level"), row(.factsSector, facts.sector, "find"), row(.factsSize, facts.size, "size"),
            row(.factsRegion, facts.region, "region"), row(.factsName, facts.name, "name"), row(.factsNumber, facts.number, "number"),
        ])
    }
}
