import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// An organisation as its members see it: what it is, how far that is proven, its assessments, its people.
struct OrganisationPage {
    let at: OrganisationVisit
    let members: [Member]
    let assessments: [AssessmentSummary]

    init(_ at: OrganisationVisit) throws {
        self.at = at
        members = try at.site.store.members(of: at.id)
        assessments = try at.site.store.assessments(of: at.id)
    }

    private var words: Words { at.words }

    func response() -> Response {
        at.visit.page(PageSetting(title: at.name, back: .toAccount(at.signed))) { html in
            if at.visit.query["saved"] == "1" { html.notice(Notice(.success, text: words[.profileSaved])) }
            html.pageHeading(at.name)
            html.summaryList(facts)
            if at.may(.manage), at.organisation.proof != .staff {
                html.links([TextLink(words[.organisationProve], Link(path: at.path("/proof")))])
            }
            html.heading(words[.organisationAssessmentsTitle])
            assessmentList(&html)
            html.heading(words[.organisationPeopleTitle])
            html.paragraph(words.count(members.count, .organisationMembersOne, .organisationMembersMany))
            html.links([TextLink(words[.memberTitle], Link(path: at.path("/members")))])
            html.heading(words[.organisationRoleTitle])
            html.paragraph(words[.labelled, ["label": words[at.role.word], "value": words[at.role.explanation]]])
            if at.may(.manage) { html.exportForm(at.signed, "/organisations/\(at.id)", .organisationExport) }
            html.links(
                [
                    TextLink(words[.trailTitle], Link(path: at.path("/audit"))),
                    TextLink(words[.departureTitle], Link(path: at.path("/departure"))),
                ]
                    + (at.may(.manage)
                        ? [TextLink(words[.organisationDeletionTitle, ["organisation": at.name]], Link(path: at.path("/deletion")))] : []))
        }
    }

    private var facts: [SummaryRow] {
        let facts = at.organisation.facts
        let firm = FirmFacts(at.visit, sector: facts.sector, size: facts.sizeClass, region: facts.region, name: "", number: "")
        let row = { (key: Word, value: String, field: String) in
            let change = SummaryRow.Change(words[.checkChange], hidden: words[key], link: Link(path: at.path("/facts#\(field)")))
            return SummaryRow(
                key: words[key], value: value.isEmpty ? words[.checkNone] : value, change: at.may(.manage) ? change : nil)
        }
        return [
            row(.organisationName, facts.name, "name"),
            row(.organisationNumberRow, (try? OrganisationNumber(facts.number))?.shown ?? facts.number, "number"),
            row(.factsSector, firm.sector, "sector"), row(.factsSize, firm.size, "size"), row(.factsRegion, firm.region, "region"),
            SummaryRow(
                key: words[.organisationProofRow], value: proof,
                note: at.organisation.buyerAt.map { words[.organisationBuyer, ["date": words.date($0)]] }),
        ]
    }

    /// How far it is proven that it is who it says (NOT-8).
    private var proof: String {
        let date = at.organisation.proofAt.map { words.date($0) } ?? ""
        return switch at.organisation.proof {
        case .selfDeclared: words[.organisationProofSelf]
        case .staff: words[.organisationProofStaff, ["date": date]]
        case .mail: words[.organisationProofMail, ["domain": at.organisation.proofBy, "date": date]]
        }
    }

    private func assessmentList(_ html: inout HTML) {
        if assessments.isEmpty {
            html.paragraph(words[.organisationAssessmentsNone])
        } else {
            html.table(
                DataTable(
                    caption: words[.organisationAssessmentsTable, ["name": at.name]],
                    columns: [.organisationQuestionnaire, .level, .resultState, .organisationLast, .organisationChanged].map {
                        DataTable.Column(words[$0])
                    }, rows: assessments.map(row), narrow: .stacks))
        }
        guard at.may(.contribute) else { return }
        html.buttons([Button(words[.organisationBegin], .go(Link(path: at.path("/assessments"))), look: .second)])
        html.paragraph(words[.organisationAdoptHint])
    }

    private func row(_ assessment: AssessmentSummary) -> DataTable.Row {
        let text = at.site.catalogue.questionnaire(assessment.questionnaire, edition: assessment.edition)?.text(at.visit.language)
        let path = at.signed.path("/assessments/\(assessment.id)")
        let state: Word =
            switch assessment.last?.revision {
            case nil: .organisationStateOpen
            case assessment.revision: .organisationStateConfirmed
            default: .organisationStateChanged
            }
        let last = assessment.last.map { last in
            let label = words[.tasksSubmission, ["reference": last.reference, "date": words.date(last.at)]]
            return DataTable.Cell.link(TextLink(label, Link(path: "\(path)/submissions/\(last.number)")))
        }
        return DataTable.Row(
            text?.title ?? assessment.questionnaire, link: Link(path: path),
            [
                .text(text?.levels[assessment.level]?.title ?? assessment.level), .text(words[state]), last ?? .text("–"),
                .text(words.moment(assessment.changedAt)),
            ])
    }
}
