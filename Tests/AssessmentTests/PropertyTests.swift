import Assessment
import Testing

/// What holds for any questionnaire and any answers, over thousands drawn at random.
struct PropertyTests {
    private let profile = RandomQuestionnaire.profile

    private func ratio(_ fraction: Fraction?) -> Oracle.Ratio? {
        fraction.map { Oracle.Ratio(up: Int128($0.numerator), down: Int128($0.denominator)) }
    }

    @Test(arguments: 0..<4) func `an independent slow computation agrees on every figure`(part: UInt64) {
        for seed in part * 1_000..<(part + 1) * 1_000 {
            var draw = RandomQuestionnaire(seed: seed)
            let questionnaire = draw.questionnaire()
            let level = Int.random(in: questionnaire.levels.indices, using: &draw.random)
            let answers = draw.answers(to: questionnaire, complete: draw.random.once(in: 2))
            let card = questionnaire.score(answers, level: level, profile: profile)
            let oracle = Oracle(questionnaire: questionnaire, level: level, profile: profile, answers: answers)
            let leaves = oracle.leaves
            let isComplete = leaves.allSatisfy { $0.values != nil }

            #expect(ratio(card.answeredPart) == oracle.figure(leaves, within: .total), "seed \(seed)")
            #expect(ratio(card.total) == (isComplete ? oracle.figure(leaves, within: .total) : nil), "seed \(seed)")
            for aspect in questionnaire.aspects.indices {
                let expected = isComplete ? oracle.figure(leaves, aspect: aspect, within: .total) : nil
                #expect(ratio(card.aspects[aspect]) == expected, "seed \(seed)")
            }
            #expect(card.completeness.asked == leaves.count, "seed \(seed)")
            for domain in card.domains {
                let below = leaves.filter { $0.domain.id == domain.id }
                let isComplete = below.allSatisfy { $0.values != nil }
                #expect(ratio(domain.answeredPart) == oracle.figure(below, within: .domain), "seed \(seed)")
                #expect(ratio(domain.score) == (isComplete ? ratio(domain.answeredPart) : nil), "seed \(seed)")
                for topic in domain.topics {
                    let below = leaves.filter { $0.topic.id == topic.id }
                    let isComplete = below.allSatisfy { $0.values != nil }
                    #expect(ratio(topic.score) == (isComplete ? oracle.figure(below, within: .topic) : nil), "seed \(seed)")
                }
            }
        }
    }

