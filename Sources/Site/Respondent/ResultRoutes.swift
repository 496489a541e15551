import Hummingbird
import Store

/// Confirmation, result, plan and explanation of one submission.
enum ResultRoutes {
    static func add(to routes: inout RouteTable) {
        let place = "/assessments/{assessment}/submissions/{submission}"
        routes.add(.get, "\(place)/confirmation", holder: { ConfirmationPage(result: try SubmissionResult($0)).response() })
        routes.add(.get, place) { held in
            let result = try SubmissionResult(held)
            let submissions = try held.site.store.submissions(of: held.assessment.id, session: held.key, now: held.now)
            let before = try submissions.filter { $0.number < result.submission.number }.prefix(5).map { try SubmissionResult(held, $0) }
            return ResultPage(result: result, before: before).response()
        }
        routes.add(.get, "\(place)/plan", holder: { PlanPage(result: try SubmissionResult($0)).response() })
        routes.add(.get, "\(place)/why", holder: { WhyPage(result: try SubmissionResult($0)).response() })
        routes.add(.get, "\(place)/answers", holder: { AnswersPage(result: try SubmissionResult($0)).response() })
    }
}
