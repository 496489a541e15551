import HTML
import HTTPTypes
import Hummingbird
import NIOCore
import QuestionnaireFiles

/// What the frame around a page needs to know of it.
struct PageSetting {
    var title: String
    var hasFaults = false
    var back: TextLink?
    /// The id of the form that switching the language saves first (UX-30).
    var languageForm: String?
    var isPrivate = true
}

extension Visit {
    /// A whole page in this visit's language.
    func page(_ setting: PageSetting, status: HTTPResponse.Status = .ok, content: (inout HTML) -> Void) -> Response {
        var html = HTML(capacity: 32_768)
        html.document(frame(setting), content: content)
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: language.rawValue],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: html.bytes)))
        if isSecretNew { SessionCookie.set(secret, on: &response) }
        return response
    }

    /// 303: the browser gets the next page with GET, so that a reload never posts again (REL-14).
    func redirect(to path: String) -> Response { .redirect(to: Link(path: path).address) }

    private func frame(_ setting: PageSetting) -> PageFrame {
        let query = request.uri.query.map { "?\($0)" } ?? ""
        let here = { [place] (language: Language) in Link(path: "/\(language.rawValue)\(place)\(query)") }
        return PageFrame(
            lang: language.rawValue, title: setting.title, errorPrefix: setting.hasFaults ? words[.errorPrefix] : nil,
            siteName: words[.siteName], tagline: words[.siteTagline],
            operatorName: site.configuration.operatorName.isEmpty ? nil : site.configuration.operatorName,
            operatorLogo: site.assets.logo.map { Link(path: $0.path) }, home: Link(path: path("")),
            stylesheet: Link(path: site.assets.styleSheet.path), icon: Link(path: site.assets.icon.path),
            skipLabel: words[.siteSkip], languageLabel: words[.siteLanguages],
            languages: Language.allCases.map {
                LanguageLink(code: $0.rawValue, ownName: $0.ownName, link: here($0), isCurrent: $0 == language)
            },
            languageForm: setting.languageForm,
            alternates: Language.allCases.map { Alternate(code: $0.rawValue, link: here($0)) }
                + [Alternate(code: "x-default", link: Link(path: setting.isPrivate ? "\(path(place))\(query)" : "/"))],
            backLink: setting.back, footerLabel: words[.siteFooter],
            footerLinks: [
                TextLink(words[.siteHelp], Link(path: path("/help"))), TextLink(words[.siteOpen], Link(path: path("/open"))), contactLink,
            ].compactMap { $0 },
            footerText: footerText, isPrivate: setting.isPrivate)
    }

    private var contactLink: TextLink? {
        let contact = site.configuration.operatorContact
        return Link(outside: "mailto:\(contact)").flatMap { contact.isEmpty ? nil : TextLink(contact, $0) }
    }

    private var footerText: String {
        let name = site.configuration.operatorName
        return name.isEmpty ? words[.siteOfferedByNobody] : words[.siteOfferedBy, ["operator": name]]
    }
}

extension HTML {
    /// What every form of ours carries.
    mutating func proof(_ visit: Visit) { hiddenField(name: "proof", value: visit.secret.proof) }

    /// The contact that the operator gives, or nothing.
    mutating func contact(_ visit: Visit) {
        let configuration = visit.site.configuration
        guard !configuration.operatorContact.isEmpty else { return }
        element(.p) { line in
            line.text(visit.words[.helpContact] + " ")
            if let link = Link(outside: "mailto:\(configuration.operatorContact)") {
                line.element(.a, .href(link), text: configuration.operatorContact)
            } else {
                line.text(configuration.operatorContact)
            }
        }
    }
}
