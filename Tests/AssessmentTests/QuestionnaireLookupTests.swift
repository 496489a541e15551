import Assessment
import Testing

struct QuestionnaireLookupTests {
    @Test func `levels, questions and their domains are found by id`() {
        #expect(Sample.cyfun.levelIndex(of: "important") == 1)
        #expect(Sample.cyfun.levelIndex(of: "Important") == nil)
        #expect(Sample.cyfun.question("PR.AA-03.2")?.keyMeasureFrom == 0)
        #expect(Sample.cyfun.domain(ofQuestion: "PR.AA-03.2")?.id == "PR.AA")
        #expect(Sample.cyfun.question("PR.AA-03") == nil)
    }

    @Test func `questions come in the order they are written in`() {
        #expect(
            Sample.cyfun.questions.map(\.id) == [
                "ID.AM-01.1", "ID.AM-01.2", "ID.AM-02.1", "PR.AA-03.1", "PR.AA-03.2", "PR.AA-03.3", "GV.OV-01.1",
            ])
    }

    @Test func `not applicable is open to ordinary questions at a level with a rule`() throws {
        let key = try #require(Sample.cyfun.question("PR.AA-03.2"))
        let managed = try #require(Sample.cyfun.question("PR.AA-03.3"))
        let ordinary = try #require(Sample.cyfun.question("PR.AA-03.1"))
        #expect(!Sample.cyfun.mayBeNotApplicable(key, at: 0))
        #expect(Sample.cyfun.mayBeNotApplicable(managed, at: 0))
        #expect(!Sample.cyfun.mayBeNotApplicable(managed, at: 1))
        #expect(Sample.cyfun.mayBeNotApplicable(ordinary, at: 2))
        #expect(!Sample.cyfun.mayBeNotApplicable(ordinary, at: 3))
        #expect(!Sample.single([ordinary]).mayBeNotApplicable(ordinary, at: 0))
    }

    @Test func `a condition names the questions it looks at`() {
        let condition = Condition.all([
            .sector(["20"]), .any([.answer(question: "A", atLeast: 3), .not(.answer(question: "B", atLeast: 1))]),
        ])
        #expect(condition.consulted == ["A", "B"])
    }
}
