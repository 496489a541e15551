import Assessment
import Testing

struct PlanTests {
    private func plan(_ questionnaire: Questionnaire, _ answers: Answers, _ level: String) -> Plan {
        questionnaire.plan(answers, level: questionnaire.levelIndex(of: level) ?? -1, profile: Profile())
    }

    @Test func `a step raises one aspect to the lowest score that reaches every threshold on it`() {
        let plan = plan(Sample.cyfun, Sample.cyfun.all(.scores(2, 3)), "basic")
        #expect(plan.steps.count == 4)
        #expect(plan.steps.allSatisfy { $0.aspect == 0 && $0.from == 2 && $0.to == 3 })
        let essential = self.plan(Sample.cyfun, Sample.cyfun.all(.scores(3, 4)), "essential")
        #expect(essential.steps.allSatisfy { $0.aspect == 0 && $0.to == 4 })
    }

    @Test func `only the thresholds on a question make its target`() {
        let level = Level(id: "only", total: 2, domain: 3, keyMeasure: 4)
        let questionnaire = Sample.single([Question(id: "ordinary"), Question(id: "key", keyMeasureFrom: 0)], level: level)
        let plan = plan(questionnaire, questionnaire.all(.scores(1)), "only")
        #expect(plan.steps.map(\.question) == ["key", "ordinary"])
        #expect(plan.steps.map(\.to) == [4, 3])
    }

    @Test func `gains are the exact points of the total`() {
        let plan = plan(Sample.cyfun, Sample.cyfun.all(.scores(2, 3)), "basic")
        #expect(plan.steps.map(\.gain) == [Fraction(1, 8), Fraction(1, 8), Fraction(1, 8), Fraction(1, 8)])
    }

    @Test func `unmet conditions come first, then gain, then effort, then the questionnaire's order`() {
        var answers = Sample.cyfun.all(.scores(3, 3))
        answers["ID.AM-01.1"] = .scores(1, 3)
        answers["ID.AM-01.2"] = .scores(2, 3)
        answers["ID.AM-02.1"] = .scores(2, 3)
        answers["PR.AA-03.1"] = .scores(1, 3)
        answers["PR.AA-03.2"] = .scores(2, 3)
        let plan = plan(Sample.cyfun, answers, "important")
        #expect(plan.steps.map(\.question) == ["PR.AA-03.2", "PR.AA-03.1", "ID.AM-02.1", "ID.AM-01.1", "ID.AM-01.2"])
        #expect(
            plan.steps.map(\.gain) == [Fraction(1, 12), Fraction(1, 6), Fraction(1, 8), Fraction(1, 8), Fraction(1, 16)])
        #expect(plan.steps.map(\.helpsUnmetCondition) == [true, false, false, false, false])
        #expect(plan.steps.first?.isKeyMeasure == true)
    }

    @Test func `of equal gains the smaller effort comes first`() {
        let questionnaire = Sample.single([
            Question(id: "A", effort: .large), Question(id: "B", effort: .small), Question(id: "C", effort: .large),
            Question(id: "D", effort: .medium),
        ])
        let plan = plan(questionnaire, questionnaire.all(.scores(2)), "only")
        #expect(plan.steps.map(\.question) == ["B", "D", "A", "C"])
    }

    @Test func `a domain below its threshold draws all its steps forward`() {
        var answers = Sample.cyfun.all(.scores(3, 3))
        answers["GV.OV-01.1"] = .scores(2, 3)
        let plan = plan(Sample.cyfun, answers, "essential")
        #expect(plan.steps.prefix(2).map(\.question) == ["GV.OV-01.1", "GV.OV-01.1"])
        #expect(plan.steps.map(\.helpsUnmetCondition) == [true, true] + Array(repeating: false, count: 12))
    }

    @Test func `without thresholds the target is the top of the scale`() {
        let plan = plan(Sample.single([Question(id: "A")]), ["A": .scores(2)], "only")
        #expect(plan.steps.map(\.to) == [5])
        #expect(plan.steps.map(\.gain) == [3])
        #expect(plan.further.isEmpty)
    }

    @Test func `a threshold outside the scale gives a target inside it`() {
        let level = Level(id: "only", total: 9)
        #expect(plan(Sample.single([Question(id: "A")], level: level), ["A": .scores(2)], "only").steps.map(\.to) == [5])
        let low = Level(id: "only", total: -9)
        #expect(plan(Sample.single([Question(id: "A")], level: low), ["A": .scores(1)], "only").steps.isEmpty)
    }

    @Test func `what is on target can be raised further, one score at a time, up to the top`() {
        var answers = Sample.supplyChain.all(.scores(5))
        answers["D1-1"] = .scores(3)
        answers["D2-1"] = .scores(4)
        let plan = plan(Sample.supplyChain, answers, "standard")
        #expect(plan.steps.isEmpty)
        #expect(plan.further.map(\.question) == ["D1-1", "D2-1"])
        #expect(plan.further.map(\.to) == [4, 5])
        #expect(plan.further.map(\.gain) == [Fraction(1, 45), Fraction(1, 45)])
    }

    @Test func `what is unknown is a step, and its cost is told`() {
        var answers = Sample.supplyChain.all(.scores(3))
        answers["D1-1"] = .unknown
        answers["D2-1"] = .unknown
        answers["D3-1"] = .scores(1)
        let plan = plan(Sample.supplyChain, answers, "standard")
        #expect(plan.steps.map(\.question) == ["D1-1", "D2-1", "D3-1"])
        #expect(plan.steps.map(\.isUnknown) == [true, true, false])
        #expect(plan.unknownCost == Fraction(4, 45))
    }

    @Test func `there are no steps for what is unanswered or rightly not applicable`() {
        let plan = plan(Sample.supplyChain, ["D1-1": .scores(1), "D1-3": .irrelevant], "standard")
        #expect(plan.steps.map(\.question) == ["D1-1"])
        #expect(plan.steps.map(\.gain) == [2])
        #expect(plan.further.isEmpty)
    }

    @Test func `a refused not applicable is a step in every aspect`() {
        var answers = Sample.cyfun.all(.scores(5, 5))
        answers["PR.AA-03.3"] = .irrelevant
        let plan = plan(Sample.cyfun, answers, "important")
        #expect(plan.steps.map(\.aspect) == [0, 1])
        #expect(plan.steps.allSatisfy { $0.question == "PR.AA-03.3" && $0.from == 1 && $0.to == 3 && $0.helpsUnmetCondition })
        #expect(plan.steps.map(\.gain) == [Fraction(1, 6), Fraction(1, 6)])
    }

    @Test func `with points the best answer is the target`() {
        let plan = plan(Sample.spec27076, Sample.spec27076.all(.scores(0)), "check")
        #expect(plan.steps.map(\.question) == ["1", "4", "2", "3", "5"])
        #expect(plan.steps.map(\.gain) == [6, 6, 1, 1, 1])
        #expect(plan.further.isEmpty)
    }

    @Test func `with points that fall again the lowest of the best answers is the target`() {
        let questionnaire = Sample.single(
            [Question(id: "A"), Question(id: "B")], scoring: .points(ordinary: [0, 4, 4, 1], key: []), scale: 0...3)
        let plan = plan(questionnaire, ["A": .scores(3), "B": .scores(2)], "only")
        #expect(plan.steps.map(\.question) == ["A"])
        #expect(plan.steps.map(\.to) == [1])
        #expect(plan.steps.map(\.gain) == [3])
    }

    @Test func `a plan without answers is empty`() {
        #expect(plan(Sample.cyfun, [:], "essential") == Plan(steps: [], further: [], unknownCost: 0))
    }
}
