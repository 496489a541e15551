import Assessment
import Testing

struct AnswerFieldTests {
    @Test func `every field is found by its own name`() {
        for question in Sample.cyfun.questions {
            for part in [AnswerField.Part.aspect(0), .aspect(1), .reason, .note] {
                let field = Sample.cyfun.field(part, of: question.id)
                #expect(Sample.cyfun.field(named: field.name) == field)
            }
        }
    }

    @Test func `a field is named after its question and its part`() {
        #expect(Sample.cyfun.field(.aspect(1), of: "PR.AA-03.2").name == "PR.AA-03.2.implementation")
        #expect(Sample.supplyChain.field(named: "D1-1.practice")?.part == .aspect(0))
        #expect(Sample.supplyChain.field(named: "D1-1.reason")?.part == .reason)
        #expect(Sample.supplyChain.field(named: "D1-1.note")?.question == "D1-1")
    }

    @Test(arguments: [
        "", ".", "..", "D1-1", "D1-1.", ".practice", "D1-1.practise", "d1-1.practice", "D1-1.practice.", "D1-1 .practice",
        "D9-9.practice", "D1-1.Practice", "D1-1..practice", "D1.practice", "csrf", "D1-1.practice\u{301}", "D1-1.note\0",
        "D1-1\u{0}.note", "é.note", "\u{301}.\u{301}",
    ])
    func `any other name is no field`(name: String) {
        #expect(Sample.supplyChain.field(named: name) == nil)
    }

    @Test func `a name that only looks the same to Unicode is no field`() {
        let questionnaire = Sample.single([Question(id: "RISK-1")])
        #expect(questionnaire.field(named: "RISK-1.note") != nil)
        #expect("RIS\u{212A}-1.note" == "RISK-1.note")
        #expect(questionnaire.field(named: "RIS\u{212A}-1.note") == nil)
    }

    @Test func `choices are written and read the same way`() {
        for choice in (1...5).map(Choice.score) + [.unknown, .notApplicable] {
            #expect(Choice(value: choice.value, scale: 1...5) == choice)
        }
        #expect(Choice(value: "-3", scale: -3...3) == .score(-3))
        // Whatever byte it is: a digit within the scale, or nothing.
        for byte in UInt8.min...127 {
            let text = String(decoding: [byte], as: UTF8.self)
            let score = Int(text).flatMap { (-3...7).contains($0) ? Choice.score($0) : nil }
            #expect(Choice(value: text, scale: -3...7) == score && Choice(value: text, scale: 0...1_000) == Int(text).map { .score($0) })
        }
    }

    @Test(arguments: ["", "0", "6", "+3", "03", " 3", "3.0", "３", "NA", "Unknown", "-1", "99999999999999999999", "3\0"])
    func `nothing else can be chosen`(value: String) {
        #expect(Choice(value: value, scale: 1...5) == nil)
    }
}
