import Assessment
import Testing

/// DIN SPEC 27076's family: points are added up, key requirements weigh +3/−3.
struct PointsTests {
    private let questionnaire = Sample.spec27076

    @Test func `everything in place brings the maximum`() {
        let card = questionnaire.score(questionnaire.all(.scores(1)), "check")
        #expect(card.total == 9)
        #expect(card.maximum == 9)
        #expect(card.domains.map(\.score) == [5, 4])
        #expect(card.verdict == .met)
    }

    @Test func `a key requirement that is not met takes three points off`() {
        let card = questionnaire.score(questionnaire.all(.scores(0)), "check")
        #expect(card.total == -6)
        #expect(card.question("1")?.score == -3)
        #expect(card.question("2")?.score == 0)
    }

    @Test func `unknown brings the points of what it counts as`() {
        var answers = questionnaire.all(.scores(1))
        answers["4"] = .unknown
        #expect(questionnaire.score(answers, "check").total == 3)
    }

    @Test func `what is irrelevant brings nothing and leaves the maximum`() {
        var answers = questionnaire.all(.scores(1))
        answers["2"] = .irrelevant
        let card = questionnaire.score(answers, "check")
        #expect(card.total == 8)
        #expect(card.maximum == 8)
        #expect(card.question("2")?.score == nil)
    }

    @Test func `a key requirement cannot be irrelevant`() {
        var answers = questionnaire.all(.scores(1))
        answers["4"] = .irrelevant
        let card = questionnaire.score(answers, "check")
        #expect(card.total == 3)
        #expect(card.maximum == 9)
        #expect(card.unmet == [.notApplicableKeyMeasure(id: "4")])
    }

    @Test func `an unanswered question keeps the sum open and the maximum whole`() {
        var answers = questionnaire.all(.scores(1))
        answers["5"] = nil
        let card = questionnaire.score(answers, "check")
        #expect(card.total == nil)
        #expect(card.answeredPart == 8)
        #expect(card.maximum == 9)
        #expect(card.domains.map(\.score) == [5, nil])
        #expect(card.domain("BACKUP")?.answeredPart == 3)
    }

    @Test func `thresholds hold for points too`() {
        let questionnaire = Sample.single(
            [Question(id: "A", keyMeasureFrom: 0), Question(id: "B")], scoring: .points(ordinary: [0, 1], key: [-3, 3]),
            scale: 0...1, level: Level(id: "only", total: 3, domain: 3, keyMeasure: 3))
        #expect(questionnaire.score(["A": .scores(1), "B": .scores(0)], "only").verdict == .met)
        #expect(
            questionnaire.score(["A": .scores(0), "B": .scores(1)], "only").unmet == [
                .total(score: -2, required: 3), .domain(id: "D", score: -2, required: 3),
                .keyMeasure(id: "A", score: -3, required: 3),
            ])
    }

    @Test func `weights multiply points at every tier`() {
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["written", "done"], scale: 0...2,
            scoring: .points(ordinary: [0, 1, 4], key: []), unknownCountsAs: 0, levels: [Level(id: "only")],
            domains: [
                Domain(
                    id: "A", weight: 2,
                    topics: [Topic(id: "A", weight: 3, questions: [Question(id: "a", weight: 5), Question(id: "b")])])
            ])
        let card = questionnaire.score(["a": .scores(1, 2), "b": .scores(0, 1)], "only")
        #expect(card.question("a")?.score == 5)
        #expect(card.domain("A")?.topics.first?.score == 26)
        #expect(card.domain("A")?.score == 78)
        #expect(card.total == 156)
        #expect(card.aspects == [30, 126])
        #expect(card.maximum == 288)
    }

    @Test func `a table that is too short brings nothing and stops nothing`() {
        let questionnaire = Sample.single([Question(id: "A")], scoring: .points(ordinary: [1], key: []), scale: 0...5)
        #expect(questionnaire.score(["A": .scores(4)], "only").total == 0)
    }
}
