import Assessment
import Testing

/// Tables worked out by hand, at CyFun's rules (`Sample.cyfun`) and our own (`Sample.supplyChain`).
struct ScoringTests {
    private let answers: Answers = [
        "ID.AM-01.1": .scores(3, 2), "ID.AM-01.2": .scores(1, 2), "ID.AM-02.1": .scores(4, 3),
        "PR.AA-03.1": .scores(2, 3), "PR.AA-03.2": .scores(2, 3), "PR.AA-03.3": .scores(5, 4),
        "GV.OV-01.1": .scores(3, 3),
    ]

    @Test func `basic by hand`() {
        let card = Sample.cyfun.score(answers, "basic")
        #expect(card.domain("ID.AM")?.aspects == [Fraction(7, 2), Fraction(5, 2)])
        #expect(card.domain("ID.AM")?.score == 3)
        #expect(card.domain("PR.AA")?.aspects == [2, 3])
        #expect(card.total == Fraction(11, 4))
        #expect(card.aspects == [Fraction(11, 4), Fraction(11, 4)])
        #expect(card.maximum == 5)
        #expect(card.verdict == .met)
        #expect(card.unmet.isEmpty)
        #expect(card.domains.map(\.id) == ["ID.AM", "PR.AA"])
        #expect(card.completeness == Completeness(asked: 4, answered: 4, unknown: 0, notApplicable: 0))
    }

