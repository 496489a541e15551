import HTML
import Hummingbird

/// For a form or page of an assessment that this browser does not hold (any more): nothing typed is lost.
/// With a form, its fields come back hidden, to be sent again once the private link has been given.
struct KeptFormPage {
    let visit: Visit
    let form: PostedForm?
    /// The browser holds the assessment; only the form is of an earlier session.
    let isHeld: Bool

    func response() -> Response {
        let words = visit.words
        let title = words[form == nil ? .closedTitle : isHeld ? .keptTitleHeld : .keptTitle]
        var setting = PageSetting(title: title)
        if form != nil {
            setting.languageForm = "kept"
            setting.isResent = true
            setting.place = isHeld ? visit.place : "/open"
        }
        return visit.page(setting, status: .forbidden) { html in
            html.pageHeading(title)
            if let form {
                html.paragraph(words[isHeld ? .keptWhatHeld : .keptWhat])
                isHeld ? again(form, &html) : open(&html, keeping: form)
                if !isHeld { signIn(&html, keeping: form) }
            } else {
                html.paragraph(words[.closedWhat])
                if visit.place.hasSuffix("/deletion") { html.paragraph(words[.closedDeleted]) }
                open(&html, keeping: nil)
                signIn(&html, keeping: nil)
                html.element(.p) { $0.element(.a, .href(Link(path: visit.path(""))), text: words[.closedNew]) }
            }
            html.contact(visit)
        }
    }

    /// Somebody with an account may be a member of the organisation that the assessment belongs to.
    private func signIn(_ html: inout HTML, keeping form: PostedForm?) {
        html.heading(visit.words[.signInAccountTitle])
        html.signInForm(visit, kept: KeptForm(visit, form: form))
    }

    private func again(_ form: PostedForm, _ html: inout HTML) {
        html.form(id: "kept", action: Link(path: visit.path(visit.place))) { $0.again(form.fields, visit) }
    }

    private func open(_ html: inout HTML, keeping form: PostedForm?) {
        html.form(id: "kept", action: Link(path: visit.path("/open"))) { html in
            html.proof(visit)
            if let form { KeptForm(visit, form: form).write(into: &html) }
            html.textField(.privateLink(visit.words))
            html.buttons([Button(visit.words[.openButton])])
        }
    }
}

extension HTML {
    /// The fields of a form that came too late, and the button that sends them again.
    mutating func again(_ fields: [(name: String, value: String)], _ visit: Visit, label: Word = .keptSave) {
        for (name, value) in fields where name != "proof" && name != "then" && !KeptForm.isSecret(name) {
            hiddenField(name: name, value: value)
        }
        proof(visit)
        let then = fields.first { $0.name == "then" }?.value ?? "continue"
        buttons([Button(visit.words[label], .submit(name: "then", value: then))])
    }
}

extension TextField {
    static func privateLink(_ words: Words, value: String = "", error: String? = nil) -> TextField {
        TextField(
            id: "link", name: "link", label: words[.openLabel], value: value, hint: words[.openHint], error: error,
            autocomplete: "off", isSpellChecked: false)
    }
}
