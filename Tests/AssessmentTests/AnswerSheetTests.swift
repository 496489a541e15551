import Assessment
import Testing

struct AnswerSheetTests {
    private func read(_ sheet: AnswerSheet, _ questionnaire: Questionnaire = Sample.supplyChain, level: Int = 1) -> SheetReading {
        questionnaire.read(sheet, level: level, profile: Profile())
    }

    @Test func `a filled-in sheet becomes answers and notes`() {
        let reading = read([
            "D1-1.practice": "4", "D1-2.practice": "unknown", "D1-3.practice": "na", "D1-3.reason": "no own site",
            "D1-4.practice": "", "D1-1.note": "see file 7", "D1-5.note": "later",
        ])
        #expect(
            reading.answers == ["D1-1": .scores(4), "D1-2": .unknown, "D1-3": .notApplicable(reason: "no own site")])
        #expect(reading.notes == ["D1-1": "see file 7", "D1-5": "later"])
        #expect(reading.faults.isEmpty)
    }

    @Test func `an empty sheet says nothing`() {
        #expect(read([:]) == SheetReading(answers: [:], notes: [:], faults: []))
    }

    @Test func `one aspect of two is kept as half an answer`() {
        let reading = read(["ID.AM-01.1.documentation": "3", "ID.AM-01.1.implementation": ""], Sample.cyfun)
        #expect(reading.answers == ["ID.AM-01.1": .marks([.score(3), nil])])
    }

    @Test func `not applicable in one aspect stands for the whole question`() {
        let reading = read(
            ["ID.AM-01.1.documentation": "3", "ID.AM-01.1.implementation": "na", "ID.AM-01.1.reason": "none"], Sample.cyfun)
        #expect(reading.answers == ["ID.AM-01.1": .notApplicable(reason: "none")])
    }

    @Test(arguments: ["0", "6", "-1", "3.5", "03", "yes", " ", "4\n", "unknown "])
    func `a value outside the scale is a fault and no answer`(value: String) {
        let reading = read(["D1-1.practice": value, "D1-1.note": "kept on the page", "D1-2.practice": "5"])
        #expect(reading.faults == [.outOfScale(question: "D1-1", field: "D1-1.practice", allowed: 1...5)])
        #expect(reading.answers == ["D1-2": .scores(5)])
        #expect(reading.notes.isEmpty)
    }

    @Test(arguments: [nil, "", " ", "\r\n\t", "\u{A0}\u{2003}"])
    func `a reason is more than white space`(reason: String?) {
        let reading = read(["D1-3.practice": "na", "D1-3.reason": reason ?? ""])
        #expect(reading.faults == [.reasonMissing(question: "D1-3", field: "D1-3.reason")])
        #expect(reading.answers.isEmpty)
    }

    @Test func `a reason left over from before is ignored`() {
        let reading = read(["D1-3.practice": "2", "D1-3.reason": String(repeating: "x", count: 5_000)])
        #expect(reading.faults.isEmpty)
        #expect(reading.answers == ["D1-3": .scores(2)])
    }

    @Test func `notes and reasons hold 4,000 scalars and not one more`() {
        let full = String(repeating: "e\u{301}", count: 2_000)
        #expect(read(["D1-1.note": full]).faults.isEmpty)
        #expect(read(["D1-3.practice": "na", "D1-3.reason": full]).faults.isEmpty)
        #expect(
            read(["D1-1.note": full + "x"]).faults == [
                .noteTooLong(question: "D1-1", field: "D1-1.note", limit: 4_000, length: 4_001)
            ])
        #expect(
            read(["D1-3.practice": "na", "D1-3.reason": full + "xy"]).faults == [
                .reasonTooLong(question: "D1-3", field: "D1-3.reason", limit: 4_000, length: 4_002)
            ])
    }

    @Test func `a line break counts once, as browsers count it`() {
        #expect(read(["D1-1.note": String(repeating: "\r\n", count: 3_999) + "x"]).faults.isEmpty)
        #expect(read(["D1-1.note": String(repeating: "\r", count: 4_001)]).faults.count == 1)
    }

    @Test func `not applicable is refused for a key measure, for what must apply, and without a rule`() {
        let na = "na"
        #expect(
            read(["D1-1.practice": na, "D1-1.reason": "no"]).faults == [
                .notApplicableRefused(question: "D1-1", field: "D1-1.practice")
            ])
        #expect(
            read(["PR.AA-03.3.implementation": na, "PR.AA-03.3.reason": "no"], Sample.cyfun, level: 1).faults == [
                .notApplicableRefused(question: "PR.AA-03.3", field: "PR.AA-03.3.implementation")
            ])
        #expect(
            read(["A.practice": na, "A.reason": "no"], Sample.single([Question(id: "A")]), level: 0).faults == [
                .notApplicableRefused(question: "A", field: "A.practice")
            ])
    }

    @Test func `every fault of a question is told, in the questionnaire's order`() {
        let long = String(repeating: "x", count: 4_001)
        let faults = read(
            [
                "ID.AM-01.1.documentation": "7", "ID.AM-01.1.implementation": "na", "ID.AM-01.1.note": long,
                "PR.AA-03.1.documentation": "x",
            ], Sample.cyfun
        ).faults
        #expect(
            faults.map(\.field) == [
                "ID.AM-01.1.documentation", "ID.AM-01.1.reason", "ID.AM-01.1.note", "PR.AA-03.1.documentation",
            ])
        #expect(faults.map(\.question) == ["ID.AM-01.1", "ID.AM-01.1", "ID.AM-01.1", "PR.AA-03.1"])
    }

    @Test func `fields of questions that are not asked are left alone`() {
        let chain = Sample.single([
            Question(id: "A"), Question(id: "B", condition: .answer(question: "A", atLeast: 3)),
        ])
        let hidden = read(["A.practice": "2", "B.practice": "99", "stranger": "1"], chain, level: 0)
        #expect(hidden == SheetReading(answers: ["A": .scores(2)], notes: [:], faults: []))
        let shown = read(["A.practice": "3", "B.practice": "99"], chain, level: 0)
        #expect(shown.faults.map(\.question) == ["B"])
        #expect(read(["D1-3.practice": "99"], level: 0).faults.isEmpty)
    }
}
