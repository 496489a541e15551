import HTML
import Hummingbird
import QuestionnaireFiles

/// Where somebody wanted to go when she had to sign in first, and what she had typed there (UX-24): carried through the
/// sign-in as hidden fields.
struct KeptForm {
    /// Behind the language.
    let place: String
    /// Empty where there was no form.
    let fields: [(name: String, value: String)]

    /// A page to go on with.
    init(place: String) {
        self.place = place
        fields = []
    }

    /// What a visit that was refused wanted.
    init(_ visit: Visit, form: PostedForm?) {
        place = visit.place + (visit.request.method == .get ? visit.request.uri.query.map { "?\($0)" } ?? "" : "")
        fields = form?.fields.filter { $0.name != "proof" && !Self.isSecret($0.name) } ?? []
    }

    /// What a form of the sign-in carried; `nil` for nothing, or for an address that is none of ours.
    init?(_ form: PostedForm) {
        guard let place = form["keep"].flatMap(Self.place) else { return nil }
        self.place = place
        fields = form.fields.filter { $0.name.hasPrefix("keep.") }.map { (String($0.name.dropFirst(5)), $0.value) }
    }

    /// Where a link to the sign-in said to go on.
    init?(query: [String: String]) {
        guard let place = query["to"].flatMap(Self.place) else { return nil }
        self.place = place
        fields = []
    }

    /// What no page shows again, hidden or not.
    static func isSecret(_ name: String) -> Bool { ["password", "newPassword", "code", "recovery"].contains(name) }

    /// The names of its hidden fields.
    static func isField(_ name: String) -> Bool { name == "keep" || name.hasPrefix("keep.") }

    func write(into html: inout HTML) {
        html.hiddenField(name: "keep", value: place)
        for (name, value) in fields { html.hiddenField(name: "keep.\(name)", value: value) }
    }

    /// The page to go on with: the form again, to be sent with one press, or the page that was asked for.
    func response(_ visit: Visit) -> Response {
        guard fields.isEmpty else { return KeptAgainPage(visit: visit, place: place, fields: fields).response() }
        return visit.redirect(to: visit.path(place))
    }

    /// A path of ours without its language: "/" and no "//", so that it leads nowhere else.
    private static func place(_ text: String) -> String? {
        guard text.hasPrefix("/"), !text.hasPrefix("//"), text.utf8.count <= 2_000 else { return nil }
        return text
    }
}