    @Test func `important by hand: a domain is the mean of its topics, not of its questions`() {
        let card = Sample.cyfun.score(answers, "important")
        #expect(card.domain("ID.AM")?.topics.map(\.score) == [2, Fraction(7, 2)])
        #expect(card.domain("ID.AM")?.score == Fraction(11, 4))
        #expect(card.domain("PR.AA")?.aspects == [3, Fraction(10, 3)])
        #expect(card.domain("PR.AA")?.score == Fraction(19, 6))
        #expect(card.total == Fraction(71, 24))
        #expect(card.verdict == .notMet)
        #expect(
            card.unmet == [
                .total(score: Fraction(71, 24), required: 3),
                .keyMeasure(id: "PR.AA-03.2", score: Fraction(5, 2), required: 3),
            ])
    }

    @Test func `essential by hand: every domain has to reach 3`() {
        let card = Sample.cyfun.score(answers, "essential")
        #expect(card.total == Fraction(107, 36))
        #expect(
            card.unmet == [
                .total(score: Fraction(107, 36), required: Fraction(7, 2)),
                .domain(id: "ID.AM", score: Fraction(11, 4), required: 3),
                .keyMeasure(id: "PR.AA-03.2", score: Fraction(5, 2), required: 3),
            ])
    }

    @Test func `a domain's target is its threshold, or else the total's as guidance`() {
        #expect(Sample.cyfun.score(answers, "basic").domains.map(\.target) == [Fraction(5, 2), Fraction(5, 2)])
        #expect(Sample.cyfun.score(answers, "essential").domains.map(\.target) == [3, 3, 3])
        #expect(Sample.spec27076.score([:], "check").domains.map(\.target) == [nil, nil])
    }

    // MARK: Thresholds

    @Test func `a total at exactly 2.5 meets basic, and a hair less does not`() {
        var answers = Sample.cyfun.all(.scores(2, 3))
        #expect(Sample.cyfun.score(answers, "basic").verdict == .met)
        answers["PR.AA-03.1"] = .scores(2, 2)
        #expect(
            Sample.cyfun.score(answers, "basic").unmet == [.total(score: Fraction(19, 8), required: Fraction(5, 2))])
    }

    @Test func `a mean of thirds at exactly 3 meets 3`() {
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["practice"], scale: 1...5, unknownCountsAs: 1,
            levels: [Level(id: "only", total: 3)],
            domains: ["A", "B"].map { domain in
                Domain(
                    id: domain, topics: [Topic(id: domain, questions: (1...3).map { Question(id: "\(domain)\($0)") })])
            })
        var answers: Answers = [
            "A1": .scores(3), "A2": .scores(3), "A3": .scores(4), "B1": .scores(3), "B2": .scores(3), "B3": .scores(2),
        ]
        let card = questionnaire.score(answers, "only")
        #expect(card.domains.map(\.score) == [Fraction(10, 3), Fraction(8, 3)])
        #expect(card.total == 3)
        #expect(card.verdict == .met)
        answers["B1"] = .scores(2)
        #expect(questionnaire.score(answers, "only").verdict == .notMet)
    }

    @Test(arguments: [(1, 4, true), (2, 3, true), (1, 3, false), (2, 2, false)])
    func `a key measure at 2.5 meets basic: the mean of its aspects counts, not the least`(
        documentation: Int, implementation: Int, isMet: Bool
    ) {
        var answers = Sample.cyfun.all(.scores(5, 5))
        answers["PR.AA-03.2"] = .scores(documentation, implementation)
        #expect(Sample.cyfun.score(answers, "basic").verdict == (isMet ? .met : .notMet))
    }

    @Test func `a question can become a key measure at a higher level only`() {
        var answers = Sample.cyfun.all(.scores(5, 5))
        answers["PR.AA-03.3"] = .scores(2, 3)
        #expect(Sample.cyfun.score(answers, "important").verdict == .met)
        #expect(Sample.cyfun.score(answers, "important").question("PR.AA-03.3")?.isKeyMeasure == false)
        #expect(
            Sample.cyfun.score(answers, "essential").unmet == [
                .keyMeasure(id: "PR.AA-03.3", score: Fraction(5, 2), required: 3)
            ])
    }

    @Test func `a domain at exactly 3 meets essential`() {
        var answers = Sample.cyfun.all(.scores(5, 5))
        answers["GV.OV-01.1"] = .scores(2, 4)
        #expect(Sample.cyfun.score(answers, "essential").verdict == .met)
        answers["GV.OV-01.1"] = .scores(2, 3)
        #expect(
            Sample.cyfun.score(answers, "essential").unmet == [.domain(id: "GV.OV", score: Fraction(5, 2), required: 3)])
    }

    @Test func `a level without thresholds is met once everything is answered`() {
        #expect(Sample.single([Question(id: "A")]).score(["A": .scores(1)], "only").verdict == .met)
    }

    // MARK: Unknown

    @Test func `unknown counts as the lowest score and is reported apart`() {
        var answers = answers
        answers["ID.AM-01.1"] = .marks([.unknown, .score(2)])
        let card = Sample.cyfun.score(answers, "basic")
        #expect(card.question("ID.AM-01.1")?.aspects == [1, 2])
        #expect(card.question("ID.AM-01.1")?.state == .unknown)
        #expect(card.domain("ID.AM")?.aspects == [Fraction(5, 2), Fraction(5, 2)])
        #expect(card.completeness == Completeness(asked: 4, answered: 4, unknown: 1, notApplicable: 0))
        #expect(card.completeness.unknownShare == Fraction(1, 4))
    }

    // MARK: Not applicable

    @Test(arguments: [("basic", Fraction(5, 2)), ("important", 3), ("essential", 3)])
    func `not applicable counts as the level's target in both aspects`(level: String, countsAs: Fraction) {
        var answers = answers
        answers["ID.AM-02.1"] = .irrelevant
        let card = Sample.cyfun.score(answers, level)
        #expect(card.question("ID.AM-02.1")?.aspects == [countsAs, countsAs])
        #expect(card.question("ID.AM-02.1")?.state == .notApplicable)
        #expect(card.completeness.notApplicable == 1)
        #expect(!card.unmet.contains { if case .notApplicableLimit = $0 { true } else { false } })
    }

    @Test(arguments: [("basic", 1), ("important", 3)])
    func `one more not applicable than allowed is an unmet condition`(level: String, allowed: Int) {
        var answers = Sample.cyfun.all(.scores(5, 5))
        for id in ["ID.AM-01.1", "ID.AM-02.1", "ID.AM-01.2", "PR.AA-03.1"].prefix(allowed) { answers[id] = .irrelevant }
        #expect(Sample.cyfun.score(answers, level).verdict == .met)
        for id in ["ID.AM-01.1", "ID.AM-02.1", "ID.AM-01.2", "PR.AA-03.1"].prefix(allowed + 1) { answers[id] = .irrelevant }
        #expect(
            Sample.cyfun.score(answers, level).unmet == [.notApplicableLimit(count: allowed + 1, allowed: allowed)])
    }

    @Test func `essential allows five`() {
        var answers = Sample.cyfun.all(.irrelevant)
        answers["PR.AA-03.2"] = .scores(5, 5)
        answers["PR.AA-03.3"] = .scores(5, 5)
        let card = Sample.cyfun.score(answers, "essential")
        #expect(card.completeness.notApplicable == 5)
        #expect(card.unmet == [.total(score: Fraction(31, 9), required: Fraction(7, 2))])
    }

    @Test func `a key measure that is called not applicable scores lowest and is named`() {
        var answers = Sample.cyfun.all(.scores(5, 5))
        answers["PR.AA-03.2"] = .irrelevant
        let card = Sample.cyfun.score(answers, "basic")
        #expect(card.question("PR.AA-03.2")?.aspects == [1, 1])
        #expect(
            card.unmet == [
                .keyMeasure(id: "PR.AA-03.2", score: 1, required: Fraction(5, 2)),
                .notApplicableKeyMeasure(id: "PR.AA-03.2"),
            ])
    }

    @Test func `what must apply cannot be called not applicable, nor anything where there is no rule`() {
        var answers = Sample.cyfun.all(.scores(5, 5))
        answers["PR.AA-03.3"] = .irrelevant
        #expect(Sample.cyfun.score(answers, "important").unmet == [.notApplicableKeyMeasure(id: "PR.AA-03.3")])
        let card = Sample.single([Question(id: "A")]).score(["A": .irrelevant], "only")
        #expect(card.unmet == [.notApplicableKeyMeasure(id: "A")])
        #expect(card.total == 1)
    }

    @Test(arguments: [("starter", 15, 1), ("standard", 45, 4)])
    func `a tenth is rounded down`(level: String, asked: Int, allowed: Int) {
        let questionnaire = Sample.supplyChain
        var answers = questionnaire.all(.scores(3))
        let ordinary = questionnaire.questions.filter { $0.keyMeasureFrom == nil && (level == "standard" || $0.level == 0) }
        for question in ordinary.prefix(allowed) { answers[question.id] = .irrelevant }
        let card = questionnaire.score(answers, level)
        #expect(card.completeness.asked == asked)
        #expect(card.total == 3)
        #expect(card.verdict == .met)
        for question in ordinary.prefix(allowed + 1) { answers[question.id] = .irrelevant }
        #expect(questionnaire.score(answers, level).unmet == [.notApplicableLimit(count: allowed + 1, allowed: allowed)])
    }

    @Test func `what is left out leaves the mean of the rest`() {
        var answers = Sample.supplyChain.all(.scores(3))
        answers["D1-1"] = .scores(5)
        answers["D1-3"] = .irrelevant
        let card = Sample.supplyChain.score(answers, "standard")
        #expect(card.question("D1-3")?.score == nil)
        #expect(card.domain("D1")?.score == Fraction(7, 2))
        #expect(card.total == Fraction(55, 18))
    }

    @Test func `a domain with nothing left is left out of the total`() {
        let rule = NotApplicableRule(limit: .share(1), countsAs: nil)
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["practice"], scale: 1...5, unknownCountsAs: 1,
            levels: [Level(id: "only", domain: 3, notApplicable: rule)],
            domains: ["A", "B"].map { Domain(id: $0, topics: [Topic(id: $0, questions: [Question(id: $0 + "1")])]) })
        let card = questionnaire.score(["A1": .irrelevant, "B1": .scores(4)], "only")
        #expect(card.domains.map(\.score) == [nil, 4])
        #expect(card.total == 4)
        #expect(card.verdict == .met)

        let nothingLeft = questionnaire.score(questionnaire.all(.irrelevant), "only")
        #expect(nothingLeft.total == nil)
        #expect(nothingLeft.verdict == .incomplete)
        #expect(nothingLeft.unmet.isEmpty)
    }

    // MARK: Unanswered

    @Test func `a figure above an unanswered question stays open, the others stand`() {
        var answers = answers
        answers["PR.AA-03.1"] = nil
        let card = Sample.cyfun.score(answers, "basic")
        #expect(card.total == nil)
        #expect(card.aspects == [nil, nil])
        #expect(card.domains.map(\.score) == [3, nil])
        #expect(card.domain("PR.AA")?.aspects == [nil, nil])
        #expect(card.domain("PR.AA")?.answeredPart == Fraction(5, 2))
        #expect(card.answeredPart == Fraction(11, 4))
        #expect(card.verdict == .incomplete)
        #expect(card.unmet == [.unanswered(id: "PR.AA-03.1")])
        #expect(card.completeness == Completeness(asked: 4, answered: 3, unknown: 0, notApplicable: 0))
    }

    @Test(arguments: [
        Answer.marks([.score(3), nil]), .marks([nil, nil]), .marks([]), .scores(3), .scores(3, 3, 3), .scores(3, 6),
        .scores(0, 3), .scores(.max, .min),
    ])
    func `half an answer, and one that does not fit, is none`(answer: Answer) {
        var answers = answers
        answers["ID.AM-01.1"] = answer
        let card = Sample.cyfun.score(answers, "basic")
        #expect(card.question("ID.AM-01.1")?.state == .unanswered)
        #expect(card.unmet == [.unanswered(id: "ID.AM-01.1")])
    }

    @Test func `conditions that do not hold are named even while questions are open`() {
        let card = Sample.cyfun.score(["PR.AA-03.2": .scores(1, 1)], "basic")
        #expect(
            card.unmet == [
                .keyMeasure(id: "PR.AA-03.2", score: 1, required: Fraction(5, 2)),
                .unanswered(id: "ID.AM-01.1"), .unanswered(id: "ID.AM-02.1"), .unanswered(id: "PR.AA-03.1"),
            ])
        #expect(card.answeredPart == 1)
    }

    @Test func `without any answer there is no figure at all`() {
        let card = Sample.cyfun.score([:], "essential")
        #expect(card.total == nil && card.answeredPart == nil)
        #expect(card.domains.allSatisfy { $0.score == nil && $0.answeredPart == nil })
        #expect(card.verdict == .incomplete)
        #expect(card.unmet.count == 7)
    }

    @Test(arguments: [-1, 3, .max, .min])
    func `a level that does not exist sets no condition and stops nothing`(level: Int) {
        let card = Sample.cyfun.score(answers, level: level, profile: Profile())
        #expect(card.unmet.isEmpty)
        #expect(card.verdict == (level < 0 ? .incomplete : .met))
    }

    @Test func `answers to questions that are not asked are ignored`() {
        var more = answers
        more["stranger"] = .scores(1, 1)
        more["GV.OV-01.1"] = .scores(1, 1)
        #expect(Sample.cyfun.score(more, "important") == Sample.cyfun.score(answers, "important"))
    }

    @Test func `an add-on counts for its sector only`() {
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["practice"], scale: 1...5, unknownCountsAs: 1, levels: [Level(id: "only")],
            domains: [
                Domain(id: "ALL", topics: [Topic(id: "ALL", questions: [Question(id: "A")])]),
                Domain(id: "CHEM", condition: .sector(["20"]), topics: [Topic(id: "CHEM", questions: [Question(id: "C")])]),
            ])
        let answers: Answers = ["A": .scores(5), "C": .scores(2)]
        #expect(questionnaire.score(answers, "only").total == 5)
        #expect(questionnaire.score(answers, "only", sector: "20").total == Fraction(7, 2))
    }

    // MARK: Weights

    @Test func `weights count at every tier`() {
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["practice"], scale: 1...5, unknownCountsAs: 1, levels: [Level(id: "only")],
            domains: [
                Domain(
                    id: "A", weight: 2,
                    topics: [
                        Topic(id: "A1", weight: 3, questions: [Question(id: "a"), Question(id: "b", weight: 3)]),
                        Topic(id: "A2", questions: [Question(id: "c")]),
                    ]),
                Domain(id: "B", topics: [Topic(id: "B1", questions: [Question(id: "d")])]),
            ])
        let card = questionnaire.score(["a": .scores(1), "b": .scores(5), "c": .scores(2), "d": .scores(3)], "only")
        #expect(card.domain("A")?.topics.map(\.score) == [4, 2])
        #expect(card.domain("A")?.score == Fraction(7, 2))
        #expect(card.total == Fraction(10, 3))
    }
}
