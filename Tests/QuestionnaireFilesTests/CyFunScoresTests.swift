import Assessment
import Crypto
import FoundationEssentials
import Testing

@testable import QuestionnaireFiles

/// CyFun's figures against outside oracles: what official workbooks computed, and Python's fractions (Tests/Oracle).
@Suite struct CyFunScoresTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let catalogue = Result<Catalogue, any Error> {
        try Catalogue.load(folder: folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Questionnaires").path)
    }

    private static func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appending(path: "Fixtures/\(name)"), encoding: .utf8).split(separator: "\n").map(String.init)
            .filter { !$0.hasPrefix("#") }
    }

    private static func definition(_ id: String) throws -> Questionnaire { try #require(try catalogue.get().current(id)?.definition) }

    @Test(arguments: 0..<4)
    func `what official workbooks computed comes out to the last digit`(_ number: Int) throws {
        let lines = Array(try Self.lines("cyfun-golden.txt")[(number * 4)..<(number * 4 + 4)])
        let head = lines[0].split(separator: " ").map(String.init)
        let definition = try Self.definition(head[0])
        let level = try #require(definition.levelIndex(of: head[1]))
        var (answers, marks) = (Answers(), Array(lines[1]))
        for question in definition.questions where question.level <= level {
            let pair = marks.prefix(2)
            marks.removeFirst(2)
            answers[question.id] =
                pair.contains("n") ? .notApplicable(reason: "outside scope") : .marks(pair.map { .score($0.wholeNumberValue ?? 0) })
        }
        #expect(marks.isEmpty)
        let card = definition.score(answers, level: level, profile: Profile())
        #expect(Self.shown(card.total) == Self.padded(head[2]))
        for domain in lines[2].split(separator: " ") {
            let sides = domain.split(separator: "=")
            let score = try #require(card.domains.first { $0.id == sides[0] })
            let figures = sides[1].split(separator: "/").map { Self.padded(String($0)) }
            #expect([Self.shown(score.score), Self.shown(score.aspects[0]), Self.shown(score.aspects[1])] == figures, "\(domain)")
        }
        // And what the workbook shows where it departs from the method.
        let official = definition.workbookFigures(card)
        for (place, figure) in lines[3].split(separator: " ").enumerated() {
            let sides = figure.split(separator: "=").map(String.init)
            let (domain, value) = place == 0 ? (nil, sides[0]) : (sides[0], sides[1])
            let ours = domain.map { id in card.domains.first { $0.id == id }?.score } ?? card.total
            let shown = official.first { $0.domain == domain && $0.aspect == nil }?.workbook ?? ours
            #expect(Self.shown(shown) == Self.padded(value), "\(figure)")
        }
        #expect(official.filter { $0.aspect == nil }.compactMap(\.domain) == (head[0] == "cyfun-2023" ? [] : ["PR.AA", "PR.IR", "RC.CO"]))
    }

    @Test func `the workbook of Important merges PR.IR-02 and PR.IR-04; figures that differ by no more than 0.005 are not listed`() throws {
        let definition = try Self.definition("cyfun-2025")
        let questions = definition.questions.filter { $0.level <= 1 }
        var answers = Dictionary(uniqueKeysWithValues: questions.map { ($0.id, Answer.marks([.score(3), .score(3)])) })
        #expect(definition.workbookFigures(definition.score(answers, level: 1, profile: Profile())).isEmpty)
        answers["PR.IR-02.1"] = .marks([.score(5), .score(5)])
        // (3 + 5 + 3) / 3 by the method; (3 + (5 + 3) / 2) / 2 by the workbook. The totals are a twentieth of that apart.
        let card = definition.score(answers, level: 1, profile: Profile())
        let figures = definition.workbookFigures(card)
        let first = try #require(figures.first)
        #expect(first.published == Fraction(11, 3) && first.workbook == Fraction(7, 2))
        #expect(first.departures == [MethodDeparture(level: 1, kind: .merges(["PR.IR-02", "PR.IR-04"]))])
        #expect(
            figures.map(\.domain) == ["PR.IR", "PR.IR", "PR.IR", nil] && figures.map(\.aspect) == [nil, 0, 1, nil]
                && card.domains.count == 20)
        #expect(figures[3].published - figures[3].workbook == Fraction(1, 120))
        // Half a step: a fortieth of 1/12 apart in the total, which is less than 0.005.
        answers["PR.IR-02.1"] = .marks([.score(3), .score(4)])
        let near = definition.workbookFigures(definition.score(answers, level: 1, profile: Profile()))
        #expect(near.map(\.domain) == ["PR.IR", "PR.IR"] && near.map(\.aspect) == [nil, 1])
    }

    @Test func `2025 follows from 2023 as the published mapping has it`() throws {
        let definition = try Self.definition("cyfun-2025")
        let lines = try Self.lines("cyfun-mapping.txt").map { $0.split(separator: " ").map(String.init) }
        let expected = Dictionary(uniqueKeysWithValues: lines.map { ($0[0], Set($0.dropFirst())) })
        #expect(expected.values.joined().count == 351 && expected.values.joined().count { $0.hasPrefix("=") } == 72)
        for question in definition.questions {
            let equal = Set(question.equals.filter { $0.scheme == "cyfun2023" }.flatMap(\.ids))
            let related = Set(question.references.filter { $0.scheme == "cyfun2023" }.flatMap(\.ids))
            #expect(equal.isSubset(of: related))
            let found = Set(related.map { (equal.contains($0) ? "=" : "~") + $0 })
            #expect(found == expected[question.id] ?? [], "\(question.id)")
        }
    }

    private static func shown(_ value: Fraction?) -> String { value?.decimals(9) ?? "" }

    private static func padded(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        return "\(parts[0])." + decimals + String(repeating: "0", count: 9 - decimals.count)
    }

    @Test(arguments: ["cyfun-2023", "cyfun-2025"], 0..<3)
    func `ten thousand random fills score as Python's fractions do`(_ id: String, _ level: Int) throws {
        let definition = try Self.definition(id)
        let name = "\(id) \(definition.levels[level].id) "
        let expected = try #require(try Self.lines("cyfun-scores.txt").first { $0.hasPrefix(name) }).dropFirst(name.count)
        let questions = definition.questions.filter { $0.level <= level }
        var hash = SHA256()
        for number in 0..<10_000 {
            var random = SplitMix64(state: UInt64(number + 1_000_003 * (level + 1)))
            let answers = Self.fill(questions, &random, number)
            hash.update(data: Array((Self.line(definition.score(answers, level: level, profile: Profile())) + "\n").utf8))
        }
        #expect(hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    }

    private static func fill(_ questions: [Question], _ random: inout SplitMix64, _ number: Int) -> Answers {
        let (low, span) = [(1, 5), (3, 3), (2, 3), (2, 2)][number % 4]
        let score = { (random: inout SplitMix64) in Mark.score(low + Int(random.next() % UInt64(span))) }
        var answers: Answers = [:]
        for question in questions {
            switch random.next() % 100 {
            case ..<2 where number / 4 % 2 == 0: answers[question.id] = .notApplicable(reason: "x")
            case ..<4 where number % 4 == 0: break
            case ..<5: answers[question.id] = .marks([.unknown, score(&random)])
            default:
                let documentation = score(&random)
                answers[question.id] = .marks([documentation, score(&random)])
            }
        }
        return answers
    }

    private static func line(_ card: Scorecard) -> String {
        let exact = { (value: Fraction?) in value.map { "\($0.numerator)/\($0.denominator)" } ?? "-" }
        let unmet = card.unmet.map { condition in
            switch condition {
            case .total: "total"
            case .domain(let id, _, _), .keyMeasure(let id, _, _), .notApplicableKeyMeasure(let id), .unanswered(let id): id
            case .notApplicableLimit(let count, _): "na\(count)"
            }
        }
        return ([card.verdict.rawValue, exact(card.total)] + card.aspects.map(exact) + unmet).joined(separator: " ")
    }

    @Test(arguments: ["cyfun-2023", "cyfun-2025"], 0..<3)
    func `a threshold is met exactly, and missed by the least that can be`(_ id: String, _ level: Int) throws {
        let definition = try Self.definition(id)
        let rules = definition.levels[level]
        let (key, total) = (try #require(rules.keyMeasure), try #require(rules.total))
        let questions = definition.questions.filter { $0.level <= level }
        // All on the threshold: 2 and 3 make 2.5, 3 and 3 make 3, 3 and 4 make 3.5.
        func marks(_ threshold: Fraction) -> [Mark?] { [.score(threshold.floor), .score(threshold.ceiling)] }
        var answers = Dictionary(uniqueKeysWithValues: questions.map { ($0.id, Answer.marks(marks(total))) })
        let met = definition.score(answers, level: level, profile: Profile())
        #expect(met.total == total && met.verdict == .met)
        for question in questions {
            var one = answers
            one[question.id] = .marks([.score(total.floor - 1), .score(total.ceiling)])
            let card = definition.score(one, level: level, profile: Profile())
            #expect(card.total ?? 0 < total && card.verdict == .notMet, "\(question.id)")
            #expect(card.unmet.contains(.total(score: card.total ?? 0, required: total)))
            #expect(card.total?.decimals(2, notReaching: [total]) != total.decimals(2), "never shown as reached")
        }
        // A key measure is judged by its mean, never by the lower of the two.
        for question in questions where question.isKeyMeasure(at: level) {
            answers[question.id] = .marks([.score(1), .score((key * 2).ceiling - 1)])
            #expect(
                !definition.score(answers, level: level, profile: Profile()).unmet.contains {
                    if case .keyMeasure = $0 { true } else { false }
                })
            answers[question.id] = .marks([.score(1), .score((key * 2).ceiling - 2)])
            let unmet = definition.score(answers, level: level, profile: Profile()).unmet
            #expect(unmet.contains(.keyMeasure(id: question.id, score: key - Fraction(1, 2), required: key)))
            answers[question.id] = .marks(marks(total))
        }
    }

    @Test func `every id, level and key measure is as the framework has it`() throws {
        let levels = ["basic", "important", "essential"]
        for id in ["cyfun-2023", "cyfun-2025"] {
            let definition = try Self.definition(id)
            let found = definition.domains.flatMap { domain in
                domain.topics.flatMap { topic in
                    topic.questions.map { question in
                        [domain.id, topic.id, question.id, levels[question.level], question.keyMeasureFrom.map { levels[$0] } ?? "-"]
                            .joined(separator: " ")
                    }
                }
            }
            #expect(found == (try Self.lines("\(id)-ids.txt")))
        }
    }

    @Test func `counts are those that the framework publishes`() throws {
        for (id, asked, keys) in [("cyfun-2023", [34, 140, 219], [13, 21, 29]), ("cyfun-2025", [34, 133, 218], [13, 22, 29])] {
            let definition = try Self.definition(id)
            for level in 0..<3 {
                #expect(definition.questions.count { $0.level <= level } == asked[level])
                #expect(definition.questions.count { $0.level <= level && $0.isKeyMeasure(at: level) } == keys[level])
            }
        }
        let definition = try Self.definition("cyfun-2025")
        #expect(
            definition.questions.filter { $0.mustApplyFrom == 2 }.map(\.id) == [
                "GV.RM-01.1", "GV.RM-02.1", "GV.RM-03.2", "GV.RR-02.1", "GV.RR-02.2", "GV.SC-01.1", "ID.RA-05.2", "ID.RA-05.3",
                "ID.RA-06.1", "ID.IM-03.9", "ID.IM-04.1", "ID.IM-04.2", "PR.IR-04.1", "DE.AE-04.1", "RC.CO-03.1",
            ])
        #expect(Effort.allCases.map { effort in definition.questions.count { $0.effort == effort } } == [54, 134, 30])
        #expect(Set(definition.domains.compactMap(\.group)).count == 6 && definition.domains.count == 22)
        #expect(definition.domains.flatMap(\.topics).count == 90)
        let limits = definition.levels.map { $0.notApplicable }
        #expect(limits == [(1, "2.5"), (3, "3"), (5, "3")].map { NotApplicableRule(limit: .count($0), countsAs: Fraction.parse($1)) })
        #expect(try Self.definition("cyfun-2023").levels.allSatisfy { $0.notApplicable == nil })
    }

    @Test(arguments: 0..<3)
    func `not applicable counts as the level's target, up to the limit, and never for key measures`(_ level: Int) throws {
        let definition = try Self.definition("cyfun-2025")
        let rule = try #require(definition.levels[level].notApplicable)
        let questions = definition.questions.filter { $0.level <= level }
        let free = questions.filter { definition.mayBeNotApplicable($0, at: level) }
        let best = Dictionary(uniqueKeysWithValues: questions.map { ($0.id, Answer.marks([.score(5), .score(5)])) })
        let limit = rule.limit.allowed(of: questions.count)
        #expect(limit == [1, 3, 5][level])
        var answers = best
        for question in free.prefix(limit) { answers[question.id] = .notApplicable(reason: "none here") }
        let card = definition.score(answers, level: level, profile: Profile())
        #expect(card.verdict == .met)
        let scores = card.domains.flatMap(\.topics).flatMap(\.questions).filter { $0.state == .notApplicable }
        #expect(scores.count == limit && scores.allSatisfy { $0.aspects == [rule.countsAs, rule.countsAs] })
        answers[free[limit].id] = .notApplicable(reason: "none here")
        #expect(
            definition.score(answers, level: level, profile: Profile()).unmet == [.notApplicableLimit(count: limit + 1, allowed: limit)])
        for question in questions where !definition.mayBeNotApplicable(question, at: level) {
            var one = best
            one[question.id] = .notApplicable(reason: "none here")
            #expect(definition.score(one, level: level, profile: Profile()).unmet.contains(.notApplicableKeyMeasure(id: question.id)))
        }
        #expect(questions.filter { !definition.mayBeNotApplicable($0, at: level) }.count == [13, 22, 29 + 14][level])
    }
}

/// Sebastiano Vigna's generator.
private struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
