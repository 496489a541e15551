import Hummingbird
import QuestionnaireFiles
import Store

/// Everything that is kept about an organisation, as one file for its owners:
///
/// ```
/// {"format": "linchpin-organisation-1", "exported": TIME,
///  "organisation": {"id", "name", "number", "sector", "size", "region", "proof", "proofBy", "proven": TIME, "buyer": TIME, "made": TIME},
///  "members": [{"account", "name", "email", "role", "since": TIME}],
///  "invitations": [{"email", "role", "made": TIME, "expires": TIME, "ended": TIME}],
///  "assessments": [{"id", "questionnaire", "edition", "made": TIME, "changed": TIME,
///    "fields": [{"name", "value", "version", "author", "changed": TIME}],
///    "submissions": [{"number", "reference", "submitted": TIME, "edition", "level", "language", "name", "enterpriseNumber",
///      "sector", "size", "region", "answers": {…}, "scorecard": {…}}],
///    "contributions": [{"id", "name", "sections": […], "made": TIME, "expires": TIME, "withdrawn": TIME}]}],
///  "audit": [{"number", "at": TIME, "actor", "action", "object", "organisation", "detail"}]}
/// ```
///
/// Answers and scorecards are as in the file of a result. The trail's rows come newest first, without addresses: these are the
/// members' own.
enum OrganisationExport {
    static func add(to routes: inout RouteTable) {
        routes.add(.post, "/organisations/{organisation}/export.json", .organisation(.manage), signed: export)
    }

    private static func export(_ signed: SignedVisit) async throws -> Response {
        _ = try signed.fields([])
        let (organisation, store) = (try signed.organisation().organisation, signed.site.store)
        let id = organisation.id
        try await store.noteExport(
            organisation: id, account: signed.account.id, permit: OrganisationAction.manage.permit, by: signed.actor, now: signed.now)
        return ExportFile.response(name: "linchpin-organisation.json") { json, send in
            json.member("format", "linchpin-organisation-1")
            json.member("exported", signed.now)
            json.member("organisation", object: { write(organisation, into: &$0) })
            try write(people: id, store, now: signed.now, into: &json)
            json.begin(.array, "assessments")
            for assessment in try store.assessments(of: id) {
                guard let contents = try store.contents(of: assessment.id, organisation: id) else { continue }
                let disclaimer = signed.site.catalogue.current(assessment.questionnaire)?.text(signed.visit.language).disclaimer
                json.element(object: { write(assessment, contents, disclaimer, into: &$0) })
                try await send(&json)
            }
            json.end(.array)
            try await ExportFile.rows("audit", into: &json, send: send) { (last: AuditEntry?) in
                try store.audit(organisation: id, before: last?.number ?? .max, limit: ExportFile.part)
            } write: { entry, json in
                json.members(entry)
            }
        }
    }

    private static func write(_ organisation: Organisation, into json: inout JSONText) {
        json.member("id", organisation.id)
        json.member("name", organisation.facts.name)
        json.optional("number", organisation.facts.number)
        json.optional("sector", organisation.facts.sector)
        json.optional("size", organisation.facts.sizeClass)
        json.optional("region", organisation.facts.region)
        json.member("proof", organisation.proof.rawValue)
        json.optional("proofBy", organisation.proofBy)
        json.optional("proven", organisation.proofAt)
        json.optional("buyer", organisation.buyerAt)
        json.member("made", organisation.createdAt)
    }

    private static func write(people organisation: String, _ store: Store, now: Timestamp, into json: inout JSONText) throws {
        json.list("members", try store.members(of: organisation)) { member, json in
            json.member("account", member.account)
            json.member("name", member.name)
            json.member("email", member.email)
            json.member("role", member.role.rawValue)
            json.member("since", member.since)
        }
        json.list("invitations", try store.allInvitations(of: organisation)) { invitation, json in
            json.member("email", invitation.email)
            json.optional("role", invitation.role?.rawValue)
            json.member("made", invitation.madeAt)
            json.member("expires", invitation.expiresAt)
            json.optional("ended", invitation.usedAt)
        }
    }

    private static func write(
        _ assessment: AssessmentSummary, _ contents: AssessmentContents, _ disclaimer: String?, into json: inout JSONText
    ) {
        json.member("id", assessment.id)
        json.member("questionnaire", assessment.questionnaire)
        json.member("edition", assessment.edition)
        json.optional("disclaimer", disclaimer)
        json.member("made", assessment.createdAt)
        json.member("changed", assessment.changedAt)
        json.list("fields", contents.fields.sorted { $0.key < $1.key }) { field, json in
            json.member("name", field.key)
            json.member("value", field.value.value)
            json.member("version", Int(field.value.version))
            json.optional("author", field.value.author)
            json.member("changed", field.value.changedAt)
        }
        json.list("submissions", contents.submissions, write)
        json.list("contributions", contents.contributions) { $1.members($0) }
    }

    private static func write(_ submission: Submission, into json: inout JSONText) {
        json.member("number", submission.number)
        json.member("reference", submission.reference)
        json.member("submitted", submission.at)
        json.member("edition", submission.edition)
        json.member("level", submission.level)
        json.member("language", submission.language)
        json.optional("name", submission.facts.name)
        json.optional("enterpriseNumber", submission.facts.enterpriseNumber)
        json.optional("sector", submission.facts.sector)
        json.optional("size", submission.facts.sizeClass)
        json.optional("region", submission.facts.region)
        json.member("answers", json: submission.answers)
        json.member("scorecard", json: submission.scorecard)
    }
}
