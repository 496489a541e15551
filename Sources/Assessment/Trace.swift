extension Scorecard {
    /// Explains every figure of this scorecard, top down: the total, each domain, topic and question, and where
    /// there are several aspects each tier's figure per aspect too. Expects what the scorecard was made from.
    public func explanations(of questionnaire: Questionnaire, answers: Answers) -> [Explanation] {
        let tracing = Tracing(questionnaire, answers, level)
        let domains = domains.map { domain in
            let topics = domain.topics.map { topic in
                tracing.tier(
                    topic.questions.map(tracing.question), id: topic.id, weight: topic.weight, topic.score, topic.aspects
                ) { .topic(topic.id, aspect: $0) }
            }
            return tracing.tier(topics, id: domain.id, weight: domain.weight, domain.score, domain.aspects) {
                .domain(domain.id, aspect: $0)
            }
        }
        return tracing.total(domains, total, aspects)
    }
}

/// Something explained, as the terms that it gives to the tier above.
private struct Traced {
    let whole: Explanation.Term
    /// One per aspect.
    let aspects: [Explanation.Term]
    /// Of this and of everything below it.
    let explanations: [Explanation]
}

private struct Tracing {
    private let questionnaire: Questionnaire
    private let answers: Answers
    private let level: Int
    private var hasOneAspect: Bool { questionnaire.aspects.count == 1 }

    init(_ questionnaire: Questionnaire, _ answers: Answers, _ level: Int) {
        self.questionnaire = questionnaire
        self.answers = answers
        self.level = level
    }

    /// The total is made of domains, not of the totals per aspect (which gives the same).
    func total(_ domains: [Traced], _ score: Fraction?, _ aspects: [Fraction?]) -> [Explanation] {
        let whole = explanation(.total(aspect: nil), domains.map(\.whole), score)
        return [whole] + perAspect(domains, aspects) { .total(aspect: $0) } + domains.flatMap(\.explanations)
    }

    /// A domain of topics, or a topic of questions.
    func tier(
        _ parts: [Traced], id: String, weight: Int, _ score: Fraction?, _ aspects: [Fraction?],
        figure: (Int?) -> Explanation.Figure
    ) -> Traced {
        let perAspect = perAspect(parts, aspects, figure: figure)
        let terms = hasOneAspect ? parts.map(\.whole) : zip(questionnaire.aspects, perAspect).map { $1.term($0, weight: 1) }
        let explained = explanation(figure(nil), terms, score)
        let whole = explained.term(id, weight: weight)
        return Traced(
            whole: whole,
            aspects: hasOneAspect ? [whole] : perAspect.map { $0.term(id, weight: weight) },
            explanations: [explained] + perAspect + parts.flatMap(\.explanations))
    }

    /// Nothing where there is one aspect, whose figures are the whole ones.
    private func perAspect(
        _ parts: [Traced], _ results: [Fraction?], figure: (Int?) -> Explanation.Figure
    ) -> [Explanation] {
        if hasOneAspect { return [] }
        return results.enumerated().map { aspect, result in
            explanation(figure(aspect), parts.map { $0.aspects[aspect] }, result)
        }
    }

    func question(_ score: QuestionScore) -> Traced {
        let origins = origins(of: score)
        let terms = zip(zip(questionnaire.aspects, score.aspects), origins).map { aspect, origin in
            Explanation.Term(id: aspect.0, value: aspect.1, weight: 1, origin: origin)
        }
        let explained = explanation(.question(score.id), terms, score.score, operation: hasOneAspect ? .taken : nil)
        return Traced(
            whole: explained.term(score.id, weight: score.weight),
            aspects: terms.map { term in
                let origin: Explanation.Origin = term.value == nil ? term.origin : .figure
                return Explanation.Term(id: score.id, value: term.value, weight: score.weight, origin: origin)
            },
            explanations: [explained])
    }

    /// One per aspect.
    private func origins(of question: QuestionScore) -> [Explanation.Origin] {
        switch (question.state, answers[question.id]) {
        case (.answered, .marks(let marks)), (.unknown, .marks(let marks)):
            marks.map { mark in
                if case .score(let score) = mark { .score(score) } else { .unknown(countsAs: questionnaire.unknownCountsAs) }
            }
        case (.notApplicable, _):
            Array(repeating: isRefused(question.id) ? lowest : .notApplicable, count: questionnaire.aspects.count)
        default:
            Array(repeating: .unanswered, count: questionnaire.aspects.count)
        }
    }

    private var lowest: Explanation.Origin { .notApplicableRefused(countsAs: questionnaire.scale.lowerBound) }

    private func isRefused(_ question: String) -> Bool {
        questionnaire.question(question).map { !questionnaire.mayBeNotApplicable($0, at: level) } ?? false
    }

    private func explanation(
        _ figure: Explanation.Figure, _ terms: [Explanation.Term], _ result: Fraction?,
        operation: Explanation.Operation? = nil
    ) -> Explanation {
        var tally = Tally(addsPoints: questionnaire.addsPoints)
        var weights: Set<Int> = []
        for term in terms {
            guard let value = term.value else { continue }
            tally.add(value, weight: term.weight)
            weights.insert(term.weight)
        }
        let combined: Explanation.Operation =
            questionnaire.addsPoints ? .sum : weights.count <= 1 ? .mean : .weightedMean
        return Explanation(
            figure: figure, operation: operation ?? combined, terms: terms, result: result, answeredPart: tally.figure)
    }
}

extension Explanation {
    fileprivate func term(_ id: String, weight: Int) -> Term {
        let isOpen = terms.contains(where: \.origin.isOpen)
        let origin: Origin =
            answeredPart == nil ? (isOpen ? .unanswered : .notApplicable) : isOpen ? .figureSoFar : .figure
        return Term(id: id, value: answeredPart, weight: weight, origin: origin)
    }
}
