import Assessment
import HTML
import HTTPTypes
import Hummingbird
import QuestionnaireFiles
import Store

/// The questions of one domain, or one of them at a time (`?one=1`), at the same address with the same fields (UX-2).
final class SectionPage {
    /// How the section is looked at; it travels in the query.
    struct View {
        var one = false
        /// Which questions: all, "open", "key", or those that the level of this id brings.
        var show: String?
        /// The one to show, or one of the part to show where they do not all fit on a page.
        var question: String?
        /// Came from "check your answers", and goes back there.
        var isFromCheck = false

        init(_ query: [String: String]) {
            one = query["one"] == "1"
            show = query["show"]
            question = query["question"]
            isFromCheck = query["from"] == "check"
        }

        var query: String {
            var parts: [String] = []
            if one { parts.append("one=1") }
            if let show { parts.append("show=\(show)") }
            if let question { parts.append("question=\(Base64URL.percentEncoded(question))") }
            if isFromCheck { parts.append("from=check") }
            return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
        }
    }

    let held: HeldVisit
    let section: AskedDomain
    let index: Int
    let questions: [Question]
    /// The questions that the view lets through, and those of them on this page.
    let listed: [Question]
    let shown: [Question]
    /// As many questions as fit on a page each, where they do not fit on one; this page is one of them.
    let parts: [[Question]]
    var view: View
    var journey: Journey
    var stored: [String: StoredField]
    /// A form that did not go through, to show again as typed.
    var typed: PostedForm?
    var isNotSaved = false

    init(held: HeldVisit, parts: [[Question]] = []) throws {
        self.held = held
        self.parts = parts
        stored = held.assessment.fields
        var view = View(held.visit.query)
        // A contributor comes from her list only.
        if held.isContributor { view.isFromCheck = false }
        let id = try held.visit.parameter("section")
        journey = held.journey(stored, only: id)
        guard let index = journey.asked.firstIndex(where: { $0.domain.id == id }) else { throw SiteError.notFound }
        section = journey.asked[index]
        self.index = index
        questions = section.questions
        if let show = view.show, !["open", "key"].contains(show), journey.questionnaire.levelIndex(of: show) == nil { view.show = nil }
        if view.one {
            let chosen =
                questions.first { $0.id == view.question } ?? questions.first { [journey] in !journey.isAnswered($0) } ?? questions[0]
            view.question = chosen.id
            (listed, shown) = ([chosen], [chosen])
        } else {
            listed = questions.filter { [journey, view] question in
                switch view.show {
                case "open": !journey.isAnswered(question)
                case "key": question.isKeyMeasure(at: journey.level)
                case let show?: journey.questionnaire.levelIndex(of: show).map { question.level == $0 } ?? true
                case nil: true
                }
            }
            if let form = held.form {
                // What was on the form when it was drawn is still on it.
                let kept = questions.filter { [journey] in journey.fieldNames($0).contains { form[$0] != nil } }
                let isPart = view.question != nil && !kept.isEmpty
                let ids = Set((isPart ? kept : kept + listed).map(\.id))
                shown = questions.filter { ids.contains($0.id) }
            } else {
                shown = parts.first { $0.contains { [view] in $0.id == view.question } } ?? parts.first ?? listed
                view.question = parts.isEmpty ? nil : shown.first?.id
            }
        }
        self.view = view
        fields = shown.map(journey.fieldNames)
    }

    /// Of each question shown, in the order of `Journey.fieldNames`.
    let fields: [[String]]
    var fieldNames: [String] { fields.flatMap { $0 } }
    var hasFaults: Bool { !journey.reading.faults.isEmpty && shown.contains { !journey.faults(of: $0).isEmpty } }

    /// Where "Save and continue" leads.
    var next: String {
        if view.isFromCheck { return held.path("/check#section-\(section.domain.id)") }
        if view.one, let after = questions.drop(while: { $0.id != shown[0].id }).dropFirst().first {
            return held.path("/sections/\(section.domain.id)?one=1&question=\(Base64URL.percentEncoded(after.id))")
        }
        if !view.one, view.question != nil {
            let later = Set(questions.drop { $0.id != shown.last?.id }.dropFirst().map(\.id))
            if let after = listed.first(where: { later.contains($0.id) }) { return place(of: after) }
        }
        let following = journey.asked.drop { $0.domain.id != section.domain.id }.dropFirst()
            .first { held.may(.answer, section: $0.domain.id) }
        guard let following else { return held.path(held.isContributor ? "" : "/check") }
        return held.path("/sections/\(following.domain.id)\(view.one ? "?one=1" : "")")
    }

    var words: Words { held.words }

    /// With all that was typed, however long that makes it.
    func response(status: HTTPResponse.Status) -> Response { held.visit.response(whole(status), status: status) }

