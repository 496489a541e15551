import Assessment

/// Small questionnaires of the three families that the engine must carry, as data.
enum Sample {
    /// CyFun's rules: two aspects, three nested levels, key measures, category thresholds, limited "not applicable".
    static let cyfun = Questionnaire(
        id: "cyfun-like", edition: "1", aspects: ["documentation", "implementation"], scale: 1...5,
        unknownCountsAs: 1,
        levels: [
            Level(
                id: "basic", total: Fraction(5, 2), keyMeasure: Fraction(5, 2),
                notApplicable: NotApplicableRule(limit: .count(1), countsAs: Fraction(5, 2))),
            Level(
                id: "important", total: 3, keyMeasure: 3,
                notApplicable: NotApplicableRule(limit: .count(3), countsAs: 3)),
            Level(
                id: "essential", total: Fraction(7, 2), domain: 3, keyMeasure: 3,
                notApplicable: NotApplicableRule(limit: .count(5), countsAs: 3)),
        ],
        domains: [
            Domain(
                id: "ID.AM",
                topics: [
                    Topic(id: "ID.AM-01", questions: [Question(id: "ID.AM-01.1"), Question(id: "ID.AM-01.2", level: 1)]),
                    Topic(id: "ID.AM-02", questions: [Question(id: "ID.AM-02.1", effort: .small)]),
                ]),
            Domain(
                id: "PR.AA",
                topics: [
                    Topic(
                        id: "PR.AA-03",
                        questions: [
                            Question(id: "PR.AA-03.1"),
                            Question(id: "PR.AA-03.2", keyMeasureFrom: 0),
                            Question(id: "PR.AA-03.3", level: 1, keyMeasureFrom: 2, mustApplyFrom: 1),
                        ])
                ]),
            Domain(id: "GV.OV", topics: [Topic(id: "GV.OV-01", questions: [Question(id: "GV.OV-01.1", level: 2)])]),
        ])

    /// DIN SPEC 27076's rules: met or not met, +1/0, key requirements +3/−3, "irrelevant" left out.
    static let spec27076 = Questionnaire(
        id: "din-like", edition: "1", aspects: ["practice"], scale: 0...1,
        scoring: .points(ordinary: [0, 1], key: [-3, 3]), unknownCountsAs: 0,
        levels: [Level(id: "check", notApplicable: NotApplicableRule(limit: .share(1), countsAs: nil))],
        domains: [
            Domain(
                id: "ORG",
                topics: [
                    Topic(
                        id: "ORG",
                        questions: [Question(id: "1", keyMeasureFrom: 0), Question(id: "2"), Question(id: "3")])
                ]),
            Domain(
                id: "BACKUP",
                topics: [Topic(id: "BACKUP", questions: [Question(id: "4", keyMeasureFrom: 0), Question(id: "5")])]),
        ])

    /// The rules of our own questionnaire: one aspect, two levels of 15 and 45 questions in nine domains, ten key
    /// measures, "not applicable" left out and limited to a tenth.
    static let supplyChain = Questionnaire(
        id: "supply-chain-like", edition: "1", aspects: ["practice"], scale: 1...5, unknownCountsAs: 1,
        levels: ["starter", "standard"].map { id in
            Level(
                id: id, total: 3, keyMeasure: 3,
                notApplicable: NotApplicableRule(limit: .share(Fraction(1, 10)), countsAs: nil))
        },
        domains: (1...9).map { domain in
            let questions = (1...5).map { number in
                let isStarter = number == 1 || number == 2 && domain <= 6
                let isKeyMeasure = number == 1 || number == 2 && domain == 1
                return Question(
                    id: "D\(domain)-\(number)", level: isStarter ? 0 : 1, keyMeasureFrom: isKeyMeasure ? 0 : nil)
            }
            return Domain(id: "D\(domain)", topics: [Topic(id: "D\(domain)", questions: questions)])
        })

    /// One domain, one topic, one aspect, and no thresholds but those given.
    static func single(
        _ questions: [Question], scoring: Scoring = .means, scale: ClosedRange<Int> = 1...5, level: Level = Level(id: "only")
    ) -> Questionnaire {
        Questionnaire(
            id: "single", edition: "1", aspects: ["practice"], scale: scale, scoring: scoring,
            unknownCountsAs: scale.lowerBound, levels: [level],
            domains: [Domain(id: "D", topics: [Topic(id: "D", questions: questions)])])
    }
}

extension Questionnaire {
    /// The same answer to every question.
    func all(_ answer: Answer) -> Answers {
        Dictionary(uniqueKeysWithValues: questions.map { ($0.id, answer) })
    }

    func score(_ answers: Answers, _ level: String, sector: String? = nil) -> Scorecard {
        score(answers, level: levelIndex(of: level) ?? -1, profile: Profile(sector: sector))
    }
}

extension Answer {
    static func scores(_ scores: Int...) -> Answer { .marks(scores.map { .score($0) }) }
    static let unknown = Answer.marks([.unknown])
    static let irrelevant = Answer.notApplicable(reason: "no own development")
}

extension Scorecard {
    func domain(_ id: String) -> DomainScore? { domains.first { $0.id == id } }
    func question(_ id: String) -> QuestionScore? {
        domains.flatMap(\.topics).flatMap(\.questions).first { $0.id == id }
    }
}
