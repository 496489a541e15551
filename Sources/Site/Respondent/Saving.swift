import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// What the button asked for beside saving.
enum Then: Equatable {
    case carryOn, later, find, language(Language)
    /// Take the suggestion for a question.
    case take(String)

    /// To be read before anything is written: a button that no page of ours has refuses the form.
    init(_ form: PostedForm) throws(FormFault) {
        let text = form["then"] ?? "continue"
        switch text {
        case "continue": self = .carryOn
        case "later": self = .later
        case "find": self = .find
        case _ where text.hasPrefix("take:"): self = .take(String(text.dropFirst("take:".count)))
        default:
            guard text.hasPrefix("language:"), let language = Language(rawValue: String(text.dropFirst("language:".count))) else {
                throw .unknown("then")
            }
            self = .language(language)
        }
    }
}

/// One save of a form that shows some fields of an assessment.
enum Saving {
    /// Fields of every form of ours that are no answers.
    static let framework: Set<String> = ["proof", "form", "shown", "then"]
    /// In front of a field's name: what the visitor typed in a field that somebody else changed, until she has chosen.
    static let minePrefix = "mine."
    /// The longest id of a form. Ours have 22 characters.
    private static let formIDLimit = 64

    /// Refuses a form with a field that the page does not have: nothing of it is written (SEC-12).
    static func refuseForeignFields(_ form: PostedForm, allowed: Set<String>) throws(FormFault) {
        for (name, _) in form.fields where !framework.contains(name) && !allowed.contains(name) && !name.hasPrefix("at-") {
            guard name.hasPrefix(minePrefix), allowed.contains(String(name.dropFirst(minePrefix.count))) else { throw .unknown(name) }
        }
        if form["form"]?.utf8.count ?? 0 > formIDLimit { throw .unknown("form") }
    }

    /// Writes what the visitor changed since the page was drawn.
    static func save(_ form: PostedForm, names: [String], held: HeldVisit) async throws -> SaveOutcome {
        let changes = ShownFields(form["shown"] ?? "").changes(in: form, names: names)
        let outcome = try await held.site.store.save(
            changes, form: form["form"] ?? "", assessment: held.assessment.id, section: held.visit.parameters.get("section"),
            selection: held.selection, session: held.key, permit: held.permit, now: held.now)
        return form.isForLanguage ? outcome.with(undecided(form, names, outcome.fields)) : outcome
    }

    /// Conflicts that a form shows and that nothing was chosen for: another language must not decide them.
    private static func undecided(_ form: PostedForm, _ names: [String], _ fields: [String: StoredField]) -> [Conflict] {
        names.compactMap { name in
            guard let mine = form[minePrefix + name], form[name] == nil, let theirs = fields[name], theirs.value != mine else { return nil }
            return Conflict(name: name, mine: mine, theirs: theirs.value, theirsVersion: theirs.version, changedAt: theirs.changedAt)
        }
    }
}

extension HTML {
    /// A form that saves fields: with the CSRF proof, its own id, and what it shows.
    mutating func savingForm(
        _ held: HeldVisit, id: String, action: Link, names: [String], stored: [String: StoredField], form: String? = nil, content: Content
    ) {
        let shown = ShownFields.text(names: names) { stored[$0] }
        let state = ShownFields.state(shown)
        self.form(id: id, name: state, action: action) { html in
            html.savingFields(held, shown: shown, state: state, form: form)
            content(&html)
        }
    }

    /// The hidden fields of a form that saves.
    ///
    /// Browsers that load a page anew on Back fill in what was typed before. They tell forms apart by their name (Firefox) or
    /// by the names of their first fields (Chromium, Safari): so both are others once a field has been saved anew, and nothing
    /// old gets over what somebody else has saved since (REL-15).
    mutating func savingFields(_ held: HeldVisit, shown: String, state: String, form: String? = nil) {
        hiddenField(name: state, value: "")
        proof(held.visit)
        hiddenField(name: "form", value: form ?? Base64URL.encode(held.site.random(16)))
        hiddenField(name: "shown", value: shown)
    }
}
