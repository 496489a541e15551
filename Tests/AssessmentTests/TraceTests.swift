import Assessment
import Testing

struct TraceTests {
    private let profile = RandomQuestionnaire.profile

    @Test func `a total is explained down to the marks`() {
        let answers: Answers = [
            "ID.AM-01.1": .marks([.unknown, .score(2)]), "ID.AM-02.1": .irrelevant, "PR.AA-03.1": .scores(2, 3),
            "PR.AA-03.2": .irrelevant,
        ]
        let explanations = Sample.cyfun.score(answers, "basic").explanations(of: Sample.cyfun, answers: answers)
        let explained = Dictionary(uniqueKeysWithValues: explanations.map { ($0.figure, $0) })
        typealias Term = Explanation.Term

        #expect(
            explained[.question("ID.AM-01.1")]?.terms == [
                Term(id: "documentation", value: 1, weight: 1, origin: .unknown(countsAs: 1)),
                Term(id: "implementation", value: 2, weight: 1, origin: .score(2)),
            ])
        #expect(explained[.question("ID.AM-01.1")]?.operation == .mean)
        #expect(explained[.question("ID.AM-02.1")]?.terms.map(\.origin) == [.notApplicable, .notApplicable])
        #expect(
            explained[.question("PR.AA-03.2")]?.terms.map(\.origin) == [
                .notApplicableRefused(countsAs: 1), .notApplicableRefused(countsAs: 1),
            ])
        #expect(
            explained[.domain("ID.AM", aspect: 0)]?.terms == [
                Term(id: "ID.AM-01", value: 1, weight: 1, origin: .figure),
                Term(id: "ID.AM-02", value: Fraction(5, 2), weight: 1, origin: .figure),
            ])
        #expect(
            explained[.domain("ID.AM", aspect: nil)]?.terms.map(\.id) == ["documentation", "implementation"])
        #expect(explained[.total(aspect: nil)]?.terms.map(\.id) == ["ID.AM", "PR.AA"])
        #expect(explanations.first?.figure == .total(aspect: nil))
    }

    @Test func `with one aspect there is one explanation per figure`() {
        let answers = Sample.supplyChain.all(.scores(3))
        let explanations = Sample.supplyChain.score(answers, "standard").explanations(
            of: Sample.supplyChain, answers: answers)
        #expect(explanations.count == 1 + 9 + 9 + 45)
        #expect(explanations.last?.operation == .taken)
    }

    @Test func `what is open or left out is named as such`() throws {
        let answers: Answers = ["D1-1": .scores(4), "D1-2": .unknown, "D1-3": .irrelevant]
        let explanations = Sample.supplyChain.score(answers, "standard").explanations(
            of: Sample.supplyChain, answers: answers)
        let total = try #require(explanations.first)
        #expect(total.result == nil)
        #expect(total.answeredPart == Fraction(5, 2))
        #expect(total.terms.map(\.origin) == [.figureSoFar] + Array(repeating: .unanswered, count: 8))
        let topic = try #require(explanations.first(where: { $0.figure == .topic("D1", aspect: nil) }))
        #expect(topic.terms.map(\.value) == [4, 1, nil, nil, nil])
        #expect(topic.terms.map(\.origin) == [.figure, .figure, .notApplicable, .unanswered, .unanswered])
    }

    @Test func `weights are named where they matter`() throws {
        let questionnaire = Sample.single([Question(id: "A", weight: 3), Question(id: "B")])
        let answers: Answers = ["A": .scores(5), "B": .scores(1)]
        let explanations = questionnaire.score(answers, "only").explanations(of: questionnaire, answers: answers)
        let topic = try #require(explanations.first(where: { $0.figure == .topic("D", aspect: nil) }))
        #expect(topic.operation == .weightedMean)
        #expect(topic.terms.map(\.weight) == [3, 1])
        #expect(topic.result == 4)
    }

    @Test func `every figure follows from its own terms alone`() throws {
        for seed in UInt64(0)..<2_000 {
            var draw = RandomQuestionnaire(seed: seed)
            let questionnaire = draw.questionnaire()
            let level = Int.random(in: questionnaire.levels.indices, using: &draw.random)
            let answers = draw.answers(to: questionnaire, complete: draw.random.once(in: 2))
            let card = questionnaire.score(answers, level: level, profile: profile)
            let explanations = card.explanations(of: questionnaire, answers: answers)

            for explanation in explanations {
                let recomputed = recompute(explanation)
                #expect(explanation.answeredPart == recomputed, "seed \(seed) \(explanation.figure)")
                let isOpen = explanation.terms.contains(where: \.origin.isOpen)
                #expect(explanation.result == (isOpen ? nil : recomputed), "seed \(seed) \(explanation.figure)")
            }
            let results = Dictionary(uniqueKeysWithValues: explanations.map { ($0.figure, $0) })
            for (figure, value) in figures(of: card) {
                #expect(try #require(results[figure], "seed \(seed) \(figure)").result == value, "seed \(seed) \(figure)")
            }
            #expect(results[.total(aspect: nil)]?.answeredPart == card.answeredPart, "seed \(seed)")
            for domain in card.domains {
                #expect(results[.domain(domain.id, aspect: nil)]?.answeredPart == domain.answeredPart, "seed \(seed)")
            }
            for explanation in explanations {
                expectTermsAreExplained(explanation, results, questionnaire, level, seed)
            }
        }
    }

    private func recompute(_ explanation: Explanation) -> Fraction? {
        let counting = explanation.terms.filter { $0.value != nil }
        let weighted = counting.map { ($0.value ?? 0) * Fraction($0.weight) }.reduce(0, +)
        if counting.isEmpty { return nil }
        switch explanation.operation {
        case .mean: return counting.compactMap(\.value).reduce(0, +) / Fraction(counting.count)
        case .weightedMean: return weighted / Fraction(counting.map(\.weight).reduce(0, +))
        case .sum: return weighted
        case .taken: return counting.count == 1 ? counting[0].value : nil
        }
    }

    private func figures(of card: Scorecard) -> [(Explanation.Figure, Fraction?)] {
        func tier(_ whole: Fraction?, _ aspects: [Fraction?], _ figure: (Int?) -> Explanation.Figure)
            -> [(Explanation.Figure, Fraction?)]
        {
            [(figure(nil), whole)] + (aspects.count == 1 ? [] : aspects.enumerated().map { (figure($0), $1) })
        }
        return tier(card.total, card.aspects) { .total(aspect: $0) }
            + card.domains.flatMap { domain in
                tier(domain.score, domain.aspects) { .domain(domain.id, aspect: $0) }
                    + domain.topics.flatMap { topic in
                        tier(topic.score, topic.aspects) { .topic(topic.id, aspect: $0) }
                            + topic.questions.map { (.question($0.id), $0.score) }
                    }
            }
    }

    /// A term that is a figure has the value of that figure's own explanation; a mark has its worth.
    private func expectTermsAreExplained(
        _ explanation: Explanation, _ results: [Explanation.Figure: Explanation], _ questionnaire: Questionnaire,
        _ level: Int, _ seed: UInt64
    ) {
        for (index, term) in explanation.terms.enumerated() {
            let below: Explanation? =
                switch explanation.figure {
                case .total(let aspect): results[.domain(term.id, aspect: aspect)]
                case .domain(let id, let aspect):
                    aspect == nil && questionnaire.aspects.count > 1
                        ? results[.domain(id, aspect: index)] : results[.topic(term.id, aspect: aspect)]
                case .topic(let id, let aspect):
                    aspect == nil && questionnaire.aspects.count > 1
                        ? results[.topic(id, aspect: index)] : results[.question(term.id)]
                case .question: nil
                }
            switch (term.origin, explanation.figure) {
            case (.figure, .topic(_, let aspect?)):
                #expect(term.value == below?.terms[aspect].value, "seed \(seed)")
            case (.figure, _), (.figureSoFar, _):
                #expect(term.value != nil && term.value == below?.answeredPart, "seed \(seed)")
                #expect((below?.result == nil) == term.origin.isOpen, "seed \(seed)")
            case (.unanswered, _):
                #expect(term.value == nil, "seed \(seed)")
            case (.score(let score), .question(let id)), (.unknown(let score), .question(let id)),
                (.notApplicableRefused(let score), .question(let id)):
                let isKeyMeasure = questionnaire.question(id)?.isKeyMeasure(at: level) == true
                #expect(term.value == worth(score, isKeyMeasure, questionnaire), "seed \(seed)")
            default:
                #expect(term.origin == .notApplicable, "seed \(seed)")
            }
        }
    }

    private func worth(_ score: Int, _ isKeyMeasure: Bool, _ questionnaire: Questionnaire) -> Fraction {
        guard case .points(let ordinary, let key) = questionnaire.scoring else { return Fraction(score) }
        return Fraction((isKeyMeasure ? key : ordinary)[score - questionnaire.scale.lowerBound])
    }
}
