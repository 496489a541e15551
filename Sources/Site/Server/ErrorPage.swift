import HTML
import HTTPTypes
import Hummingbird

/// A page for what went wrong: what happened, what to do, and that nothing of this request was saved.
struct ErrorPage {
    enum Kind: Equatable {
        case notFound, wrongMethod, tooLarge, fileTooLarge, tooManyFields, notAForm, brokenText, brokenBody, badForm
        case otherSite, noCookie, unavailable, failure
        case tooMany(seconds: Int64), busy, uploadsFull, ticketOver, role

        var status: HTTPResponse.Status {
            switch self {
            case .notFound: .notFound
            case .wrongMethod: .methodNotAllowed
            case .tooLarge, .fileTooLarge: .contentTooLarge
            case .tooManyFields, .badForm, .brokenText: .unprocessableContent
            case .notAForm: .unsupportedMediaType
            case .brokenBody: .badRequest
            case .otherSite, .noCookie, .role: .forbidden
            case .unavailable, .busy, .uploadsFull: .serviceUnavailable
            case .tooMany: .tooManyRequests
            case .ticketOver: .gone
            case .failure: .internalServerError
            }
        }

        fileprivate var words: (title: Word, what: Word, next: Word) {
            switch self {
            case .notFound: (.notFoundTitle, .notFoundWhat, .notFoundNext)
            case .wrongMethod: (.wrongMethodTitle, .wrongMethodWhat, .wrongMethodNext)
            case .tooLarge: (.tooLargeTitle, .tooLargeWhat, .tooLargeNext)
            case .fileTooLarge: (.fileTooLargeTitle, .fileTooLargeWhat, .fileTooLargeNext)
            case .tooManyFields: (.tooManyFieldsTitle, .tooManyFieldsWhat, .tooManyFieldsNext)
            case .notAForm: (.notAFormTitle, .notAFormWhat, .notAFormNext)
            case .brokenText: (.brokenTextTitle, .brokenTextWhat, .brokenTextNext)
            case .brokenBody: (.brokenBodyTitle, .brokenBodyWhat, .brokenBodyNext)
            case .badForm: (.badFormTitle, .badFormWhat, .badFormNext)
            case .otherSite: (.otherSiteTitle, .otherSiteWhat, .otherSiteNext)
            case .noCookie: (.noCookieTitle, .noCookieWhat, .noCookieNext)
            case .unavailable: (.unavailableTitle, .unavailableWhat, .unavailableNext)
            case .failure: (.failureTitle, .failureWhat, .failureNext)
            case .tooMany: (.tooManyTitle, .tooManyWhat, .tooManyNext)
            case .busy: (.busyTitle, .busyWhat, .busyNext)
            case .uploadsFull: (.busyFiles, .busyFilesWhat, .busyFilesNext)
            case .ticketOver: (.ticketOverTitle, .ticketOver, .ticketOverNext)
            case .role: (.roleTitle, .roleWhat, .roleNext)
            }
        }
    }

    let visit: Visit
    let kind: Kind

    /// How long to wait before trying again.
    private var seconds: Int64? {
        switch kind {
        case .tooMany(let seconds): seconds
        case .unavailable, .busy, .uploadsFull: 30
        default: nil
        }
    }

    /// What was typed comes back with a button, where trying again may help (REL-12).
    private var kept: PostedForm? { kind == .unavailable || kind == .busy || kind == .failure ? visit.posted : nil }

    func response() -> Response {
        let words = visit.words
        let form = kept
        var setting = PageSetting(title: words[kind.words.title])
        if form != nil { (setting.languageForm, setting.isResent) = ("kept", true) }
        var response = visit.page(setting, status: kind.status) { html in
            html.pageHeading(words[kind.words.title])
            html.paragraph(words[kind.words.what])
            if let form {
                html.paragraph(words[.errorKept])
                html.form(id: "kept", action: Link(path: visit.path(visit.place))) { $0.again(form.fields, visit, label: .errorAgain) }
            } else {
                html.paragraph(words[kind.words.next, ["seconds": seconds.map { String($0) } ?? ""]])
            }
            if kind == .ticketOver {
                html.element(.p) { $0.element(.a, .href(Link(path: visit.path("/sign-in"))), text: words[.signInTitle]) }
            } else if visit.request.method != .get && visit.request.method != .head {
                html.paragraph(words[.errorNothingSaved])
            }
            html.contact(visit)
            html.element(.p, .class("caption"), text: words[.errorReference, ["id": visit.id]])
            html.element(.p) { $0.element(.a, .href(Link(path: visit.path(""))), text: words[.errorHome]) }
        }
        if let seconds { response.headers[.retryAfter] = String(seconds) }
        return response
    }
}
