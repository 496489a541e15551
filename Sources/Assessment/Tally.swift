/// Figures gathered into their parent's: their weighted mean, or their weighted sum where points are added.
///
/// The running sum stays unreduced until it is asked for, which saves most of the reducing.
struct Tally {
    private let addsPoints: Bool
    private var numerator = 0
    private var denominator = 1
    private var weight = 0
    private var isEmpty = true

    init(addsPoints: Bool) { self.addsPoints = addsPoints }

    mutating func add(_ value: Fraction, weight: Int) {
        isEmpty = false
        self.weight += weight
        if value.denominator == denominator {
            numerator += value.numerator * weight
        } else {
            let common = Int(greatestCommonDivisor(denominator.magnitude, value.denominator.magnitude))
            numerator = numerator * (value.denominator / common) + value.numerator * weight * (denominator / common)
            denominator *= value.denominator / common
        }
    }

    /// `nil` where nothing was added, or nothing with a weight.
    var figure: Fraction? {
        if isEmpty { return nil }
        if addsPoints { return denominator == 1 ? Fraction(numerator) : Fraction(numerator, denominator) }
        return weight == 0 ? nil : Fraction(numerator, denominator * weight)
    }
}

/// A tally per aspect.
struct AspectTally {
    private let addsPoints: Bool
    private var tallies: [Tally]

    init(_ questionnaire: Questionnaire) {
        addsPoints = questionnaire.addsPoints
        tallies = Array(repeating: Tally(addsPoints: addsPoints), count: questionnaire.aspects.count)
    }

    mutating func clear() {
        for index in tallies.indices { tallies[index] = Tally(addsPoints: addsPoints) }
    }

    mutating func add(_ aspects: [Fraction?], weight: Int) {
        for (index, value) in aspects.enumerated() {
            if let value { tallies[index].add(value, weight: weight) }
        }
    }

    var aspects: [Fraction?] { tallies.map(\.figure) }
}

extension Questionnaire {
    var addsPoints: Bool { if case .points = scoring { true } else { false } }

    /// One figure over all aspects: their mean, or the sum of their points.
    /// Means are linear and all aspects have the same questions, so at every tier this is also the mean of
    /// what lies below.
    func whole(_ aspects: [Fraction?]) -> Fraction? {
        if aspects.count == 1 { return aspects[0] }
        var tally = Tally(addsPoints: addsPoints)
        for case let value? in aspects { tally.add(value, weight: 1) }
        return tally.figure
    }

    /// What a score within the scale brings.
    func value(of score: Int, isKeyMeasure: Bool) -> Fraction {
        guard case .points(let ordinary, let key) = scoring else { return Fraction(score) }
        let points = isKeyMeasure ? key : ordinary
        let index = score - scale.lowerBound
        return Fraction(points.indices.contains(index) ? points[index] : 0)
    }

    /// The score that brings most, the lowest of equals; and what it brings.
    func best(isKeyMeasure: Bool) -> (score: Int, points: Int) {
        guard case .points(let ordinary, let key) = scoring else { return (scale.upperBound, scale.upperBound) }
        let points = isKeyMeasure ? key : ordinary
        guard let most = points.max(), let index = points.firstIndex(of: most) else { return (scale.upperBound, 0) }
        return (scale.lowerBound + index, most)
    }
}
