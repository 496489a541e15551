import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// What the button asked for beside saving.
enum Then: Equatable {
    case carryOn, later, find, language(Language)

    /// To be read before anything is written: a button that no page of ours has refuses the form.
    init(_ form: PostedForm) throws(FormFault) {
        let text = form["then"] ?? "continue"
        switch text {
        case "continue": self = .carryOn
        case "later": self = .later
        case "find": self = .find
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

    /// Refuses a form with a field that the page does not have: nothing of it is written (SEC-12).
    static func refuseForeignFields(_ form: PostedForm, allowed: Set<String>) throws(FormFault) {
        for (name, _) in form.fields where !framework.contains(name) && !allowed.contains(name) { throw .unknown(name) }
    }

    /// Writes what the visitor changed since the page was drawn.
    static func save(_ form: PostedForm, names: [String], held: HeldVisit) async throws -> SaveOutcome {
        let changes = ShownFields(form["shown"] ?? "").changes(in: form, names: names)
        return try await held.site.store.save(
            changes, form: form["form"] ?? "", assessment: held.assessment.id, selection: held.selection, session: held.key,
            expires: held.visit.sessionEnd, now: held.now)
    }
}

extension HTML {
    /// The hidden fields of a form that saves: the CSRF proof, the form's own id, and what it shows.
    mutating func savingFields(_ held: HeldVisit, names: [String], stored: [String: StoredField], form: String? = nil) {
        proof(held.visit)
        hiddenField(name: "form", value: form ?? Base64URL.encode(held.site.random(16)))
        hiddenField(name: "shown", value: ShownFields.text(names: names, stored: stored))
    }
}
