import Assessment
import QuestionnaireFiles
import Synchronization

/// What is asked at a level of a sector, worked out once where no answer plays a part in it. Levels and sectors were
/// checked before they were stored, so there are only so many.
final class OutlineCache: Sendable {
    private struct Key: Hashable {
        let edition: String
        let level: Int
        let sector: String?
    }

    private let outlines = Mutex<[Key: [AskedDomain]]>([:])

    func asked(_ questionnaire: LoadedQuestionnaire, level: Int, profile: Profile, answers: Answers) -> [AskedDomain] {
        let definition = questionnaire.definition
        guard !definition.hasAnswerConditions else { return definition.asked(level: level, profile: profile, answers: answers) }
        let key = Key(edition: questionnaire.checksum, level: level, sector: profile.sector)
        if let known = outlines.withLock({ $0[key] }) { return known }
        let asked = definition.asked(level: level, profile: profile, answers: answers)
        outlines.withLock { $0[key] = asked }
        return asked
    }
}
