import Assessment
import Foundation
import QuestionnaireFiles
import Site
import Store

/// Assessments that are begun, with the cookies that open them.
struct Prepared {
    struct One {
        let id: String
        let secret: SessionSecret
    }

    let all: [One]

    /// - Parameter fields: what is answered already.
    init(_ store: Store, _ questionnaire: LoadedQuestionnaire, count: Int, fields: [String: String] = [:]) async throws {
        let now = Site.systemClock()
        var all: [One] = []
        for number in 0..<count {
            let one = One(id: "benchmark-\(number)", secret: SessionSecret(bytes: Site.systemRandom(32)))
            try await store.begin(
                NewAssessment(
                    id: one.id, questionnaire: questionnaire.definition.id, edition: questionnaire.definition.edition,
                    checksum: questionnaire.checksum, language: "en",
                    fields: fields.merging(["firm.level": "standard"]) { given, _ in given }),
                session: one.secret.key, expires: now.adding(days: 1), now: now)
            all.append(one)
        }
        self.all = all
    }
}
