import Assessment
import Hummingbird
import QuestionnaireFiles
import Store

/// A few facts about the firm: the sector decides which add-ons are asked; all else serves comparison only.
enum FactsRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(
            .get, "/assessments/{assessment}/facts", .edit, handler: { FactsPage(held: $0, find: $0.visit.query["find"]).response() })
        routes.add(.post, "/assessments/{assessment}/facts", .edit, handler: save)
    }

    private static let names = FirmField.allCases.map(\.rawValue)

    private static func save(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: Set(names + ["find"]))
        try refuseForeignValues(form, held)
        let then = try Then(form)
        if case .take = then { throw FormFault.unknown("then") }
        var page = FactsPage(held: held, find: nil, typed: form)
        let outcome: SaveOutcome
        do {
            outcome = try await Saving.save(form, names: names, held: held)
        } catch let error as StoreError where error.isPassing {
            return NotSaved.response(error, held: held) {
                page.isNotSaved = true; return page.response(status: .serviceUnavailable)
            }
        }
        page.stored = outcome.fields
        guard outcome.conflicts.isEmpty else { return ConflictPage(held: held, outcome: outcome, form: form).response() }
        switch then {
        case .language(let language):
            return held.visit.redirect(to: "/\(language.rawValue)\(held.visit.place)\(page.isFromCheck ? "?from=check" : "")")
        case .find:
            let find = Base64URL.percentEncoded(form["find"] ?? "")
            return held.visit.redirect(to: held.path("/facts?find=\(find)\(page.isFromCheck ? "&from=check" : "")#find"))
        case .carryOn, .later, .take: return try await carryOn(held, page)
        }
    }

    private static func carryOn(_ held: HeldVisit, _ page: FactsPage) async throws -> Response {
        guard page.faults.isEmpty else { return page.response() }
        if !held.assessment.hasLink, !held.assessment.standing.isAdopted {
            do {
                try await PrivateLink.make(held)
            } catch let error as StoreError where error.isPassing {
                // The facts are saved; the page of the link says that there is none yet, and offers to make one.
                held.site.log.event(.error, "notSaved", at: held.now, cause: "\(error)", id: held.visit.id)
            }
            // Who is signed in is asked first whether it belongs to an organisation of hers.
            return held.visit.redirect(to: held.path(held.may(.adopt) ? "/adoption" : "/link"))
        }
        return held.visit.redirect(to: held.path(page.isFromCheck ? "/check" : ""))
    }

    /// Choices of ours are checked before anything is written; typed text is kept as it is.
    private static func refuseForeignValues(_ form: PostedForm, _ held: HeldVisit) throws(FormFault) {
        let classes = held.site.catalogue.classifications
        let allowed: [(FirmField, (String) -> Bool)] = [
            (.level, { held.questionnaire.definition.levelIndex(of: $0) != nil }),
            (.sector, { $0.isEmpty || classes.division($0) != nil }),
            (.size, { $0.isEmpty || classes.hasSize($0) }),
            (.region, { $0.isEmpty || classes.hasRegion($0) }),
        ]
        for (field, isAllowed) in allowed {
            if let value = form[field.rawValue], !isAllowed(value) { throw .unknown(field.rawValue) }
        }
    }
}
