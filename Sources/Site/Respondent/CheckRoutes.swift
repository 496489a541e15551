import Assessment
import HTML
import HTTPTypes
import Hummingbird
import QuestionnaireFiles
import Store

/// Check the answers, confirm, and freeze them.
enum CheckRoutes {
    static func add(to routes: inout RouteTable) {
        routes.add(
            .get, "/assessments/{assessment}/check", .see, handler: { CheckPage(held: $0, last: try $0.lastSubmission()).response() })
        routes.add(.post, "/assessments/{assessment}/check", .confirm, handler: submit)
    }

    private static func submit(_ held: HeldVisit) async throws -> Response {
        guard let form = held.form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: ["revision"])
        guard let formID = form["form"], !formID.isEmpty, let seen = form["revision"].flatMap({ Int64($0) }) else {
            throw FormFault.unknown("form")
        }
        let last = try held.lastSubmission()
        if let last, last.revision == held.assessment.revision {
            // Confirmed already, and nothing has changed since: one result is enough (UX-13).
            return held.visit.redirect(to: held.path("/submissions/\(last.number)/confirmation"))
        }
        let journey = held.journey
        guard journey.unanswered.isEmpty, journey.reading.faults.isEmpty, FactsPage(held: held, find: nil).faults.isEmpty else {
            return CheckPage(held: held, last: last, isRefused: true).response(status: .unprocessableContent)
        }
        guard seen <= held.assessment.revision else { throw FormFault.unknown("revision") }
        do {
            let outcome = try await held.site.store.submit(
                frozen(held, journey, formID: formID, revision: seen), session: held.key, permit: held.permit, by: held.actor, now: held.now
            )
            switch outcome {
            case .accepted(let submission), .replayed(let submission): return confirmation(held, submission)
            case .changedMeanwhile: return CheckPage(held: held, last: last, hasChanged: true).response(status: .conflict)
            }
        } catch let error as StoreError where error.isPassing {
            return NotSaved.response(error, held: held) {
                CheckPage(held: held, last: last, isNotSaved: true).response(status: .serviceUnavailable)
            }
        }
    }

    private static func confirmation(_ held: HeldVisit, _ submission: Submission) -> Response {
        held.visit.redirect(to: held.path("/submissions/\(submission.number)/confirmation"))
    }

    /// `revision` is what the visitor saw; the store refuses it where the assessment has moved on.
    private static func frozen(_ held: HeldVisit, _ journey: Journey, formID: String, revision: Int64) -> NewSubmission {
        let definition = held.questionnaire.definition
        var answers = JSONText()
        answers.object { json in
            AnswersJSON.write(journey.reading.answers, notes: journey.reading.notes, of: definition, into: &json)
        }
        return NewSubmission(
            assessment: held.assessment.id, formID: formID, revision: revision, edition: definition.edition,
            level: definition.levels[journey.level].id, language: held.language.rawValue,
            facts: Facts(
                sector: held.typed(.sector), sizeClass: held.typed(.size), region: held.typed(.region), name: held.typed(.name),
                enterpriseNumber: (try? EnterpriseNumber(typed: held.typed(.number)))?.digits ?? ""),
            answers: answers.text, scorecard: ScorecardJSON.text(journey.scorecard, of: definition),
            reference: Reference.make(held.site.random(5)))
    }
}

/// The number that a person reads out over the telephone: no letters that look or sound like another.
enum Reference {
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Five random bytes give eight characters, as "7K3M-9QXD".
    static func make(_ bytes: [UInt8]) -> String {
        let number = bytes.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let characters = (0..<8).map { letters[Int(number >> (35 - 5 * UInt64($0)) & 31)] }
        return "\(String(characters[..<4]))-\(String(characters[4...]))"
    }
}
