import Hummingbird
import Store

/// Confirmation, result, plan and explanation of one submission.
enum ResultRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/submissions/{submission}"
        routes.add(.get, "\(place)/confirmation", .see, handler: { ConfirmationPage(result: try SubmissionResult($0)).response() })
        routes.add(.get, place, .see) { held in
            let result = try SubmissionResult(held)
            let submissions = try held.site.store.submissions(of: held.assessment.id, session: held.key, permit: held.permit, now: held.now)
            let before = try submissions.filter { $0.number < result.submission.number }.prefix(5).map { try SubmissionResult(held, $0) }
            return ResultPage(result: result, before: before).response()
        }
        routes.add(.get, "\(place)/plan", .see, handler: { PlanPage(result: try SubmissionResult($0)).response() })
        routes.add(.get, "\(place)/why", .see, handler: { WhyPage(result: try SubmissionResult($0)).response() })
        routes.add(.get, "\(place)/answers", .see, handler: { AnswersPage(result: try SubmissionResult($0)).response() })
    }
}