    @Test func `one domain read by itself says what it says among all`() {
        for seed in UInt64(0)..<1_000 {
            var draw = RandomQuestionnaire(seed: seed)
            let questionnaire = draw.questionnaire()
            let level = Int.random(in: questionnaire.levels.indices, using: &draw.random)
            var sheet: AnswerSheet = [:]
            for question in questionnaire.questions {
                for aspect in questionnaire.aspects.indices {
                    let value = draw.random.pick(["", "unknown", "na", "99", String(questionnaire.scale.upperBound)])
                    sheet[questionnaire.field(.aspect(aspect), of: question.id).name] = value
                }
                sheet[questionnaire.field(.note, of: question.id).name] = draw.random.pick(["", "note"])
            }
            let all = questionnaire.read(sheet, level: level, profile: profile)
            let asked = questionnaire.asked(level: level, profile: profile, answers: all.answers)
            for domain in asked {
                let one = questionnaire.read(sheet, level: level, profile: profile, only: domain.domain.id)
                for question in domain.questions {
                    #expect(one.answers[question.id] == all.answers[question.id], "seed \(seed)")
                    #expect(one.notes[question.id] == all.notes[question.id], "seed \(seed)")
                    #expect(
                        one.faults.filter { $0.question == question.id } == all.faults.filter { $0.question == question.id }, "seed \(seed)"
                    )
                }
                #expect(questionnaire.asked(level: level, profile: profile, answers: one.answers) == asked, "seed \(seed)")
            }
        }
    }

    @Test func `the verdict follows from the unmet conditions`() {
        for seed in UInt64(0)..<3_000 {
            var draw = RandomQuestionnaire(seed: seed)
            let questionnaire = draw.questionnaire()
            let level = Int.random(in: questionnaire.levels.indices, using: &draw.random)
            let answers = draw.answers(to: questionnaire, complete: draw.random.once(in: 2))
            let card = questionnaire.score(answers, level: level, profile: profile)
            let rules = questionnaire.levels[level]
            let leaves = Oracle(questionnaire: questionnaire, level: level, profile: profile, answers: answers).leaves

            var expected: [Unmet] = []
            if let total = card.total, let required = rules.total, total < required {
                expected.append(.total(score: total, required: required))
            }
            for domain in card.domains {
                if let score = domain.score, let required = rules.domain, score < required {
                    expected.append(.domain(id: domain.id, score: score, required: required))
                }
            }
            for question in card.domains.flatMap(\.topics).flatMap(\.questions) where question.isKeyMeasure {
                if let score = question.score, let required = rules.keyMeasure, score < required {
                    expected.append(.keyMeasure(id: question.id, score: score, required: required))
                }
            }
            let irrelevant = leaves.map(\.question).filter { answers[$0.id] == .irrelevant }
            let refused = irrelevant.filter { !questionnaire.mayBeNotApplicable($0, at: level) }
            let count = irrelevant.count - refused.count
            if let allowed = rules.notApplicable?.limit.allowed(of: leaves.count), count > allowed {
                expected.append(.notApplicableLimit(count: count, allowed: allowed))
            }
            expected += refused.map { .notApplicableKeyMeasure(id: $0.id) }
            expected += leaves.filter { $0.values == nil }.map { .unanswered(id: $0.question.id) }
            #expect(card.unmet == expected, "seed \(seed)")

            let isOpen = leaves.contains { $0.values == nil } || card.total == nil && expected.isEmpty
            #expect(card.verdict == (isOpen ? .incomplete : expected.isEmpty ? .met : .notMet), "seed \(seed)")
        }
    }

    @Test func `the order in which answers were given does not matter`() {
        for seed in UInt64(0)..<1_000 {
            var draw = RandomQuestionnaire(seed: seed)
            let questionnaire = draw.questionnaire()
            let answers = draw.answers(to: questionnaire)
            var shuffled = Answers(minimumCapacity: 500)
            for (id, answer) in answers.shuffled(using: &draw.random) { shuffled[id] = answer }
            #expect(
                questionnaire.score(answers, level: 0, profile: profile)
                    == questionnaire.score(shuffled, level: 0, profile: profile), "seed \(seed)")
            #expect(
                questionnaire.plan(answers, level: 0, profile: profile)
                    == questionnaire.plan(shuffled, level: 0, profile: profile), "seed \(seed)")
        }
    }

    @Test func `raising an answer never lowers the total`() {
        for seed in UInt64(0)..<1_000 {
            var draw = RandomQuestionnaire(seed: seed, hasConditions: false, isMonotone: true)
            let questionnaire = draw.questionnaire()
            let answers = draw.answers(to: questionnaire)
            let before = questionnaire.score(answers, level: 0, profile: profile)
            for (id, answer) in answers {
                guard case .marks(let marks) = answer, marks.count == questionnaire.aspects.count else { continue }
                for aspect in marks.indices {
                    guard case .score(let score) = marks[aspect], score < questionnaire.scale.upperBound else { continue }
                    var raised = marks
                    raised[aspect] = .score(score + 1)
                    var after = answers
                    after[id] = .marks(raised)
                    let card = questionnaire.score(after, level: 0, profile: profile)
                    #expect(card.answeredPart.map { $0 >= before.answeredPart ?? $0 } ?? true, "seed \(seed)")
                    #expect(card.total.map { $0 >= before.total ?? $0 } ?? true, "seed \(seed)")
                }
            }
        }
    }

    @Test func `a full mark is the maximum, and nothing goes beyond it or below an empty one`() throws {
        for seed in UInt64(0)..<2_000 {
            var draw = RandomQuestionnaire(seed: seed, hasConditions: false, isMonotone: true)
            let questionnaire = draw.questionnaire()
            func all(_ score: Int) -> Answers {
                questionnaire.all(.marks(questionnaire.aspects.map { _ in .score(score) }))
            }
            func score(_ answers: Answers) -> Scorecard { questionnaire.score(answers, level: 0, profile: profile) }

            let full = score(all(questionnaire.scale.upperBound))
            #expect(full.total == nil || full.total == full.maximum, "seed \(seed)")
            let card = score(draw.answers(to: questionnaire))
            if let answeredPart = card.answeredPart, questionnaire.scoring == .means {
                #expect(answeredPart <= card.maximum, "seed \(seed)")
                #expect(answeredPart >= Fraction(questionnaire.scale.lowerBound), "seed \(seed)")
            }
            if let total = card.total, card.completeness.notApplicable == 0 {
                let least = try #require(score(all(questionnaire.scale.lowerBound)).total)
                #expect((least...card.maximum).contains(total), "seed \(seed)")
            }
        }
    }

    @Test func `the gain of a step is the difference that scoring again shows`() {
        for seed in UInt64(0)..<1_500 {
            var draw = RandomQuestionnaire(seed: seed, hasConditions: false)
            let questionnaire = draw.questionnaire()
            let level = Int.random(in: questionnaire.levels.indices, using: &draw.random)
            let answers = draw.answers(to: questionnaire, complete: draw.random.once(in: 2))
            let before = questionnaire.score(answers, level: level, profile: profile)
            let plan = questionnaire.plan(answers, level: level, profile: profile)

            for step in plan.steps + plan.further {
                let after = questionnaire.score(
                    answers.raising([step], of: questionnaire), level: level, profile: profile)
                #expect(after.answeredPart.flatMap { a in before.answeredPart.map { a - $0 } } == step.gain, "seed \(seed)")
                if let total = before.total { #expect(after.total == total + step.gain, "seed \(seed)") }
                #expect(step.gain > 0, "seed \(seed)")
            }
            let known = answers.raising(plan.steps.filter(\.isUnknown), of: questionnaire)
            let after = questionnaire.score(known, level: level, profile: profile)
            #expect(after.answeredPart == before.answeredPart.map { $0 + plan.unknownCost }, "seed \(seed)")
        }
    }

    @Test func `after all steps nothing is left below its target`() {
        for seed in UInt64(0)..<1_000 {
            var draw = RandomQuestionnaire(seed: seed, hasConditions: false)
            let questionnaire = draw.questionnaire()
            let answers = draw.answers(to: questionnaire)
            let plan = questionnaire.plan(answers, level: 0, profile: profile)
            let done = answers.raising(plan.steps, of: questionnaire)
            #expect(questionnaire.plan(done, level: 0, profile: profile).steps.isEmpty, "seed \(seed)")
        }
    }

    @Test func `a sheet of anything yields only answers that fit`() {
        let values = ["", "1", "3", "5", "0", "9", "na", "unknown", "x", " ", "\u{301}", "-1", "\0"]
        for seed in UInt64(0)..<1_000 {
            var draw = RandomQuestionnaire(seed: seed)
            let questionnaire = draw.questionnaire()
            var sheet: AnswerSheet = [:]
            for question in questionnaire.questions {
                for aspect in questionnaire.aspects.indices {
                    sheet[questionnaire.field(.aspect(aspect), of: question.id).name] = draw.random.pick(values)
                }
                sheet[questionnaire.field(.reason, of: question.id).name] = draw.random.pick(values)
                sheet[questionnaire.field(.note, of: question.id).name] = draw.random.pick(values)
            }
            let reading = questionnaire.read(sheet, level: 0, profile: profile)
            let asked = questionnaire.asked(level: 0, profile: profile, answers: reading.answers).flatMap(\.questions)
            #expect(Set(reading.answers.keys).isSubset(of: asked.map(\.id)), "seed \(seed)")
            #expect(reading.faults.allSatisfy { reading.answers[$0.question] == nil }, "seed \(seed)")
            #expect(reading.faults.allSatisfy { questionnaire.field(named: $0.field) != nil }, "seed \(seed)")
            let card = questionnaire.score(reading.answers, level: 0, profile: profile)
            #expect(!card.unmet.contains { if case .notApplicableKeyMeasure = $0 { true } else { false } }, "seed \(seed)")
            for case .marks(let marks) in reading.answers.values {
                #expect(marks.count == questionnaire.aspects.count, "seed \(seed)")
                for case .score(let score) in marks { #expect(questionnaire.scale.contains(score), "seed \(seed)") }
            }
        }
    }
}

extension Answers {
    /// With these steps done; a refused "not applicable" becomes the lowest scores first.
    fileprivate func raising(_ steps: [PlanStep], of questionnaire: Questionnaire) -> Answers {
        steps.reduce(into: self) { answers, step in
            var marks: [Mark?] = questionnaire.aspects.map { _ in .score(questionnaire.scale.lowerBound) }
            if case .marks(let present) = answers[step.question] { marks = present }
            marks[step.aspect] = .score(step.to)
            answers[step.question] = .marks(marks)
        }
    }
}
