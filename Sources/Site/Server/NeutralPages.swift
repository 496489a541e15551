import HTML
import Hummingbird
import NIOCore
import QuestionnaireFiles

/// Pages for somebody whose language is not known: every language, one after the other.
struct NeutralPage {
    let site: Site

    /// For a browser that asks for none of our languages.
    func chooser() -> HTML {
        page { html in
            html.pageHeading(site.words(.en)[.siteName])
            html.element(.ul) { list in
                for language in Language.allCases {
                    list.element(.li) { item in
                        item.element(
                            .a, .href(Link(path: "/\(language.rawValue)")), .lang(language.rawValue), .hreflang(language.rawValue),
                            text: site.words(language)[.labelled, ["label": language.ownName, "value": site.words(language)[.siteChoose]]])
                    }
                }
            }
        }
    }

    /// For a request that is no HTTP, or whose head is too long.
    func brokenRequest() -> HTML {
        page { html in
            html.pageHeading(site.words(.en)[.siteName])
            for language in Language.allCases {
                let words = site.words(language)
                html.element(.section, .lang(language.rawValue)) { section in
                    section.heading(words[.brokenRequestTitle])
                    section.paragraph(words[.brokenRequestWhat])
                    section.paragraph(words[.brokenRequestNext])
                }
            }
        }
    }

    private func page(_ content: (inout HTML) -> Void) -> HTML {
        let words = site.words(.en)
        var html = HTML(capacity: 4_096)
        html.document(
            SiteFrame(
                lang: "en", siteName: words[.siteName], tagline: "", home: "/", stylesheet: Link(path: site.assets.styleSheet.path),
                icon: Link(path: site.assets.icon.path), skipLabel: words[.siteSkip], languageLabel: words[.siteLanguages],
                footerLabel: words[.siteFooter]),
            PageFrame(title: Language.allCases.map(\.ownName).joined(separator: " · ")), content: content)
        return html
    }
}
