import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// Whom to ask for which sections, and whom one has asked.
struct ColleaguesPage {
    /// What was typed and chosen, once nothing is wrong with it.
    struct Wish {
        let name: DisplayName
        let sections: [String]
        let days: Int
        let email: EmailAddress?
    }

    let held: HeldVisit
    private let asked: [AskedDomain]
    private let contributions: [Contribution]
    private var form: PostedForm?
    private var faults = FormFaults.none

    private static let days = [7, 30, 90]

    init(_ held: HeldVisit, form: PostedForm? = nil) throws {
        self.held = held
        self.form = form
        asked = held.journey.asked
        contributions = try held.site.store.contributions(
            to: held.assessment.id, session: held.key, permit: held.permit, now: held.now)
    }

    private var words: Words { held.words }

    /// Only who is known by an account can have us write to somebody.
    private var maySend: Bool { held.site.sendsMail && held.assessment.standing.account != nil }

    /// The name of a section's checkbox.
    private static func field(_ section: AskedDomain) -> String { "section.\(section.domain.id)" }

    var fields: Set<String> { Set(["name", "days"] + (maySend ? ["email"] : []) + asked.map(Self.field)) }

    mutating func read(_ form: PostedForm) throws(FormFault) -> Wish? {
        var name: DisplayName?
        do { name = try DisplayName(form["name"] ?? "") } catch {
            faults.add("name", error.sentence(words, missing: .colleagueNameMissing))
        }
        let sections = asked.filter { form[Self.field($0)] != nil }
        for section in sections where form[Self.field(section)] != section.domain.id { throw .unknown(Self.field(section)) }
        if sections.isEmpty { faults.add("sections", words[.colleagueSectionsMissing]) }
        guard let days = Self.days.first(where: { String($0) == form["days"] ?? "30" }) else { throw .unknown("days") }
        var email: EmailAddress?
        if let typed = form["email"], typed.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) {
            do { email = try EmailAddress(typed) } catch { faults.add("email", error.sentence(words)) }
        }
        guard faults.isEmpty, let name else { return nil }
        return Wish(name: name, sections: sections.map(\.domain.id), days: days, email: email)
    }

    func response() -> Response {
        let back = TextLink(words[.tasksBack], Link(path: held.path()))
        return held.visit.formPage(words[.colleagueTitle], faults: faults, back: back) { html in
            html.lead(words[.colleagueLead])
            held.visit.form(&html, "/assessments/\(held.assessment.id)/colleagues") { html in
                html.hiddenField(name: "form", value: held.site.newID())
                whom(&html)
                html.buttons([Button(words[.colleagueButton])])
            }
            html.heading(words[.colleagueAskedTitle])
            list(&html)
        }
    }

    private func whom(_ html: inout HTML) {
        html.textField(
            TextField(
                id: "name", name: "name", label: words[.colleagueName], value: form?["name"] ?? "", hint: words[.colleagueNameHint],
                error: faults["name"], autocomplete: "off", isSpellChecked: false))
        html.choiceList(
            ChoiceList(
                id: "sections", name: "sections", legend: words[.colleagueSections], error: faults["sections"], kind: .several,
                choices: asked.map { section in
                    ChoiceItem(
                        value: section.domain.id, label: held.title(of: section.domain.id),
                        description: words.count(section.questions.count, .questionOne, .questionMany), ownName: Self.field(section))
                }, selected: asked.compactMap { form?[Self.field($0)] }))
        html.choiceList(
            ChoiceList(
                id: "days", name: "days", legend: words[.colleagueDays],
                choices: Self.days.map { ChoiceItem(value: String($0), label: words[.colleagueDaysCount, ["count": String($0)]]) },
                selected: [form?["days"] ?? "30"]))
        guard maySend else { return }
        html.textField(
            TextField(
                id: "email", name: "email", label: words[.colleagueEmail], value: form?["email"] ?? "", kind: .email,
                hint: words[.colleagueEmailHint], error: faults["email"], autocomplete: "off", isSpellChecked: false))
    }

    private func list(_ html: inout HTML) {
        guard !contributions.isEmpty else { return html.paragraph(words[.colleagueAskedNone]) }
        html.table(
            DataTable(
                caption: words[.colleagueTable],
                columns: [.memberName, .contributeSections, .resultState].map { DataTable.Column(words[$0]) },
                rows: contributions.map { contribution in
                    DataTable.Row(
                        contribution.name, link: Link(path: held.path("/colleagues/\(contribution.id)")),
                        [.text(held.titles(of: contribution)), .text(held.state(of: contribution))])
                }, narrow: .stacks))
    }
}

/// Somebody who was asked: her link, to print or to hand over in another way, while it works.
struct ColleaguePage {
    let held: HeldVisit
    let contribution: Contribution

    /// - Throws: `.notFound` for one of another assessment, and for none.
    init(_ held: HeldVisit) throws {
        let id = try held.visit.parameter("contribution")
        let all = try held.site.store.contributions(to: held.assessment.id, session: held.key, permit: held.permit, now: held.now)
        guard let found = all.first(where: { $0.id == id }) else { throw SiteError.notFound }
        self.held = held
        contribution = found
    }

    func response() -> Response {
        let words = held.words
        let back = TextLink(words[.colleagueTitle], Link(path: held.path("/colleagues")))
        return held.visit.formPage(words[.colleaguePage, ["name": contribution.name]], back: back) { html in
            switch held.visit.query["mail"] {
            case "sent": html.notice(Notice(.success, text: words[.colleagueSent]))
            case "none": html.notice(Notice(.warning, text: words[.invitationNotSent]))
            default: break
            }
            if contribution.works(at: held.now) { link(&html) }
            html.summaryList([
                SummaryRow(key: words[.contributeSections], value: held.titles(of: contribution)),
                SummaryRow(key: words[.resultState], value: held.state(of: contribution)),
            ])
            guard contribution.works(at: held.now) else { return }
            held.visit.form(&html, "/assessments/\(held.assessment.id)/colleagues/\(contribution.id)/withdrawal") { html in
                html.buttons([Button(words[.linkWithdraw], look: .warning)])
            }
        }
    }

    private func link(_ html: inout HTML) {
        let words = held.words
        let address = held.site.address(ofContribution: contribution.id, language: held.language)
        html.lead(words[.colleagueHandOver])
        html.keepsake(address)
        html.qrCode(address, label: words[.colleagueCode])
        html.inset(words[.colleagueSecret])
    }
}

extension HeldVisit {
    func title(of section: String) -> String { text.title(ofDomain: section) }

    fileprivate func titles(of contribution: Contribution) -> String {
        contribution.sections.map { title(of: $0) }.joined(separator: "; ")
    }

    fileprivate func state(of contribution: Contribution) -> String {
        if let withdrawn = contribution.withdrawnAt { return words[.colleagueWithdrawn, ["date": words.moment(withdrawn)]] }
        let word: Word = contribution.works(at: now) ? .colleagueWorks : .colleagueEnded
        return words[word, ["date": words.moment(contribution.expiresAt)]]
    }
}
