import Assessment
import HTML
import Hummingbird
import QuestionnaireFiles
import Store

/// A result begins an assessment with another questionnaire: what is the same is taken over, what resembles it is suggested.
enum CarryRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/submissions/{submission}/carry/{questionnaire}"
        routes.add(.post, place, .edit, handler: carry)
    }

    private static func carry(_ held: HeldVisit) async throws -> Response {
        let result = try SubmissionResult(held)
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: [])
        guard let target = held.site.catalogue.current(try held.visit.parameter("questionnaire")) else { throw SiteError.notFound }
        guard target.definition.isRelated(to: result.definition) else { return held.visit.redirect(to: result.path()) }
        let (fields, equal, similar) = fields(of: target.definition, from: result)
        let id = held.visit.identifier("carry \(target.definition.id) \(form["form"] ?? "")", bytes: 12)
        // Without an organisation the facts come first, and then the private link.
        let isOwned = held.assessment.organisation != nil && held.assessment.standing.role != nil
        let new = NewAssessment(
            id: id, questionnaire: target.definition.id, edition: target.definition.edition, checksum: target.checksum,
            language: held.language.rawValue, fields: fields)
        do {
            try await begin(new, held)
        } catch StoreError.assessmentExists {
            // The same form sent twice begins one assessment (REL-13).
        }
        return held.visit.redirect(
            to: held.visit.path("/assessments/\(id)\(isOwned ? "" : "/facts")?saved=carried&equal=\(equal)&similar=\(similar)"))
    }

    /// Where the old one belongs to an organisation and she is a member, the new one does too.
    private static func begin(_ new: NewAssessment, _ held: HeldVisit) async throws {
        let standing = held.assessment.standing
        guard let organisation = held.assessment.organisation, standing.role != nil, let account = standing.account else {
            return try await held.site.store.begin(new, session: held.key, expires: held.visit.sessionEnd, now: held.now)
        }
        try await held.site.store.begin(
            new, organisation: organisation, account: account, permit: OrganisationAction.contribute.permit, by: held.actor, now: held.now)
    }

    private static func fields(
        of target: Questionnaire, from result: SubmissionResult
    ) -> (fields: [String: String], equal: Int, similar: Int) {
        let facts = result.submission.facts
        var fields: [String: String] = [
            FirmField.level.rawValue: (target.levels.first { $0.id == result.level.id } ?? target.levels[0]).id,
            FirmField.sector.rawValue: facts.sector, FirmField.size.rawValue: facts.sizeClass, FirmField.region.rawValue: facts.region,
            FirmField.name.rawValue: facts.name, FirmField.number.rawValue: facts.enterpriseNumber,
        ]
        let carried = target.carryOver(result.answers, of: result.definition)
        for one in carried {
            guard one.isEqual else {
                fields[Suggestion.field(one.question)] = Suggestion.text(one, of: result.definition, notes: result.notes)
                continue
            }
            for (aspect, score) in one.scores.enumerated() {
                if let score { fields[target.field(.aspect(aspect), of: one.question).name] = String(score) }
            }
            let notes = one.origins.compactMap { result.notes[$0] }
            if !notes.isEmpty { fields[target.field(.note, of: one.question).name] = notes.joined(separator: "\n") }
        }
        // What is only asked at a higher level shows once that is chosen.
        let level = target.levelIndex(of: fields[FirmField.level.rawValue] ?? "") ?? 0
        let asked = carried.filter { one in target.question(one.question).map { $0.level <= level } ?? false }
        return (fields.filter { !$0.value.isEmpty }, asked.count { $0.isEqual }, asked.count { !$0.isEqual })
    }
}

extension HTML {
    /// How much was taken over, on the first page after it.
    mutating func carried(_ held: HeldVisit) {
        let query = held.visit.query
        guard query["saved"] == "carried", let equal = query["equal"].flatMap({ Int($0) }),
            let similar = query["similar"].flatMap({ Int($0) })
        else { return }
        notice(Notice(.success, text: held.words[.carryDone, ["equal": String(equal), "similar": String(similar)]]))
    }

    /// The questionnaires that these answers say something about, each with a button to begin.
    mutating func carryForms(_ result: SubmissionResult) {
        let (words, held) = (result.words, result.held)
        let targets = held.site.catalogue.offered.filter { target in
            target.definition.isRelated(to: result.definition)
                && !target.definition.carryOver(result.answers, of: result.definition).isEmpty
        }
        guard !targets.isEmpty, held.may(.edit) else { return }
        heading(words[.carryTitle])
        paragraph(words[.carryLead])
        for target in targets {
            form(action: Link(path: result.path("/carry/\(target.definition.id)"))) { html in
                html.proof(held.visit)
                html.hiddenField(name: "form", value: Base64URL.encode(held.site.random(16)))
                let label = words[.carryButton, ["questionnaire": target.text(held.language).title]]
                html.buttons([Button(label, look: .second)])
            }
        }
    }
}
