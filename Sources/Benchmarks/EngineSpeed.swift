import Assessment

/// Scoring 45 answers.
enum EngineSpeed {
    static func measure(_ questionnaire: Questionnaire) {
        let level = questionnaire.levels.count - 1
        let asked = questionnaire.asked(level: level, profile: Profile(), answers: [:]).flatMap(\.questions)
        let answers = Dictionary(uniqueKeysWithValues: asked.enumerated().map { ($1.id, Answer.marks([.score(1 + $0 % 5)])) })
        var checksum = 0
        let rounds = (0..<9).map { _ in
            let took = ContinuousClock().measure {
                for _ in 0..<2_000 { checksum += questionnaire.score(answers, level: level, profile: Profile()).total?.numerator ?? 0 }
            }
            return took / .microseconds(1) / 2_000
        }
        precondition(checksum > 0, "the work was done")
        report("\(asked.count) answers scored", "\(rounded(median(rounds))) µs", promised: "≤ 20 µs")
    }
}
