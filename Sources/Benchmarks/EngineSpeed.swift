import Assessment

/// Scoring all answers of the highest level.
enum EngineSpeed {
    static func measure(_ questionnaire: Questionnaire, promised: String) {
        let level = questionnaire.levels.count - 1
        let asked = questionnaire.asked(level: level, profile: Profile(), answers: [:]).flatMap(\.questions)
        let answers = Dictionary(
            uniqueKeysWithValues: asked.enumerated().map { place, question in
                (question.id, Answer.marks(questionnaire.aspects.indices.map { .score(1 + (place + $0) % 5) }))
            })
        var checksum = 0
        let rounds = (0..<9).map { _ in
            let took = ContinuousClock().measure {
                for _ in 0..<2_000 { checksum += questionnaire.score(answers, level: level, profile: Profile()).total?.numerator ?? 0 }
            }
            return took / .microseconds(1) / 2_000
        }
        precondition(checksum > 0, "the work was done")
        let aspects = questionnaire.aspects.count
        report("\(asked.count) answers, \(aspects) aspects, scored", "\(rounded(median(rounds))) µs", promised: promised)
    }
}
