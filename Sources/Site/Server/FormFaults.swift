import HTML
import HTTPTypes
import Hummingbird

/// What is wrong with a posted form, field by field: on top of the page and beside each field, in the same words (UX-6).
struct FormFaults {
    private var list: [(field: String, text: String)] = []

    static let none = FormFaults()

    init() {}
    init(_ field: String, _ text: String) { list = [(field, text)] }

    mutating func add(_ field: String, _ text: String) { list.append((field, text)) }
    subscript(field: String) -> String? { list.first { $0.field == field }?.text }
    var isEmpty: Bool { list.isEmpty }

    fileprivate var summary: [FieldFault] { list.map { FieldFault($0.text, field: $0.field) } }
}

extension ChoiceList {
    /// The box to tick before something goes for good.
    static func sure(_ words: Words, label: String, error: String?, form: PostedForm? = nil) -> ChoiceList {
        ChoiceList(
            id: "sure", name: "sure", legend: words[.deletionLegend], error: error, kind: .several,
            choices: [ChoiceItem(value: "yes", label: label)], selected: [form?["sure"]].compactMap { $0 })
    }
}

extension Visit {
    /// A page with a form: 422 where something is wrong with what was typed.
    /// - Parameter wait: Seconds to wait after too many attempts: then 429, and the page says so.
    func formPage(
        _ title: String, caption: String? = nil, faults: FormFaults = .none, back: TextLink? = nil, setting: PageSetting? = nil,
        wait: Int64? = nil,
        status: HTTPResponse.Status? = nil, content: (inout HTML) -> Void
    ) -> Response {
        var setting = setting ?? PageSetting(title: title)
        setting.hasFaults = !faults.isEmpty
        if let back { setting.back = back }
        let usual = status ?? (faults.isEmpty ? .ok : .unprocessableContent)
        var response = page(setting, status: wait == nil ? usual : .tooManyRequests) { html in
            html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: faults.summary))
            html.pageHeading(title, caption: caption)
            if let wait {
                html.notice(Notice(.warning, title: words[.tooManyTitle], text: words[.tooManyNext, ["seconds": String(wait)]]))
            }
            content(&html)
        }
        if let wait { response.headers[.retryAfter] = String(wait) }
        return response
    }

    /// The address of the page that a form of this visit goes to, and its fields of every form.
    func form(_ html: inout HTML, _ place: String, id: String? = nil, kept: KeptForm? = nil, content: (inout HTML) -> Void) {
        html.form(id: id, action: Link(path: path(place))) { html in
            html.proof(self)
            kept?.write(into: &html)
            content(&html)
        }
    }
}
