extension Fraction {
    /// A decimal ("3", "2.5", "-1.25") or a percentage ("10%"), of at most 12 digits; else `nil`.
    public static func parse(_ text: String) -> Fraction? {
        var digits = Substring(text).utf8
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        let isShare = digits.last == UInt8(ascii: "%")
        if isShare { digits.removeLast() }

        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let places = parts.count == 2 ? parts[1].count : 0
        let length = parts.reduce(0) { $0 + $1.count }
        guard parts.count <= 2, !parts.contains(where: \.isEmpty), length <= 12 else { return nil }

        var value = 0
        for digit in parts.joined() {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        let decimal = Fraction(isNegative ? -value : value, powerOfTen(places))
        return isShare ? decimal / 100 : decimal
    }

    /// With exactly `places` decimals (0…9), rounded half away from zero: 2/3 is "0.67", −1/8 is "-0.13".
    public func decimals(_ places: Int) -> String { Self.text(scaled(places), places) }

    /// Like `decimals`, but never rounded up to a threshold that is not reached: just below 3 is "2.99", not "3.00".
    public func decimals(_ places: Int, notReaching thresholds: [Fraction]) -> String {
        let rounded = scaled(places)
        let unit = Int128(powerOfTen(places))
        let overstates = thresholds.contains { threshold in
            self < threshold && rounded * Int128(threshold.denominator) >= Int128(threshold.numerator) * unit
        }
        return Self.text(overstates ? scaledDown(places) : rounded, places)
    }

    /// In units of the last decimal, rounded half away from zero.
    private func scaled(_ places: Int) -> Int128 {
        let (exact, divisor) = (Int128(numerator) * Int128(powerOfTen(places)), Int128(denominator))
        let half = exact < 0 ? -divisor : divisor
        return (2 * exact + half) / (2 * divisor)
    }

    /// In units of the last decimal, rounded down.
    private func scaledDown(_ places: Int) -> Int128 {
        let (exact, divisor) = (Int128(numerator) * Int128(powerOfTen(places)), Int128(denominator))
        let quotient = exact / divisor
        return exact < 0 && quotient * divisor != exact ? quotient - 1 : quotient
    }

    private static func text(_ units: Int128, _ places: Int) -> String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        let sign = units < 0 ? "-" : ""
        return places > 0 ? sign + padded.dropLast(places) + "." + padded.suffix(places) : sign + padded
    }
}

extension Fraction: CustomStringConvertible {
    /// "3" or "7/3": exact, for logs and failing tests.
    public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}

/// The exponent lies within 0…12.
private func powerOfTen(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }
