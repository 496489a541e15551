extension Questionnaire {
    /// Scores checked answers at a level. Answers to questions that are not asked are ignored; one that does not
    /// fit the aspects or the scale, or leaves an aspect open, counts as unanswered (checking is `read`'s job).
    ///
    /// - "Unknown" counts as `unknownCountsAs`. "Not applicable" counts as the level's rule says or is left out;
    ///   where it is refused it counts as the lowest score. Points know no `countsAs`: they leave it out.
    /// - A topic or domain with nothing left is left out of its parent. The verdict is `incomplete` while a
    ///   question is unanswered, and also where nothing is left that could be judged and no condition is unmet.
    /// - The limit on "not applicable" counts the answers that the rule may allow; refused ones are named one by one,
    ///   and again as key measures below their threshold.
    public func score(_ answers: Answers, level: Int, profile: Profile) -> Scorecard {
        var scoring = ScoringWalk(self, answers, level, profile)
        return scoring.scorecard()
    }
}

/// One walk through a questionnaire, from marks up to the total.
private struct ScoringWalk {
    private let questionnaire: Questionnaire
    private let answers: Answers
    private let level: Int
    private let rules: Level?
    private var asking: Asking
    /// Of the topic and the domain at hand, kept because allocating them anew takes a good part of the time.
    private var topicTally: AspectTally
    private var domainTally: AspectTally
    private var completeness = Completeness(asked: 0, answered: 0, unknown: 0, notApplicable: 0)
    private var keyMeasures: [Unmet] = []
    private var refused: [Unmet] = []
    private var unanswered: [Unmet] = []

    init(_ questionnaire: Questionnaire, _ answers: Answers, _ level: Int, _ profile: Profile) {
        self.questionnaire = questionnaire
        self.answers = answers
        self.level = level
        rules = questionnaire.rules(at: level)
        asking = Asking(questionnaire, level: level, profile: profile)
        topicTally = AspectTally(questionnaire)
        domainTally = topicTally
    }

    mutating func scorecard() -> Scorecard {
        var tally = AspectTally(questionnaire)
        var domains: [DomainScore] = []
        domains.reserveCapacity(questionnaire.domains.count)
        for domain in questionnaire.domains where asking.asks(domain, after: answers) {
            if let score = score(domain, into: &tally) { domains.append(score) }
        }

        let aspects = tally.aspects
        let answeredPart = questionnaire.whole(aspects)
        let isComplete = completeness.answered == completeness.asked
        let total = isComplete ? answeredPart : nil
        let unmet = unmet(total, domains)
        return Scorecard(
            level: level,
            total: total,
            aspects: isComplete ? aspects : aspects.map { _ in nil },
            answeredPart: answeredPart,
            maximum: maximum(of: domains),
            domains: domains,
            completeness: completeness,
            verdict: !isComplete ? .incomplete : !unmet.isEmpty ? .notMet : total == nil ? .incomplete : .met,
            unmet: unmet)
    }

    /// Of points, what the best answers bring to everything that is not left out.
    private func maximum(of domains: [DomainScore]) -> Fraction {
        guard questionnaire.addsPoints else { return Fraction(questionnaire.scale.upperBound) }
        var maximum = 0
        for domain in domains {
            for topic in domain.topics {
                for question in topic.questions where question.state == .unanswered || question.score != nil {
                    let best = questionnaire.best(isKeyMeasure: question.isKeyMeasure).points
                    maximum += best * questionnaire.aspects.count * question.weight * topic.weight * domain.weight
                }
            }
        }
        return Fraction(maximum)
    }

    private func unmet(_ total: Fraction?, _ domains: [DomainScore]) -> [Unmet] {
        var unmet: [Unmet] = []
        if let total, let required = rules?.total, total < required {
            unmet.append(.total(score: total, required: required))
        }
        if let required = rules?.domain {
            for domain in domains {
                if let score = domain.score, score < required {
                    unmet.append(.domain(id: domain.id, score: score, required: required))
                }
            }
        }
        unmet += keyMeasures
        let count = completeness.notApplicable - refused.count
        if let limit = rules?.notApplicable?.limit, count > limit.allowed(of: completeness.asked) {
            unmet.append(.notApplicableLimit(count: count, allowed: limit.allowed(of: completeness.asked)))
        }
        return unmet + refused + unanswered
    }

    /// `nil` where nothing of the domain is asked.
    private mutating func score(_ domain: Domain, into total: inout AspectTally) -> DomainScore? {
        let before = completeness
        domainTally.clear()
        var topics: [TopicScore] = []
        topics.reserveCapacity(domain.topics.count)
        for topic in domain.topics {
            if let score = score(topic) { topics.append(score) }
        }
        guard !topics.isEmpty else { return nil }

        let aspects = domainTally.aspects
        total.add(aspects, weight: domain.weight)
        let answeredPart = questionnaire.whole(aspects)
        let completeness = completeness.since(before)
        let isComplete = completeness.answered == completeness.asked
        return DomainScore(
            id: domain.id,
            weight: domain.weight,
            score: isComplete ? answeredPart : nil,
            aspects: isComplete ? aspects : aspects.map { _ in nil },
            answeredPart: answeredPart,
            target: rules?.domain ?? rules?.total,
            topics: topics,
            completeness: completeness)
    }

    /// `nil` where nothing of the topic is asked.
    private mutating func score(_ topic: Topic) -> TopicScore? {
        let unansweredBefore = unanswered.count
        topicTally.clear()
        var questions: [QuestionScore] = []
        questions.reserveCapacity(topic.questions.count)
        for question in topic.questions where asking.asks(question, after: answers) {
            let score = score(question)
            topicTally.add(score.aspects, weight: question.weight)
            questions.append(score)
        }
        guard !questions.isEmpty else { return nil }

        let aspects = topicTally.aspects
        domainTally.add(aspects, weight: topic.weight)
        let isComplete = unanswered.count == unansweredBefore
        return TopicScore(
            id: topic.id,
            weight: topic.weight,
            score: isComplete ? questionnaire.whole(aspects) : nil,
            aspects: isComplete ? aspects : aspects.map { _ in nil },
            questions: questions)
    }

    private mutating func score(_ question: Question) -> QuestionScore {
        let isKeyMeasure = question.isKeyMeasure(at: level)
        let counted = questionnaire.counted(answers[question.id], to: question, at: level)
        let score = questionnaire.whole(counted.aspects)
        completeness = completeness.counting(counted.state)
        switch counted.state {
        case .unanswered: unanswered.append(.unanswered(id: question.id))
        case .notApplicable where counted.isRefused: refused.append(.notApplicableKeyMeasure(id: question.id))
        default: break
        }
        if isKeyMeasure, let score, let required = rules?.keyMeasure, score < required {
            keyMeasures.append(.keyMeasure(id: question.id, score: score, required: required))
        }
        return QuestionScore(
            id: question.id, weight: question.weight, state: counted.state, score: score, aspects: counted.aspects,
            isKeyMeasure: isKeyMeasure)
    }
}

extension NotApplicableRule.Limit {
    /// How many of the questions asked may be "not applicable".
    public func allowed(of asked: Int) -> Int {
        switch self {
        case .count(let count): count
        case .share(let share): share < 1 ? (share * Fraction(asked)).floor : asked
        }
    }
}
