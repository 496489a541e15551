/// What surrounds every page's content. All wording is the caller's.
public struct PageFrame: Sendable {
    public var lang: String
    /// The page's own title; the tab shows "prefix title – site".
    public var title: String
    /// "Error: ", on pages that have something to mend (UX-6).
    public var errorPrefix: String?
    public var siteName: String
    public var tagline: String
    public var operatorName: String?
    public var operatorLogo: Link?
    public var home: Link
    public var stylesheet: Link
    public var icon: Link?
    public var script: Link?
    public var skipLabel: String
    /// The accessible name of the language switch.
    public var languageLabel: String
    public var languages: [LanguageLink]
    /// The id of the page's form. Then the languages are buttons that submit it with `then=language:nl`, so that
    /// switching saves first (UX-30).
    public var languageForm: String?
    /// The same page in each language, and `x-default` (UX-29).
    public var alternates: [Alternate]
    public var backLink: TextLink?
    /// The accessible name of the footer's links.
    public var footerLabel: String
    public var footerLinks: [TextLink]
    public var footerText: String
    /// True for pages that belong to one person.
    public var isPrivate: Bool

    public init(
        lang: String, title: String, errorPrefix: String? = nil, siteName: String, tagline: String, operatorName: String? = nil,
        operatorLogo: Link? = nil, home: Link, stylesheet: Link, icon: Link? = nil, script: Link? = nil, skipLabel: String,
        languageLabel: String, languages: [LanguageLink], languageForm: String? = nil, alternates: [Alternate] = [],
        backLink: TextLink? = nil, footerLabel: String, footerLinks: [TextLink] = [], footerText: String = "", isPrivate: Bool = false
    ) {
        self.lang = lang
        self.title = title
        self.errorPrefix = errorPrefix
        self.siteName = siteName
        self.tagline = tagline
        self.operatorName = operatorName
        self.operatorLogo = operatorLogo
        self.home = home
        self.stylesheet = stylesheet
        self.icon = icon
        self.script = script
        self.skipLabel = skipLabel
        self.languageLabel = languageLabel
        self.languages = languages
        self.languageForm = languageForm
        self.alternates = alternates
        self.backLink = backLink
        self.footerLabel = footerLabel
        self.footerLinks = footerLinks
        self.footerText = footerText
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
    public mutating func document(_ frame: PageFrame, content: Content) {
        doctype()
        element(.html, .lang(frame.lang)) { html in
            html.element(.head) { $0.head(frame) }
            html.element(.body) { body in
                body.element(.a, .class("skip"), .href("#main"), text: frame.skipLabel)
                body.siteHeader(frame)
                body.element(.main, .class("wrap"), .id("main"), .tabindex(-1), content: content)
                body.siteFooter(frame)
            }
        }
    }

    private mutating func head(_ frame: PageFrame) {
        void(.meta, .charset("utf-8"))
        void(.meta, .name("viewport"), .content("width=device-width, initial-scale=1"))
        void(.meta, .name("color-scheme"), .content("light dark"))
        element(.title) { title in
            if let prefix = frame.errorPrefix { title.text(prefix) }
            title.text(frame.title)
            title.text(" – ")
            title.text(frame.siteName)
        }
        if frame.isPrivate {
            void(.meta, .name("robots"), .content("noindex, nofollow"))
        }
        void(.link, .rel("stylesheet"), .href(frame.stylesheet))
        if let icon = frame.icon { void(.link, .rel("icon"), .href(icon)) }
        for alternate in frame.alternates {
            void(.link, .rel("alternate"), .hreflang(alternate.code), .href(alternate.link))
        }
        if let source = frame.script { script(src: source) }
    }

    private mutating func siteHeader(_ frame: PageFrame) {
        element(.header) { header in
            header.element(.div, .class("site top")) { bar in
                bar.element(.div, .class("wrap")) { wrap in
                    wrap.element(.a, .class("home"), .href(frame.home)) { home in
                        home.element(.strong, text: frame.siteName)
                        home.text(" ")
                        home.element(.span, text: frame.tagline)
                    }
                    if let logo = frame.operatorLogo {
                        wrap.void(.img, .class("logo"), .src(logo), .alt(frame.operatorName ?? ""))
                    } else if let name = frame.operatorName {
                        wrap.element(.span, .class("operator"), text: name)
                    }
                    wrap.languageSwitch(frame)
                }
            }
            if let back = frame.backLink {
                header.element(.div, .class("wrap")) { $0.element(.a, .class("back"), .href(back.link), text: back.text) }
            }
        }
    }

    private mutating func languageSwitch(_ frame: PageFrame) {
        guard !frame.languages.isEmpty else { return }
        element(.nav, .ariaLabel(frame.languageLabel)) { nav in
            // The Enter key presses a form's first button, and that must not be a language.
            if let form = frame.languageForm {
                nav.element(.button, .type("submit"), .form(form), .name("then"), .value("continue"), .hidden(true), text: "")
            }
            nav.element(.ul) { list in
                for language in frame.languages {
                    list.element(.li) { $0.language(language, form: frame.languageForm) }
                }
            }
        }
    }

    private mutating func language(_ language: LanguageLink, form: String?) {
        if language.isCurrent {
            element(.span, .lang(language.code), .ariaCurrent("true"), text: language.ownName)
        } else if let form {
            element(
                .button, .class("link"), .type("submit"), .form(form), .name("then"), .value("language:" + language.code),
                .lang(language.code), text: language.ownName)
        } else {
            element(.a, .href(language.link), .lang(language.code), .hreflang(language.code), text: language.ownName)
        }
    }

    private mutating func siteFooter(_ frame: PageFrame) {
        element(.footer, .class("site")) { footer in
            footer.element(.div, .class("wrap")) { wrap in
                if !frame.footerLinks.isEmpty {
                    wrap.element(.nav, .ariaLabel(frame.footerLabel)) { nav in
                        nav.element(.ul) { list in
                            for link in frame.footerLinks {
                                list.element(.li) { $0.element(.a, .href(link.link), text: link.text) }
                            }
                        }
                    }
                }
                if !frame.footerText.isEmpty { wrap.element(.p, text: frame.footerText) }
            }
        }
    }
}
