extension Questionnaire {
    /// The plan for these answers. Steps exist for questions that were answered, also with "I don't know", and for
    /// a "not applicable" that is refused. Gains hold for the questions asked now: an answer that opens or closes
    /// other questions changes more than its own share.
    ///
    /// Order: what helps an unmet condition, then the greatest gain, then the least effort, then as asked.
    public func plan(_ answers: Answers, level: Int, profile: Profile) -> Plan {
        let scorecard = score(answers, level: level, profile: profile)
        let planning = Planning(self, answers, scorecard)
        var plan = (steps: [PlanStep](), further: [PlanStep](), unknownCost: Fraction(0))
        for (topic, domain, shareOfWeight) in scorecard.topicsByShare(of: self) {
            for question in topic.questions {
                let share = shareOfWeight * Fraction(question.weight)
                for (step, isOpen) in planning.steps(for: question, in: domain, share: share) {
                    if isOpen { plan.steps.append(step) } else { plan.further.append(step) }
                    if isOpen && step.isUnknown { plan.unknownCost = plan.unknownCost + step.gain }
                }
            }
        }
        return Plan(
            steps: plan.steps.mostUsefulFirst, further: plan.further.mostUsefulFirst, unknownCost: plan.unknownCost)
    }
}

extension Scorecard {
    /// Every topic that counts, with what one more unit of weight × value in it adds to the total.
    /// Totals are linear in the answers, so this share times a difference is a gain, exactly.
    fileprivate func topicsByShare(of questionnaire: Questionnaire) -> [(TopicScore, DomainScore, share: Fraction)] {
        let counting = domains.filter { $0.answeredPart != nil }
        let weight = counting.reduce(0) { $0 + $1.weight }
        return counting.flatMap { domain in
            let topics = domain.topics.filter(\.counts)
            let weightOfTopics = topics.reduce(0) { $0 + $1.weight }
            return topics.map { topic in
                if questionnaire.addsPoints { return (topic, domain, Fraction(domain.weight * topic.weight)) }
                let share = Fraction(domain.weight, weight) * Fraction(topic.weight, weightOfTopics)
                return (topic, domain, share / Fraction(topic.weightThatCounts * questionnaire.aspects.count))
            }
        }
    }
}

extension TopicScore {
    fileprivate var weightThatCounts: Int { questions.reduce(0) { $1.score == nil ? $0 : $0 + $1.weight } }
    fileprivate var counts: Bool { weightThatCounts > 0 }
}

/// The rules and results that steps are drawn up from.
private struct Planning {
    private let questionnaire: Questionnaire
    private let answers: Answers
    private let level: Int
    private let rules: Level?

    init(_ questionnaire: Questionnaire, _ answers: Answers, _ scorecard: Scorecard) {
        self.questionnaire = questionnaire
        self.answers = answers
        level = scorecard.level
        rules = questionnaire.rules(at: level)
    }

    /// At most one per aspect; none for what is unanswered, rightly not applicable, or at its best.
    func steps(
        for score: QuestionScore, in domain: DomainScore, share: Fraction
    ) -> [(step: PlanStep, isOpen: Bool)] {
        guard score.state != .unanswered, let question = questionnaire.question(score.id),
            let counted = countedScores(of: question)
        else { return [] }
        let target = target(of: score)
        return counted.scores.enumerated().compactMap { aspect, from in
            let isOpen = value(from, of: score) < value(target, of: score)
            guard isOpen || !questionnaire.addsPoints && from < questionnaire.scale.upperBound else { return nil }
            let to = isOpen ? target : from + 1
            let step = PlanStep(
                question: score.id,
                domain: domain.id,
                aspect: aspect,
                from: from,
                to: to,
                gain: (value(to, of: score) - value(from, of: score)) * share,
                effort: question.effort,
                isKeyMeasure: score.isKeyMeasure,
                helpsUnmetCondition: counted.isRefused || isBelowThreshold(score) || isBelowThreshold(domain),
                isUnknown: counted.unknown.contains(aspect))
            return (step, isOpen)
        }
    }

    private func countedScores(of question: Question) -> (scores: [Int], unknown: [Int], isRefused: Bool)? {
        switch answers[question.id] {
        case .marks(let marks):
            (marks.compactMap(questionnaire.score(of:)), marks.indices.filter { marks[$0] == .unknown }, false)
        case .notApplicable where !questionnaire.mayBeNotApplicable(question, at: level):
            (Array(repeating: questionnaire.scale.lowerBound, count: questionnaire.aspects.count), [], true)
        case .notApplicable, nil:
            nil
        }
    }

    private func target(of question: QuestionScore) -> Int {
        if questionnaire.addsPoints { return questionnaire.best(isKeyMeasure: question.isKeyMeasure).score }
        let thresholds = [rules?.total, rules?.domain, question.isKeyMeasure ? rules?.keyMeasure : nil]
        let scale = questionnaire.scale
        guard let highest = thresholds.compactMap({ $0 }).max() else { return scale.upperBound }
        return min(max(highest.ceiling, scale.lowerBound), scale.upperBound)
    }

    private func value(_ score: Int, of question: QuestionScore) -> Fraction {
        questionnaire.value(of: score, isKeyMeasure: question.isKeyMeasure)
    }

    private func isBelowThreshold(_ question: QuestionScore) -> Bool {
        guard question.isKeyMeasure, let score = question.score, let required = rules?.keyMeasure else { return false }
        return score < required
    }

    private func isBelowThreshold(_ domain: DomainScore) -> Bool {
        guard let score = domain.score, let required = rules?.domain else { return false }
        return score < required
    }
}

extension [PlanStep] {
    /// Sorted by use; steps of equal use stay in the order they came in.
    fileprivate var mostUsefulFirst: [PlanStep] {
        enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.helpsUnmetCondition != other.helpsUnmetCondition { return one.helpsUnmetCondition }
            if one.gain != other.gain { return one.gain > other.gain }
            if one.effort != other.effort { return one.effort < other.effort }
            return left.offset < right.offset
        }.map(\.element)
    }
}
