import HTML
import Hummingbird
import Store

/// The accessibility statement: what the service keeps to, what was tested, what is missing, and whom to tell (EN 301 549).
struct AccessibilityPage {
    /// The day of the last check of the whole service by the tests and by hand; moved when that is done again.
    private static let checked = Timestamp(year: 2026, month: 11, day: 25)

    let visit: Visit

    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/accessibility", anyone: { AccessibilityPage(visit: $0).response() })
    }

    func response() -> Response {
        let (words, configuration) = (visit.words, visit.site.configuration)
        return visit.page(PageSetting(title: words[.accessibilityTitle], isPrivate: false)) { html in
            html.pageHeading(words[.accessibilityTitle])
            html.lead(words[.accessibilityLead])
            html.heading(words[.accessibilityStatusTitle])
            html.paragraph(words[.accessibilityStatus])
            html.heading(words[.accessibilityTestedTitle])
            html.bullets([
                words[.accessibilityTestedTools], words[.accessibilityTestedHand], words[.accessibilityTestedNarrow],
                words[.accessibilityTestedColours], words[.accessibilityTestedCharts],
            ])
            html.paragraph(words[.accessibilityChecked, ["date": words.date(Self.checked.adding(milliseconds: 12 * 3_600_000))]])
            html.heading(words[.accessibilityLimitsTitle])
            html.bullets([words[.accessibilityLimitPeople], words[.accessibilityLimitTyped], words[.accessibilityLimitFiles]])
            html.heading(words[.accessibilityFeedbackTitle])
            html.paragraph(words[.accessibilityFeedback])
            html.mailLine(words, configuration.accessibilityContact, configuration.operatorContact)
            html.heading(words[.accessibilityEnforcementTitle])
            html.paragraph(words[.accessibilityEnforcement])
            html.paragraph(
                configuration.accessibilityEnforcement.isEmpty
                    ? words[.accessibilityEnforcementBelgium] : configuration.accessibilityEnforcement)
        }
    }
}

extension HTML {
    /// The first address that the operator gives, to write to; a sentence where there is none.
    mutating func mailLine(_ words: Words, _ addresses: String...) {
        guard let address = addresses.first(where: { !$0.isEmpty }), let link = Link(outside: "mailto:\(address)") else {
            return paragraph(words[.helpNoContact])
        }
        element(.p) { $0.element(.a, .href(link), text: address) }
    }
}
