import HTML
import Hummingbird

/// Help in the same place on every page (WCAG 3.2.6): how it works, and whom to ask.
struct HelpPage {
    let visit: Visit

    func response() -> Response {
        let words = visit.words
        return visit.page(PageSetting(title: words[.helpTitle], isPrivate: false)) { html in
            html.pageHeading(words[.helpTitle])
            html.definitionList([
                Definition(words[.helpSaveTitle], words[.helpSave]),
                Definition(words[.helpWhoTitle], words[.helpWho]),
                Definition(words[.helpScoreTitle], words[.helpScore]),
                Definition(words[.helpUnknownTitle], words[.helpUnknown]),
                Definition(words[.helpNotApplicableTitle], words[.helpNotApplicable]),
                Definition(words[.helpLinkTitle], words[.helpLink]),
                Definition(words[.helpDeleteTitle], words[.helpDelete]),
                Definition(words[.helpCookieTitle], words[.helpCookie]),
            ])
            html.heading(words[.helpContactTitle])
            html.contact(visit)
            if visit.site.configuration.operatorContact.isEmpty { html.paragraph(words[.helpNoContact]) }
            if let website = Link(outside: visit.site.configuration.operatorWebsite) {
                html.element(.p) { $0.element(.a, .href(website), text: visit.site.configuration.operatorWebsite) }
            }
        }
    }
}
