import Assessment
import Testing

struct AskedTests {
    private func asked(_ questionnaire: Questionnaire, _ answers: Answers = [:], sector: String? = nil) -> [String] {
        questionnaire.asked(level: 0, profile: Profile(sector: sector), answers: answers).flatMap(\.questions).map(\.id)
    }

    /// B is asked where A is at least 3; C where B is at least 1.
    private let chain = Sample.single([
        Question(id: "A"),
        Question(id: "B", condition: .answer(question: "A", atLeast: 3)),
        Question(id: "C", condition: .answer(question: "B", atLeast: 1)),
    ])

    @Test(arguments: [("basic", 4), ("important", 6), ("essential", 7)])
    func `a level asks its own questions and those of every lower level`(level: String, count: Int) throws {
        let index = try #require(Sample.cyfun.levelIndex(of: level))
        let asked = Sample.cyfun.asked(level: index, profile: Profile(), answers: [:])
        #expect(asked.flatMap(\.questions).count == count)
    }

    @Test func `domains and topics without a question asked are left out`() {
        let asked = Sample.cyfun.asked(level: 0, profile: Profile(), answers: [:])
        #expect(asked.map(\.domain.id) == ["ID.AM", "PR.AA"])
        #expect(asked.first?.topics.map(\.topic.id) == ["ID.AM-01", "ID.AM-02"])
    }

    @Test(arguments: [("20", ["Q", "R"]), ("21", ["R"]), (nil, ["R"])])
    func `an add-on appears for its sector only`(sector: String?, expected: [String]) {
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["practice"], scale: 1...5, unknownCountsAs: 1, levels: [Level(id: "only")],
            domains: [
                Domain(id: "CHEM", condition: .sector(["20"]), topics: [Topic(id: "CHEM", questions: [Question(id: "Q")])]),
                Domain(
                    id: "REST",
                    topics: [Topic(id: "REST", questions: [Question(id: "R", condition: .not(.sector(["99"])))])]),
            ])
        #expect(asked(questionnaire, sector: sector) == expected)
    }

    @Test func `a question opens at the score that its condition names`() {
        #expect(asked(chain, ["A": .scores(3)]) == ["A", "B"])
        #expect(asked(chain, ["A": .scores(2)]) == ["A"])
    }

    @Test(arguments: [Answer.unknown, .irrelevant, .marks([nil]), .scores(9), .scores(3, 3)])
    func `unknown, not applicable, open and ill-fitting answers open nothing`(answer: Answer) {
        #expect(asked(chain, ["A": answer]) == ["A"])
    }

    @Test func `an answer to a question that is not asked opens nothing`() {
        #expect(asked(chain, ["A": .scores(2), "B": .scores(5)]) == ["A"])
        #expect(asked(chain, ["A": .scores(3), "B": .scores(5)]) == ["A", "B", "C"])
    }

    @Test func `every aspect has to reach the score`() {
        let questionnaire = Questionnaire(
            id: "q", edition: "1", aspects: ["documentation", "implementation"], scale: 1...5, unknownCountsAs: 1,
            levels: [Level(id: "only")],
            domains: [
                Domain(
                    id: "D",
                    topics: [
                        Topic(
                            id: "D",
                            questions: [Question(id: "A"), Question(id: "B", condition: .answer(question: "A", atLeast: 3))])
                    ])
            ])
        #expect(asked(questionnaire, ["A": .scores(5, 2)]) == ["A"])
        #expect(asked(questionnaire, ["A": .scores(3, 3)]) == ["A", "B"])
    }

    @Test func `conditions combine`() {
        let questionnaire = Sample.single([
            Question(id: "A"), Question(id: "B"),
            Question(id: "both", condition: .all([.answer(question: "A", atLeast: 2), .answer(question: "B", atLeast: 2)])),
            Question(id: "one", condition: .any([.answer(question: "A", atLeast: 2), .answer(question: "B", atLeast: 2)])),
            Question(id: "none", condition: .not(.any([.answer(question: "A", atLeast: 2), .sector(["20"])]))),
        ])
        #expect(asked(questionnaire, ["A": .scores(2), "B": .scores(2)]) == ["A", "B", "both", "one"])
        #expect(asked(questionnaire, ["A": .scores(1), "B": .scores(2)]) == ["A", "B", "one", "none"])
        #expect(asked(questionnaire, ["A": .scores(1)], sector: "20") == ["A", "B"])
    }

    @Test func `conditions in a circle ask nothing and end`() {
        let circle = Sample.single([
            Question(id: "A", condition: .answer(question: "B", atLeast: 1)),
            Question(id: "B", condition: .answer(question: "A", atLeast: 1)),
            Question(id: "C", condition: .answer(question: "C", atLeast: 1)),
        ])
        #expect(asked(circle, circle.all(.scores(5))).isEmpty)
    }
}
