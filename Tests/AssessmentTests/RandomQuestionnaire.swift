import Assessment

/// Vigna's SplitMix64: the same seed gives the same run everywhere.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }

    /// True once in `times`.
    mutating func once(in times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }
}

/// Draws a small questionnaire of any shape the engine knows, and answers to it.
struct RandomQuestionnaire {
    var random: SplitMix64
    var hasConditions = true
    /// Points that never fall as the score rises.
    var isMonotone = false

    static let profile = Profile(sector: "20")

    init(seed: UInt64, hasConditions: Bool = true, isMonotone: Bool = false) {
        random = SplitMix64(seed: seed)
        self.hasConditions = hasConditions
        self.isMonotone = isMonotone
    }

    mutating func questionnaire() -> Questionnaire {
        let scale = random.pick([1...5, 0...1, -2...3, 1...4])
        let levels = Int.random(in: 1...3, using: &random)
        var earlier: [String] = []
        return Questionnaire(
            id: "random", edition: "1", aspects: ["one", "two", "three"].suffix(Int.random(in: 1...3, using: &random)),
            scale: scale, scoring: scoring(scale), unknownCountsAs: Int.random(in: scale, using: &random),
            levels: (0..<levels).map { _ in level(scale) },
            domains: (0..<Int.random(in: 1...4, using: &random)).map { d in
                Domain(
                    id: "D\(d)", weight: weight(), condition: condition(after: earlier, scale),
                    topics: (0..<Int.random(in: 1...3, using: &random)).map { t in
                        Topic(
                            id: "D\(d).\(t)", weight: weight(),
                            questions: (0..<Int.random(in: 1...4, using: &random)).map { q in
                                question("D\(d).\(t)-\(q)", levels: levels, scale, &earlier)
                            })
                    })
            })
    }

    /// An answer to most questions, now and then one that does not fit.
    mutating func answers(to questionnaire: Questionnaire, complete: Bool = false) -> Answers {
        var answers: Answers = [:]
        for question in questionnaire.questions {
            switch Int.random(in: complete ? 2...9 : 0...40, using: &random) {
            case 0: continue
            case 1: answers[question.id] = random.pick([.marks([]), .scores(99, -99, 0), .marks([nil]), .scores(7)])
            case 2: answers[question.id] = .irrelevant
            default: answers[question.id] = marks(for: questionnaire)
            }
        }
        return answers
    }

    private mutating func marks(for questionnaire: Questionnaire) -> Answer {
        .marks(
            questionnaire.aspects.map { _ in
                random.once(in: 8) ? .unknown : .score(Int.random(in: questionnaire.scale, using: &random))
            })
    }

    private mutating func question(
        _ id: String, levels: Int, _ scale: ClosedRange<Int>, _ earlier: inout [String]
    ) -> Question {
        defer { earlier.append(id) }
        return Question(
            id: id, level: Int.random(in: 0..<levels, using: &random),
            keyMeasureFrom: random.once(in: 4) ? Int.random(in: 0..<levels, using: &random) : nil,
            mustApplyFrom: random.once(in: 6) ? Int.random(in: 0..<levels, using: &random) : nil,
            weight: weight(), effort: random.pick(Effort.allCases), condition: condition(after: earlier, scale))
    }

    private mutating func level(_ scale: ClosedRange<Int>) -> Level {
        Level(
            id: "L\(random.next())", total: threshold(scale), domain: threshold(scale), keyMeasure: threshold(scale),
            notApplicable: random.once(in: 3)
                ? nil
                : NotApplicableRule(
                    limit: random.once(in: 2)
                        ? .count(Int.random(in: 0...3, using: &random))
                        : .share(Fraction(Int.random(in: 0...10, using: &random), 10)),
                    countsAs: threshold(scale)))
    }

    private mutating func threshold(_ scale: ClosedRange<Int>) -> Fraction? {
        random.once(in: 3) ? nil : Fraction(Int.random(in: scale.lowerBound * 2...scale.upperBound * 2, using: &random), 2)
    }

    private mutating func scoring(_ scale: ClosedRange<Int>) -> Scoring {
        random.once(in: 3) ? .points(ordinary: points(scale), key: points(scale)) : .means
    }

    private mutating func points(_ scale: ClosedRange<Int>) -> [Int] {
        let points = scale.map { _ in Int.random(in: -3...5, using: &random) }
        return isMonotone ? points.sorted() : points
    }

    private mutating func condition(after earlier: [String], _ scale: ClosedRange<Int>) -> Condition? {
        hasConditions && random.once(in: 5) ? condition(after: earlier, scale, depth: 2) : nil
    }

    private mutating func condition(after earlier: [String], _ scale: ClosedRange<Int>, depth: Int) -> Condition {
        switch Int.random(in: depth > 0 ? 0...4 : 0...1, using: &random) {
        case 1 where !earlier.isEmpty:
            .answer(question: random.pick(earlier), atLeast: Int.random(in: scale, using: &random))
        case 2: .not(condition(after: earlier, scale, depth: depth - 1))
        case 3: .all((0..<2).map { _ in condition(after: earlier, scale, depth: depth - 1) })
        case 4: .any((0..<2).map { _ in condition(after: earlier, scale, depth: depth - 1) })
        default: .sector([random.pick(["20", "21"])])
        }
    }

    private mutating func weight() -> Int { random.once(in: 2) ? 1 : Int.random(in: 1...3, using: &random) }
}
