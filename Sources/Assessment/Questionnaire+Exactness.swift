extension Questionnaire {
    /// `nil` where every figure that any answers can give is sure to stay within 64 bits in lowest terms, so that
    /// scoring never traps; else what is too large. `QuestionnaireFiles` refuses a questionnaire that is not exact.
    ///
    /// The bound holds for any part of the questions being asked or answered. A tier's denominator divides the
    /// weights that count times its parts' denominators; those together are at most their least common multiple,
    /// and at most their product, whichever is smaller.
    public var exactness: String? {
        let scores = -1_000_000...1_000_000
        guard scores.contains(scale.lowerBound), scores.contains(scale.upperBound) else {
            return "the scale goes beyond ±1,000,000"
        }
        if let fault = faultInWeights { return fault }
        let figure = addsPoints ? greatestSum : greatestNumerator
        let headroom = 8
        if let figure, !figure.multipliedReportingOverflow(by: headroom).overflow { return nil }
        return addsPoints
            ? "the points times the weights add up beyond 64 bits"
            : "the weights and the numbers of questions have too large a common denominator for exact means"
    }

    private var faultInWeights: String? {
        for domain in domains {
            if domain.weight < 1 { return "the weight of \(domain.id) is below 1" }
            for topic in domain.topics {
                if topic.weight < 1 { return "the weight of \(topic.id) is below 1" }
                for question in topic.questions where question.weight < 1 {
                    return "the weight of \(question.id) is below 1"
                }
            }
        }
        return nil
    }

    /// The largest score in units of the finest denominator; `nil` beyond 64 bits.
    private var greatestNumerator: Int? {
        let parts = domains.map { domain in
            DenominatorBound(
                weights: domain.topics.map(\.weight),
                parts: domain.topics.map { DenominatorBound(weights: $0.questions.map(\.weight), parts: []) })
        }
        let total = DenominatorBound(weights: domains.map(\.weight), parts: parts)
        let countsAs = levels.compactMap { $0.notApplicable?.countsAs }
        let scores = [scale.lowerBound, scale.upperBound, unknownCountsAs] + countsAs.flatMap { [$0.floor, $0.ceiling] }
        let finest = countsAs.reduce(Optional(aspects.count)) { leastCommonMultiple($0, $1.denominator) }
        let greatestScore = scores.map(\.magnitude).max().flatMap { Int(exactly: $0) }
        return product([total.greatest, finest, greatestScore, total.factor])
    }

    /// The sum of all points, whatever their sign; `nil` beyond 64 bits.
    private var greatestSum: Int? {
        guard case .points(let ordinary, let key) = scoring else { return nil }
        let greatest = Int(exactly: (ordinary + key).map(\.magnitude).max() ?? 0)
        let sums: [Int?] = domains.flatMap { domain in
            domain.topics.flatMap { topic in
                topic.questions.map { product([domain.weight, topic.weight, $0.weight, aspects.count, greatest]) }
            }
        }
        return sums.reduce(0) { sum($0, $1) }
    }
}

/// How large the denominator of a weighted mean can get, whatever part of its terms counts.
private struct DenominatorBound {
    /// Every denominator that can occur divides this; `nil` beyond 64 bits.
    let multiple: Int?
    /// No denominator is greater than this; `nil` beyond 64 bits.
    let greatest: Int?
    /// The greatest factor that all weights of a mean have in common. It cancels, but only in the end.
    let factor: Int

    /// Weights are positive. Without their common factor, those that count add up to 1…`most`.
    init(weights: [Int], parts: [DenominatorBound]) {
        let common = Int(weights.reduce(UInt(0)) { $0 == 0 ? $1.magnitude : greatestCommonDivisor($0, $1.magnitude) })
        factor = parts.map(\.factor).reduce(max(1, common), max)
        let most = weights.reduce(Optional(0)) { sum($0, $1) }.map { max(1, $0 / max(1, common)) }
        let multipleOfParts = parts.reduce(Optional(1)) { leastCommonMultiple($0, $1.multiple) }
        let productOfParts = product(parts.map(\.greatest))
        multiple = product([multipleOfParts, most.flatMap(leastCommonMultiple(upTo:))])
        greatest = product([[multipleOfParts, productOfParts].compactMap { $0 }.min(), most])
    }
}

private func leastCommonMultiple(upTo number: Int) -> Int? {
    var multiple: Int? = 1
    var next = 2
    while next <= number, multiple != nil {
        multiple = leastCommonMultiple(multiple, next)
        next += 1
    }
    return multiple
}

private func leastCommonMultiple(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return nil }
    return product([left / Int(greatestCommonDivisor(left.magnitude, right.magnitude)), right])
}

private func product(_ factors: [Int?]) -> Int? {
    factors.reduce(Optional(1)) { product, factor in
        guard let product, let factor else { return nil }
        let (result, overflow) = product.multipliedReportingOverflow(by: factor)
        return overflow ? nil : result
    }
}

private func sum(_ left: Int?, _ right: Int?) -> Int? {
    guard let left, let right else { return nil }
    let (result, overflow) = left.addingReportingOverflow(right)
    return overflow ? nil : result
}
