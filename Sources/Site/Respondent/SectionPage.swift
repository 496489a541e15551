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
    /// The questions on this page.
    let shown: [Question]
    var view: View
    var journey: Journey
    var stored: [String: StoredField]
    /// A form that did not go through, to show again as typed.
    var typed: PostedForm?
    var isNotSaved = false

    init(held: HeldVisit) throws {
        self.held = held
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
            shown = [chosen]
        } else {
            view.question = nil
            shown = questions.filter { [journey, view] question in
                switch view.show {
                // What was open when the form was drawn is still on it.
                case "open": !journey.isAnswered(question) || journey.fieldNames(question).contains { held.form?[$0] != nil }
                case "key": question.isKeyMeasure(at: journey.level)
                case let show?: journey.questionnaire.levelIndex(of: show).map { question.level == $0 } ?? true
                case nil: true
                }
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
        let following = journey.asked.drop { $0.domain.id != section.domain.id }.dropFirst()
            .first { held.may(.answer, section: $0.domain.id) }
        guard let following else { return held.path(held.isContributor ? "" : "/check") }
        return held.path("/sections/\(following.domain.id)\(view.one ? "?one=1" : "")")
    }

    var words: Words { held.words }

    func response(status: HTTPResponse.Status = .ok) -> Response {
        if status == .ok, !view.one, view.show == nil { return held.visit.response(fromStencil()) }
        let faults = status == .unprocessableContent ? shown.flatMap(faults) : []
        let page = drawn(
            formName: ShownFields.state(shownText), faults: faults, hidden: { hidden(&$0) },
            question: { panel($1, isChecked: !faults.isEmpty, &$0) })
        return held.visit.response(page, status: status)
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
        var html = HTML(capacity: 8_192 + shown.count * 2_560)
        stencil.show(in: &html, texts: [held.assessment.id, ShownFields.state(shownText)]) { number, html in
            if number == 0 { hidden(&html) } else { panel(number - 1, isChecked: false, &html) }
        }
        return html
    }

    /// Asked for once all is read and saved.
    private lazy var shownText = ShownFields.text(names: fieldNames, stored: stored)

    private func hidden(_ html: inout HTML) { html.savingFields(held, shown: shownText, form: typed?["form"]) }

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

    /// In a long section: which of its questions to look at.
    private func filters(_ html: inout HTML) {
        guard questions.count > Self.short, !view.one else { return }
        var links: [(show: String?, label: String)] = [(nil, words[.sectionShowAll]), ("open", words[.sectionShowOpen])]
        if questions.contains(where: { $0.isKeyMeasure(at: journey.level) }) { links.append(("key", words[.sectionShowKey])) }
        if journey.level > 0 {
            links += journey.questionnaire.levels[...journey.level].map { level in
                (level.id, words[.sectionShowNew, ["level": held.text.title(ofLevel: level.id)]])
            }
        }
        html.element(.nav, .class("filters"), .ariaLabel(words[.sectionShow])) { nav in
            nav.element(.ul) { list in
                for link in links {
                    list.element(.li) { item in
                        guard link.show != view.show else { return item.element(.strong, text: link.label) }
                        var other = view
                        other.show = link.show
                        item.element(.a, .href(Link(path: place(other))), text: link.label)
                    }
                }
            }
        }
    }

    /// Sections up to this many questions need no filter.
    private static let short = 8

    private var otherView: String {
        var other = view
        (other.one, other.question, other.show) = (!view.one, nil, nil)
        return place(other)
    }

    private func place(_ view: View) -> String { held.path("/sections/\(section.domain.id)\(view.query)") }
}
