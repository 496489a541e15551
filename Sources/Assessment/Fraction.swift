/// An exact rational number, always in lowest terms with a positive denominator.
///
/// Scores are means of means, and a threshold of 3 must be met by exactly 3, so no figure is ever rounded.
/// `QuestionnaireFiles` refuses a questionnaire whose figures could leave the range (`Questionnaire.exactness`).
/// Products are taken in 128 bits; only a result that does not fit 64 bits in lowest terms traps.
public struct Fraction: Sendable, Hashable {
    public let numerator: Int
    public let denominator: Int

    public init(_ whole: Int) {
        numerator = whole
        denominator = 1
    }

    /// `numerator ÷ denominator` in lowest terms. The denominator is not zero.
    public init(_ numerator: Int, _ denominator: Int) {
        precondition(denominator != 0, "a denominator is never zero")
        let divisor = Int(greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
        let sign = denominator < 0 ? -1 : 1
        self.numerator = numerator / divisor * sign
        self.denominator = denominator / divisor * sign
    }

    private init(wide numerator: Int128, _ denominator: Int128) {
        if let numerator = Int(exactly: numerator), let denominator = Int(exactly: denominator) {
            self.init(numerator, denominator)
            return
        }
        let divisor = Int128(greatestCommonDivisor(numerator.magnitude, denominator.magnitude))
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.init(Int(numerator / divisor * sign), Int(denominator / divisor * sign))
    }

    /// The greatest whole number that is not above this.
    public var floor: Int {
        let quotient = numerator / denominator
        return numerator < 0 && quotient * denominator != numerator ? quotient - 1 : quotient
    }

    /// The smallest whole number that is not below this.
    public var ceiling: Int {
        let quotient = numerator / denominator
        return numerator > 0 && quotient * denominator != numerator ? quotient + 1 : quotient
    }
}

extension Fraction: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int) { self.init(value) }
}

extension Fraction: Comparable {
    public static func < (left: Fraction, right: Fraction) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator) * Int128(left.denominator)
    }
}

extension Fraction {
    public static func + (left: Fraction, right: Fraction) -> Fraction {
        if left.denominator == right.denominator {
            return Fraction(wide: Int128(left.numerator) + Int128(right.numerator), Int128(left.denominator))
        }
        return Fraction(
            wide: Int128(left.numerator) * Int128(right.denominator) + Int128(right.numerator) * Int128(left.denominator),
            Int128(left.denominator) * Int128(right.denominator))
    }

    /// The nearest floating-point number: for drawings, and to compare with figures that others computed.
    public var approximate: Double { Double(numerator) / Double(denominator) }

    public static func - (left: Fraction, right: Fraction) -> Fraction { left + -right }

    public static prefix func - (value: Fraction) -> Fraction {
        Fraction(wide: -Int128(value.numerator), Int128(value.denominator))
    }

    public static func * (left: Fraction, right: Fraction) -> Fraction {
        Fraction(
            wide: Int128(left.numerator) * Int128(right.numerator),
            Int128(left.denominator) * Int128(right.denominator))
    }

    /// The divisor is not zero.
    public static func / (left: Fraction, right: Fraction) -> Fraction {
        precondition(right.numerator != 0, "a divisor is never zero")
        return Fraction(
            wide: Int128(left.numerator) * Int128(right.denominator),
            Int128(left.denominator) * Int128(right.numerator))
    }
}

/// The greatest number that divides both; the other one where one is zero, and 1 for two zeros.
func greatestCommonDivisor<Number: UnsignedInteger & FixedWidthInteger>(_ left: Number, _ right: Number) -> Number {
    var (greater, smaller) = (left, right)
    while smaller != 0 { (greater, smaller) = (smaller, greater % smaller) }
    return greater == 0 ? 1 : greater
}
