import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// What the button asked for beside saving.
enum Then: Equatable {
    case carryOn, later, language(Language), other(String)

    init(_ text: String?) {
        switch text {
        case nil, "continue": self = .carryOn
        case "later": self = .later
        case let text?:
            self = Language(rawValue: text.hasPrefix("language:") ? String(text.dropFirst(9)) : "").map { .language($0) } ?? .other(text)
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
            changes, form: form["form"] ?? "", assessment: held.assessment.id, session: held.key,
            expires: Timestamp(milliseconds: held.now.milliseconds + Limit.sessionMilliseconds), now: held.now)
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
