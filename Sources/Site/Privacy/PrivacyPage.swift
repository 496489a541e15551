import HTML
import Hummingbird
import Store

/// What is kept about people, why, on what ground, how long and who sees it; their rights, and whom to write to (SEC-28; GDPR,
/// articles 12 to 14). The kinds of data are those of the store's inventory, the figures those by which it deletes.
struct PrivacyPage {
    let visit: Visit

    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/privacy", anyone: { PrivacyPage(visit: $0).response() })
    }

    func response() -> Response {
        let (words, configuration) = (visit.words, visit.site.configuration)
        let name = configuration.operatorName
        return visit.page(PageSetting(title: words[.privacyTitle], isPrivate: false)) { html in
            html.pageHeading(words[.privacyTitle])
            html.lead(words[.privacyLead])
            html.paragraph(name.isEmpty ? words[.privacyNobody] : words[.privacyOperator, ["operator": name]])
            if !configuration.operatorAddress.isEmpty { html.paragraph(configuration.operatorAddress) }
            html.mailLine(words, configuration.privacyContact, configuration.operatorContact)
            html.heading(words[.privacyTableTitle])
            html.paragraph(words[.privacyAnonymous])
            html.table(
                DataTable(
                    caption: words[.privacyTable],
                    columns: [.privacyWhat, .privacyWhy, .privacyBasis, .privacyKept, .privacyWho].map { DataTable.Column(words[$0]) },
                    rows: PersonalData.Kind.allCases.map(row), narrow: .stacks))
            html.definitionList(PersonalData.Basis.allCases.map { Definition(words[$0.text], words[$0.meaning]) })
            if visit.site.sendsMail { html.paragraph(words[.privacyNotice, ["days": String(Retention.noticeDays)]]) }
            html.paragraph(words[.privacyCopies])
            html.heading(words[.privacyOthersTitle])
            html.paragraph(words[.privacyOthers])
            html.heading(words[.helpCookieTitle])
            html.paragraph(words[.helpCookie])
            rights(&html)
        }
    }

    private func row(_ kind: PersonalData.Kind) -> DataTable.Row {
        let (words, texts) = (visit.words, kind.texts)
        let figures: KeyValuePairs = [
            "months": String(Retention.months), "signInDays": String(Retention.signInDays), "linkDays": String(Retention.linkDays),
            "addressMonths": String(Retention.addressMonths),
        ]
        return DataTable.Row(
            words[texts.what],
            [
                .text(words[texts.why]), .text(words[kind.basis.text]), .text(words[kind.keeping.text, figures]), .text(words[texts.who]),
            ])
    }

    private func rights(_ html: inout HTML) {
        let words = visit.words
        let authority = visit.site.configuration.privacyAuthority
        html.heading(words[.privacyRightsTitle])
        html.bullets([
            words[.privacyRightSee], words[.privacyRightCorrect], words[.privacyRightDelete], words[.privacyRightObject],
            words[.privacyRightComplain, ["authority": authority.isEmpty ? words[.privacyAuthorityBelgium] : authority]],
        ])
        html.element(.p) { $0.element(.a, .href(Link(path: visit.path("/account"))), text: words[.siteAccount]) }
    }
}

extension PersonalData.Kind {
    fileprivate var texts: (what: Word, why: Word, who: Word) {
        switch self {
        case .account: (.privacyAccountWhat, .privacyAccountWhy, .privacyWhoColleagues)
        case .secrets: (.privacySecretsWhat, .privacySecretsWhy, .privacyWhoNobody)
        case .visits: (.privacyVisitsWhat, .privacyVisitsWhy, .privacyWhoYou)
        case .memberships: (.privacyMembershipsWhat, .privacyMembershipsWhy, .privacyWhoColleagues)
        case .answers: (.privacyAnswersWhat, .privacyAnswersWhy, .privacyWhoHolders)
        case .firm: (.privacyFirmWhat, .privacyFirmWhy, .privacyWhoHolders)
        case .links: (.privacyLinksWhat, .privacyLinksWhy, .privacyWhoOwners)
        case .contributors: (.privacyContributorsWhat, .privacyContributorsWhy, .privacyWhoHolders)
        case .mail: (.privacyMailWhat, .privacyMailWhy, .privacyWhoNobody)
        case .trail: (.privacyTrailWhat, .privacyTrailWhy, .privacyWhoTrail)
        }
    }
}

extension PersonalData.Basis {
    fileprivate var text: Word {
        switch self {
        case .service: .privacyBasisService
        case .safety: .privacyBasisSafety
        }
    }

    fileprivate var meaning: Word {
        switch self {
        case .service: .privacyBasisServiceMeans
        case .safety: .privacyBasisSafetyMeans
        }
    }
}

extension PersonalData.Keeping {
    fileprivate var text: Word {
        switch self {
        case .whileUsed: .privacyKeptUsed
        case .visits: .privacyKeptVisits
        case .links: .privacyKeptLinks
        case .mail: .privacyKeptMail
        case .trail: .privacyKeptTrail
        }
    }
}
