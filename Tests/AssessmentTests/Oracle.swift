import Assessment

/// The rules of scoring a second time, slow and written differently, to hold against the engine:
/// every figure is computed on its own from the leaves, as one sum over questions with their share of the whole.
struct Oracle {
    let questionnaire: Questionnaire
    let level: Int
    let profile: Profile
    let answers: Answers

    /// A fraction that is never reduced until it is compared.
    struct Ratio: Equatable {
        var up: Int128
        var down: Int128 = 1

        static func + (left: Ratio, right: Ratio) -> Ratio {
            Ratio(up: left.up * right.down + right.up * left.down, down: left.down * right.down).reduced
        }
        static func * (left: Ratio, right: Ratio) -> Ratio {
            Ratio(up: left.up * right.up, down: left.down * right.down).reduced
        }
        static func == (left: Ratio, right: Ratio) -> Bool { left.up * right.down == right.up * left.down }

        private var reduced: Ratio {
            var (a, b) = (up.magnitude, down.magnitude)
            while b > 0 { (a, b) = (b, a % b) }
            return a == 0 ? self : Ratio(up: up / Int128(a), down: down / Int128(a))
        }
    }

    struct Leaf {
        let question: Question
        let topic: Topic
        let domain: Domain
        /// Per aspect; empty where left out; `nil` where unanswered.
        let values: [Ratio]?
    }

    var leaves: [Leaf] {
        questionnaire.domains.flatMap { domain in
            domain.topics.flatMap { topic in
                topic.questions.filter { isAsked($0.id) }.map {
                    Leaf(question: $0, topic: topic, domain: domain, values: values($0))
                }
            }
        }
    }

    /// Over all aspects, or of one.
    func figure(_ leaves: [Leaf], aspect: Int? = nil, within top: Top) -> Ratio? {
        let counting = leaves.filter { !($0.values ?? []).isEmpty }
        guard !counting.isEmpty else { return nil }
        var sum = Ratio(up: 0)
        for leaf in counting {
            let values = leaf.values ?? []
            let chosen = aspect.map { [values[$0]] } ?? values
            let ownFigure = chosen.reduce(Ratio(up: 0), +)
            if isPoints {
                var weight = leaf.question.weight
                if top != .topic { weight *= leaf.topic.weight }
                if top == .total { weight *= leaf.domain.weight }
                sum = sum + ownFigure * Ratio(up: Int128(weight))
            } else {
                sum = sum + ownFigure * Ratio(up: 1, down: Int128(chosen.count)) * share(of: leaf, in: counting, within: top)
            }
        }
        return sum
    }

    enum Top { case topic, domain, total }

    private func share(of leaf: Leaf, in leaves: [Leaf], within top: Top) -> Ratio {
        let siblings = leaves.filter { $0.topic.id == leaf.topic.id }
        var share = Ratio(up: Int128(leaf.question.weight), down: siblings.reduce(0) { $0 + Int128($1.question.weight) })
        if top == .topic { return share }
        let topics = Dictionary(
            leaves.filter { $0.domain.id == leaf.domain.id }.map { ($0.topic.id, $0.topic.weight) }, uniquingKeysWith: { $1 })
        share = share * Ratio(up: Int128(leaf.topic.weight), down: topics.values.reduce(0) { $0 + Int128($1) })
        if top == .domain { return share }
        let domains = Dictionary(leaves.map { ($0.domain.id, $0.domain.weight) }, uniquingKeysWith: { $1 })
        return share * Ratio(up: Int128(leaf.domain.weight), down: domains.values.reduce(0) { $0 + Int128($1) })
    }

    private var isPoints: Bool { questionnaire.scoring != .means }

    private func isAsked(_ id: String) -> Bool {
        for domain in questionnaire.domains {
            for question in domain.topics.flatMap(\.questions) where question.id == id {
                return question.level <= level && [domain.condition, question.condition].allSatisfy { $0.map(holds) ?? true }
            }
        }
        return false
    }

    private func holds(_ condition: Condition) -> Bool {
        switch condition {
        case .sector(let sectors): return sectors.contains { $0 == profile.sector }
        case .not(let other): return !holds(other)
        case .all(let others): return !others.contains { !holds($0) }
        case .any(let others): return !others.filter(holds).isEmpty
        case .answer(let question, let least):
            guard isAsked(question), case .marks(let marks)? = answers[question] else { return false }
            let good = (least...max(least, questionnaire.scale.upperBound)).clamped(to: questionnaire.scale)
            return marks.count == questionnaire.aspects.count
                && !marks.contains { mark in !good.contains { mark == .score($0) } }
        }
    }

    func isRefused(_ question: Question) -> Bool {
        questionnaire.levels[level].notApplicable == nil
            || question.keyMeasureFrom.map { $0 <= level } == true || question.mustApplyFrom.map { $0 <= level } == true
    }

    private func values(_ question: Question) -> [Ratio]? {
        guard let answer = answers[question.id] else { return nil }
        switch answer {
        case .notApplicable where isRefused(question):
            return questionnaire.aspects.map { _ in worth(questionnaire.scale.lowerBound, question) }
        case .notApplicable:
            guard !isPoints, let value = questionnaire.levels[level].notApplicable?.countsAs else { return [] }
            return questionnaire.aspects.map { _ in Ratio(up: Int128(value.numerator), down: Int128(value.denominator)) }
        case .marks(let marks):
            if marks.count != questionnaire.aspects.count { return nil }
            var values: [Ratio] = []
            for case let mark? in marks {
                if mark == .unknown { values.append(worth(questionnaire.unknownCountsAs, question)) }
                if case .score(let score) = mark, questionnaire.scale ~= score { values.append(worth(score, question)) }
            }
            return values.count == marks.count ? values : nil
        }
    }

    private func worth(_ score: Int, _ question: Question) -> Ratio {
        switch questionnaire.scoring {
        case .means: Ratio(up: Int128(score))
        case .points(let ordinary, let key):
            Ratio(
                up: Int128(
                    (question.keyMeasureFrom.map { $0 <= level } == true ? key : ordinary)[score - questionnaire.scale.lowerBound]))
        }
    }
}
