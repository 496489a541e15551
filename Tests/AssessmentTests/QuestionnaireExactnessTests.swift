import Assessment
import Testing

struct QuestionnaireExactnessTests {
    private func questionnaire(
        domains: Int, topics: Int, questions: Int, weight: (Int) -> Int = { _ in 1 }, scale: ClosedRange<Int> = 1...5,
        scoring: Scoring = .means, countsAs: Fraction? = nil
    ) -> Questionnaire {
        var number = 0
        func next() -> Int {
            number += 1
            return number
        }
        let rule = NotApplicableRule(limit: .share(1), countsAs: countsAs)
        return Questionnaire(
            id: "q", edition: "1", aspects: ["documentation", "implementation"], scale: scale, scoring: scoring,
            unknownCountsAs: scale.lowerBound, levels: [Level(id: "only", notApplicable: rule)],
            domains: (0..<domains).map { d in
                Domain(
                    id: "\(d)", weight: weight(next()),
                    topics: (0..<topics).map { t in
                        Topic(
                            id: "\(d).\(t)", weight: weight(next()),
                            questions: (0..<questions).map { Question(id: "\(d).\(t).\($0)", weight: weight(next())) })
                    })
            })
    }

    @Test func `questionnaires as they are written are exact`() {
        #expect(Sample.cyfun.exactness == nil)
        #expect(Sample.spec27076.exactness == nil)
        #expect(Sample.supplyChain.exactness == nil)
        #expect(questionnaire(domains: 22, topics: 9, questions: 10, countsAs: Fraction(5, 2)).exactness == nil)
        #expect(questionnaire(domains: 22, topics: 1, questions: 30).exactness == nil)
        #expect(questionnaire(domains: 4, topics: 1, questions: 37, weight: { $0 % 3 + 1 }).exactness == nil)
        #expect(questionnaire(domains: 1, topics: 1, questions: 5_000).exactness == nil)
        #expect(questionnaire(domains: 0, topics: 0, questions: 0).exactness == nil)
    }

    @Test func `one that could leave the range is told apart`() {
        #expect(questionnaire(domains: 20, topics: 3, questions: 60).exactness != nil)
        #expect(questionnaire(domains: 5, topics: 5, questions: 5, weight: { $0 * 1_000_003 }).exactness != nil)
        #expect(questionnaire(domains: 1, topics: 1, questions: 2, weight: { _ in .max }).exactness != nil)
        #expect(questionnaire(domains: 2, topics: 2, questions: 2, scale: 1...Int.max).exactness != nil)
        #expect(questionnaire(domains: 2, topics: 2, questions: 2, scale: Int.min...5).exactness != nil)
        #expect(
            questionnaire(domains: 22, topics: 9, questions: 10, countsAs: Fraction(1, 999_999_999_989)).exactness != nil)
        let points = Scoring.points(ordinary: [0, .max / 8], key: [0, .min])
        #expect(questionnaire(domains: 2, topics: 2, questions: 2, scale: 0...1, scoring: points).exactness != nil)
    }

    @Test(arguments: [0, -1, Int.min]) func `a weight below 1 is named`(weight: Int) {
        let questionnaire = Sample.single([Question(id: "A"), Question(id: "B", weight: weight)])
        #expect(questionnaire.exactness == "the weight of B is below 1")
    }

    @Test func `whatever is answered of an exact questionnaire stays in range`() {
        var random = SplitMix64(seed: 27)
        var scored = 0
        for _ in 0..<1_000 {
            let greatest = random.pick([1, 2, 5, 40, 1_000])
            let factor = random.pick([1, 1, 7, 1_000_000])
            let questionnaire = questionnaire(
                domains: Int.random(in: 1...12, using: &random), topics: Int.random(in: 1...4, using: &random),
                questions: Int.random(in: 1...8, using: &random),
                weight: { _ in factor * Int.random(in: 1...greatest, using: &random) },
                countsAs: random.pick([nil, Fraction(5, 2), Fraction(22, 7)]))
            guard questionnaire.exactness == nil else { continue }
            scored += 1
            var answers: Answers = [:]
            for question in questionnaire.questions where !random.once(in: 4) {
                answers[question.id] =
                    random.once(in: 10)
                    ? .irrelevant
                    : .marks([.score(Int.random(in: 1...5, using: &random)), random.once(in: 5) ? .unknown : .score(4)])
            }
            let card = questionnaire.score(answers, level: 0, profile: Profile())
            let plan = questionnaire.plan(answers, level: 0, profile: Profile())
            #expect(card.explanations(of: questionnaire, answers: answers).first?.answeredPart == card.answeredPart)
            #expect(plan.steps.allSatisfy { $0.gain > 0 })
        }
        #expect(scored > 200)
    }
}
