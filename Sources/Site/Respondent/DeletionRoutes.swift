import HTML
import Hummingbird
import Store

/// Delete everything of an assessment, at once and for good (SEC-28).
enum DeletionRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(.get, "/assessments/{assessment}/deletion", .manage, handler: { DeletionPage(held: $0).response() })
        routes.add(.post, "/assessments/{assessment}/deletion", .manage, handler: delete)
        routes.add(.get, "/deleted", anyone: { DeletedPage(visit: $0).response() })
    }

    private static func delete(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: ["sure"])
        guard form["sure"] == "yes" else { return DeletionPage(held: held, isUnsure: true).response() }
        try await held.site.store.erase(
            assessment: held.assessment.id, session: held.key, permit: held.permit, by: held.actor, now: held.now)
        return held.visit.redirect(to: held.visit.path("/deleted"))
    }
}

struct DeletionPage {
    let held: HeldVisit
    /// The box was not ticked.
    var isUnsure = false

    func response() -> Response {
        let words = held.words
        let fault = isUnsure ? words[.deletionMissing] : nil
        let setting = PageSetting(
            title: words[.deletionTitle], hasFaults: isUnsure, back: TextLink(words[.tasksBack], Link(path: held.path())))
        return held.visit.page(setting, status: isUnsure ? .unprocessableContent : .ok) { html in
            if let fault { html.errorSummary(ErrorSummary(title: words[.errorTitle], faults: [FieldFault(fault, field: "sure")])) }
            html.pageHeading(words[.deletionTitle])
            html.paragraph(words[.deletionWhat])
            html.paragraph(words[.deletionKeep])
            html.form(action: Link(path: held.path("/deletion"))) { html in
                html.proof(held.visit)
                html.choiceList(.sure(words, label: words[.deletionSure], error: fault))
                html.buttons([Button(words[.deletionButton], look: .warning)])
            }
        }
    }
}

struct DeletedPage {
    let visit: Visit

    func response() -> Response {
        visit.page(PageSetting(title: visit.words[.deletedTitle])) { html in
            html.pageHeading(visit.words[.deletedTitle])
            html.paragraph(visit.words[.deletedText])
            html.element(.p) { $0.element(.a, .href(Link(path: visit.path(""))), text: visit.words[.errorHome]) }
        }
    }
}
