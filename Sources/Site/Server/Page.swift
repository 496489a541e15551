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
    /// The languages' buttons send that form again, for a page that answers to one.
    var isResent = false
    /// Where the languages lead, behind the language, where that is not the page's own address.
    var place: String?
    var isPrivate = true
}

extension Visit {
    /// A whole page in this visit's language.
    func page(_ setting: PageSetting, status: HTTPResponse.Status = .ok, content: (inout HTML) -> Void) -> Response {
        response(drawn(setting, content: content), status: status)
    }

    func drawn(_ setting: PageSetting, content: (inout HTML) -> Void) -> HTML {
        var html = HTML(capacity: 32_768)
        html.document(site.frame(language), frame(setting), content: content)
        return html
    }

    func response(_ html: HTML, status: HTTPResponse.Status = .ok) -> Response {
        var response = Response(
            status: status, headers: SecurityHeaders.page(language),
            body: ResponseBody(byteBuffer: html.withBytes { ByteBuffer(bytes: $0) }))
        if isSecretNew { SessionCookie.set(secret, on: &response) }
        return response
    }

    /// 303: the browser gets the next page with GET, so that a reload never posts again (REL-14).
    func redirect(to path: String) -> Response { .redirect(to: Link(path: path).address) }

    private func frame(_ setting: PageSetting) -> PageFrame {
        let here = links(to: place)
        let there = setting.place.map(links) ?? here
        let own = here.first { $0.0 == language }?.1 ?? "/"
        return PageFrame(
            title: setting.title, errorPrefix: setting.hasFaults ? words[.errorPrefix] : nil,
            languages: there.map { LanguageLink(code: $0.rawValue, ownName: $0.ownName, link: $1, isCurrent: $0 == language) },
            languageForm: setting.languageForm, languagesResend: setting.isResent,
            alternates: here.map { Alternate(code: $0.rawValue, link: $1) } + [
                Alternate(code: "x-default", link: setting.isPrivate ? own : "/")
            ],
            backLink: setting.back, isPrivate: setting.isPrivate)
    }

    /// A place with this request's query, in every language.
    private func links(to place: String) -> [(Language, Link)] {
        let query = request.uri.query.map { "?\($0)" } ?? ""
        return Language.allCases.map { ($0, Link(path: "/\($0.rawValue)\(place)\(query)")) }
    }
}

extension SiteFrame {
    /// What is the same on every page of a language.
    init(_ words: Words, configuration: SiteConfiguration, assets: Assets) {
        let path = { (place: String) in Link(path: "/\(words.language.rawValue)\(place)") }
        let (name, contact) = (configuration.operatorName, configuration.operatorContact)
        let contactLink = contact.isEmpty ? nil : Link(outside: "mailto:\(contact)").map { TextLink(contact, $0) }
        self.init(
            lang: words.language.rawValue, siteName: words[.siteName], tagline: words[.siteTagline],
            operatorName: name.isEmpty ? nil : name, operatorLogo: assets.logo.map { Link(path: $0.path) }, home: path(""),
            stylesheet: Link(path: assets.styleSheet.path), icon: Link(path: assets.icon.path), skipLabel: words[.siteSkip],
            languageLabel: words[.siteLanguages], footerLabel: words[.siteFooter],
            footerLinks: [
                TextLink(words[.siteHelp], path("/help")), TextLink(words[.siteOpen], path("/open")),
                TextLink(words[.siteAccount], path("/account")), TextLink(words[.sitePrivacy], path("/privacy")),
                TextLink(words[.siteAccessibility], path("/accessibility")), contactLink,
            ].compactMap { $0 },
            footerText: name.isEmpty ? words[.siteOfferedByNobody] : words[.siteOfferedBy, ["operator": name]])
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
