import Assessment
import Hummingbird
import QuestionnaireFiles
import Store

/// A section: show it, save it, go on.
enum SectionRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(
            .get, "/assessments/{assessment}/sections/{section}", .answer, selection: selection,
            handler: { try SectionPage(held: $0).response() })
        routes.add(.post, "/assessments/{assessment}/sections/{section}", .answer, selection: selection, handler: save)
    }

    /// The section's own fields and the facts; all of them where answers elsewhere decide what is asked here.
    private static func selection(_ visit: Visit) -> FieldSelection {
        visit.site.drawings.selection(section: visit.parameters.get("section") ?? "")
    }

    private static func save(_ held: HeldVisit) async throws -> Response {
        guard var form = held.form else { throw SiteError.unknownAction }
        let page = try SectionPage(held: held)
        let names = page.fieldNames
        try Saving.refuseForeignFields(form, allowed: Set(names))
        try refuseForeignValues(form, page)
        let then = try Then(form)
        if case .take(let id) = then {
            guard let question = page.shown.first(where: { $0.id == id }) else { throw SiteError.unknownAction }
            if let suggestion = page.suggestion(question) {
                form = try form.taking(suggestion, for: question, of: held.questionnaire.definition)
            }
        }
        page.typed = form
        let outcome: SaveOutcome
        do {
            outcome = try await Saving.save(form, names: names, held: held)
        } catch let error as StoreError where error.isPassing {
            return NotSaved.response(error, held: held) {
                page.isNotSaved = true
                return page.response(status: .serviceUnavailable)
            }
        }
        guard outcome.conflicts.isEmpty else { return ConflictPage(held: held, outcome: outcome, form: form).response() }
        page.journey = held.journey(outcome.fields, only: page.section.domain.id)
        page.stored = outcome.fields
        switch then {
        case .language(let language): return held.visit.redirect(to: "/\(language.rawValue)\(held.visit.place)\(page.view.query)")
        case .take(let id):
            guard !page.hasFaults else { return page.response(status: .unprocessableContent) }
            return held.visit.redirect(to: "\(page.shown.first { $0.id == id }.map(page.place) ?? held.path())#\(id)")
        case .later: return held.visit.redirect(to: held.path("?saved=later"))
        case .carryOn, .find: return page.hasFaults ? page.response(status: .unprocessableContent) : held.visit.redirect(to: page.next)
        }
    }

    /// A choice that no radio of ours posts is refused as a whole; what people type is kept, even when it is too long.
    private static func refuseForeignValues(_ form: PostedForm, _ page: SectionPage) throws(FormFault) {
        let definition = page.held.questionnaire.definition
        for question in page.shown {
            for aspect in definition.aspects.indices {
                let field = definition.field(.aspect(aspect), of: question.id).name
                guard let value = form[field], !value.isEmpty else { continue }
                guard let choice = Choice(value: value, scale: definition.scale),
                    choice != .notApplicable || definition.mayBeNotApplicable(question, at: page.journey.level)
                else { throw .unknown(field) }
            }
        }
    }
}