    func response() throws -> Response {
        let page = view.one || view.show != nil || !parts.isEmpty ? whole(.ok) : fromStencil()
        guard page.count > Limit.pageBytes, parts.isEmpty, shown.count > 1 else { return held.visit.response(page) }
        return try SectionPage(held: held, parts: inParts(page.count)).response()
    }

    private func whole(_ status: HTTPResponse.Status) -> HTML {
        let faults = status == .unprocessableContent ? shown.flatMap(faults) : []
        return drawn(
            formName: looked.state, faults: faults, hidden: { hidden(&$0) },
            question: { panel($1, isChecked: !faults.isEmpty, &$0) })
    }

    var place: Drawings.Place {
        Drawings.Place(
            edition: ObjectIdentifier(held.questionnaire), language: held.language, level: journey.level, position: index)
    }

    /// The page as most visits see it: its frame and headings are the same for everybody.
    private func fromStencil() -> HTML {
        let key = Drawings.Section(
            place: place, section: section.domain.id, sections: journey.asked.count, isFromCheck: view.isFromCheck,
            isForContributor: held.isContributor)
        let stencil = held.site.drawings.sections.value(key) {
            let name = Base64URL.encode(held.site.random(16))
            let page = drawn(formName: name, faults: [], hidden: { $0.gap() }, question: { html, _ in html.gap() })
            return Stencil(page, cutting: [held.assessment.id, name])
        }
        var html = HTML(capacity: 8_192 + shown.count * 4_096)
        stencil.show(in: &html, texts: [held.assessment.id, looked.state]) { number, html in
            if number == 0 { hidden(&html) } else { panel(number - 1, isChecked: false, &html) }
        }
        return html
    }

    /// What is stored is looked up once, when all is read and saved: what each field shows, and what the form says that it shows.
    private lazy var looked: (values: [String], shown: String, state: String) = {
        var values: [String] = []
        values.reserveCapacity(fieldNames.count)
        let shown = ShownFields.text(names: fieldNames) { name in
            let field = stored[name]
            values.append(typed?[name] ?? field?.value ?? "")
            return field
        }
        return (values, shown, ShownFields.state(shown))
    }()

    /// Of one of the questions shown, in the order of its fields.
    func values(_ number: Int) -> ArraySlice<String> {
        let width = fields[number].count
        return looked.values[(number * width)..<((number + 1) * width)]
    }

    private func hidden(_ html: inout HTML) { html.savingFields(held, shown: looked.shown, state: looked.state, form: typed?["form"]) }

    private func drawn(
        formName: String, faults: [FieldFault], hidden: (inout HTML) -> Void, question drawQuestion: (inout HTML, Int) -> Void
    ) -> HTML {
        let title = (held.text.title(ofDomain: section.domain.id)) + (view.one ? " – \(number(shown[0]))" : "")
        let count = words.count(questions.count, .questionOne, .questionMany)
        let position = words[.sectionPosition, ["number": String(index + 1), "all": String(journey.asked.count)]]
        let back =
            view.isFromCheck
            ? TextLink(words[.checkBack], Link(path: held.path("/check"))) : TextLink(words[.tasksBack], Link(path: held.path()))
        let setting = PageSetting(title: title, hasFaults: !faults.isEmpty, back: back, languageForm: "section")
        return held.visit.drawn(setting) { html in
            if isNotSaved { html.notSaved(words) }
            if !faults.isEmpty {
                html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: faults))
                html.notice(Notice(.information, text: words[.sectionDraftKept]))
            }
            // A contributor's list has other sections than the position counts.
            html.pageHeading(title, caption: held.isContributor ? count : "\(position) · \(count)")
            html.paragraph(held.text.domains[section.domain.id]?.summary ?? "")
            if held.questionnaire.definition.aspects.count > 1 { html.scaleInShort(held.visit, held.questionnaire) }
            filters(&html)
            partLinks(&html)
            if shown.isEmpty { html.paragraph(words[.sectionShowNone]) }
            html.form(id: "section", name: formName, action: Link(path: place(view))) { html in
                hidden(&html)
                for place in shown.indices { drawQuestion(&html, place) }
                html.buttons([
                    Button(words[.saveContinue], .submit(name: "then", value: "continue")),
                    Button(words[.saveLater], .submit(name: "then", value: "later"), look: .second),
                ])
            }
            html.element(.p) { $0.element(.a, .href(Link(path: otherView)), text: words[view.one ? .sectionAll : .sectionOne]) }
        }
    }

    private var otherView: String {
        var other = view
        (other.one, other.question, other.show) = (!view.one, nil, nil)
        return place(other)
    }

    /// The part that has this question, where there are parts.
    func place(of question: Question) -> String {
        var other = view
        if !view.one, view.question != nil { other.question = question.id }
        return place(other)
    }

    func place(_ view: View) -> String { held.path("/sections/\(section.domain.id)\(view.query)") }
}
