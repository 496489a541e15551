/// What is the same on every page in one language: drawn once, when it is made. All wording is the caller's.
public struct SiteFrame: Sendable {
    let siteName: String
    let languageLabel: String
    /// Up to the page's title.
    let top: HTML
    /// The style sheet, icon and script.
    let assets: HTML
    /// From the end of the head to the language switch.
    let bar: HTML
    let footer: HTML

    /// - Parameters:
    ///   - skipLabel: The first link of every page, which leads to its content.
    ///   - languageLabel: The accessible name of the language switch.
    ///   - footerLabel: The accessible name of the footer's links.
    public init(
        lang: String, siteName: String, tagline: String, operatorName: String? = nil, operatorLogo: Link? = nil, home: Link,
        stylesheet: Link, icon: Link? = nil, script: Link? = nil, skipLabel: String, languageLabel: String, footerLabel: String,
        footerLinks: [TextLink] = [], footerText: String = ""
    ) {
        self.siteName = siteName
        self.languageLabel = languageLabel
        top = HTML.drawn { html in
            html.doctype()
            html.open(.html, [.lang(lang)])
            html.open(.head, [])
            html.void(.meta, .charset("utf-8"))
            html.void(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
            html.void(.meta, .name("color-scheme"), .content("light dark"))
        }
        assets = HTML.drawn { html in
            html.void(.link, .rel("stylesheet"), .href(stylesheet))
            if let icon { html.void(.link, .rel("icon"), .href(icon)) }
            if let script { html.script(src: script) }
        }
        bar = HTML.drawn { html in
            html.close(.head)
            html.open(.body, [])
            html.element(.a, .class("skip"), .href("#main"), text: skipLabel)
            html.open(.header, [])
            html.open(.div, [.class("site top")])
            html.open(.div, [.class("wrap")])
            html.element(.a, .class("home"), .href(home)) { home in
                home.element(.strong, text: siteName)
                home.text(" ")
                home.element(.span, text: tagline)
            }
            if let operatorLogo {
                html.void(.img, .class("logo"), .src(operatorLogo), .alt(operatorName ?? ""))
            } else if let operatorName {
                html.element(.span, .class("operator"), text: operatorName)
            }
        }
        footer = HTML.drawn { html in
            html.siteFooter(label: footerLabel, links: footerLinks, text: footerText)
            html.close(.body)
            html.close(.html)
        }
    }
}

/// What surrounds one page's content, beside what every page has.
public struct PageFrame: Sendable {
    /// The page's own title; the tab shows "prefix title – site".
    public var title: String
    /// "Error: ", on pages that have something to mend (UX-6).
    public var errorPrefix: String?
    public var languages: [LanguageLink]
    /// The id of the page's form. Then the languages are buttons that submit it with `then=language:nl`, so that
    /// switching saves first (UX-30).
    public var languageForm: String?
    /// The languages' buttons send the form to the address of their link instead of the form's own: for pages that answer
    /// to a form, which no link leads to.
    public var languagesResend: Bool
    /// The same page in each language, and `x-default` (UX-29).
    public var alternates: [Alternate]
    public var backLink: TextLink?
    /// True for pages that belong to one person.
    public var isPrivate: Bool

    public init(
        title: String, errorPrefix: String? = nil, languages: [LanguageLink] = [], languageForm: String? = nil,
        languagesResend: Bool = false, alternates: [Alternate] = [], backLink: TextLink? = nil, isPrivate: Bool = false
    ) {
        self.title = title
        self.errorPrefix = errorPrefix
        self.languages = languages
        self.languageForm = languageForm
        self.languagesResend = languagesResend
        self.alternates = alternates
        self.backLink = backLink
        self.isPrivate = isPrivate
    }
}

public struct TextLink: Sendable {
    public var text: String
    public var link: Link
    public init(_ text: String, _ link: Link) {
        self.text = text
        self.link = link
    }
}

public struct LanguageLink: Sendable {
    public var code: String
    /// "Nederlands", not "Dutch".
    public var ownName: String
    public var link: Link
    public var isCurrent: Bool
    public init(code: String, ownName: String, link: Link, isCurrent: Bool) {
        self.code = code
        self.ownName = ownName
        self.link = link
        self.isCurrent = isCurrent
    }
}

public struct Alternate: Sendable {
    /// A language code, or `x-default`.
    public var code: String
    public var link: Link
    public init(code: String, link: Link) {
        self.code = code
        self.link = link
    }
}

extension HTML {
    /// A whole page: head, skip link, header, back link, `<main id="main">` with the content, footer.
    public mutating func document(_ site: SiteFrame, _ page: PageFrame, content: Content) {
        append(site.top)
        element(.title) { title in
            if let prefix = page.errorPrefix { title.text(prefix) }
            title.text(page.title)
            title.text(" – ")
            title.text(site.siteName)
        }
        if page.isPrivate { void(.meta, .name("robots"), .content("noindex, nofollow")) }
        append(site.assets)
        for alternate in page.alternates {
            void(.link, .rel("alternate"), .hreflang(alternate.code), .href(alternate.link))
        }
        append(site.bar)
        languageSwitch(page, label: site.languageLabel)
        close(.div)
        close(.div)
        if let back = page.backLink {
            element(.div, .class("wrap")) { $0.element(.a, .class("back"), .href(back.link), text: back.text) }
        }
        close(.header)
        element(.main, .class("wrap"), .id("main"), .tabindex(-1), content: content)
        append(site.footer)
    }

    static func drawn(_ content: Content) -> HTML {
        var html = HTML(capacity: 1_024)
        content(&html)
        return html
    }

    private mutating func languageSwitch(_ frame: PageFrame, label: String) {
        guard !frame.languages.isEmpty else { return }
        element(.nav, .ariaLabel(label)) { nav in
            // The Enter key presses a form's first button, and that must not be a language.
            if let form = frame.languageForm {
                nav.element(.button, .type("submit"), .form(form), .name("then"), .value("continue"), .hidden(true), text: "")
            }
            nav.element(.ul) { list in
                for language in frame.languages {
                    list.element(.li) { $0.language(language, form: frame.languageForm, isResent: frame.languagesResend) }
                }
            }
        }
    }

    private mutating func language(_ language: LanguageLink, form: String?, isResent: Bool) {
        if language.isCurrent {
            element(.span, .lang(language.code), .ariaCurrent("true"), text: language.ownName)
        } else if let form {
            element(
                .button, .class("link"), .type("submit"), .form(form), .name("then"), .value("language:" + language.code),
                .formaction(isResent ? language.link : nil), .lang(language.code), text: language.ownName)
        } else {
            element(.a, .href(language.link), .lang(language.code), .hreflang(language.code), text: language.ownName)
        }
    }

    fileprivate mutating func siteFooter(label: String, links: [TextLink], text: String) {
        element(.footer, .class("site")) { footer in
            footer.element(.div, .class("wrap")) { wrap in
                if !links.isEmpty {
                    wrap.element(.nav, .ariaLabel(label)) { nav in
                        nav.element(.ul) { list in
                            for link in links { list.element(.li) { $0.element(.a, .href(link.link), text: link.text) } }
                        }
                    }
                }
                if !text.isEmpty { wrap.element(.p, text: text) }
            }
        }
    }
}
