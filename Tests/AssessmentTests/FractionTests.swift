import Assessment
import Testing

struct FractionTests {
    @Test func `a fraction is kept in lowest terms with a positive denominator`() {
        let fraction = Fraction(6, -4)
        #expect(fraction.numerator == -3)
        #expect(fraction.denominator == 2)
        #expect(Fraction(0, 7) == 0)
    }

    @Test func `sums, differences, products and quotients are exact`() {
        #expect(Fraction(1, 3) + Fraction(1, 6) == Fraction(1, 2))
        #expect(Fraction(1, 3) + Fraction(2, 3) == 1)
        #expect(Fraction(1, 3) - Fraction(1, 2) == Fraction(-1, 6))
        #expect(Fraction(2, 3) * Fraction(9, 4) == Fraction(3, 2))
        #expect(Fraction(2, 3) / Fraction(-4, 9) == Fraction(-3, 2))
    }

    @Test func `intermediate products may leave 64 bits`() {
        #expect(Fraction(Int.max, 2) * Fraction(2, Int.max) == 1)
        #expect(Fraction(1, Int.max) + Fraction(Int.max - 1, Int.max) == 1)
        #expect(Fraction(Int.max, 3) / Fraction(Int.max, 6) == 2)
    }

    @Test func `comparison is exact where doubles see no difference`() {
        #expect(Fraction(Int.max - 1, Int.max) < 1)
        #expect(Fraction(Int.max, Int.max - 1) < Fraction(Int.max - 1, Int.max - 2))
        #expect(Fraction(-1, 2) < Fraction(-1, 3))
    }

    @Test func `floor and ceiling go down and up also below zero`() {
        #expect([Fraction(5, 2), 3, Fraction(-5, 2)].map(\.floor) == [2, 3, -3])
        #expect([Fraction(5, 2), 3, Fraction(-5, 2)].map(\.ceiling) == [3, 3, -2])
    }

    @Test(arguments: [
        ("2.5", Fraction(5, 2)), ("3", 3), ("3.0", 3), ("-1.25", Fraction(-5, 4)), ("10%", Fraction(1, 10)),
        ("12.5%", Fraction(1, 8)), ("0", 0), ("-0", 0), ("007", 7), ("999999999999", 999_999_999_999),
        ("0.00000000001%", Fraction(1, 10_000_000_000_000)),
    ])
    func `decimals and percentages are read`(text: String, value: Fraction) {
        #expect(Fraction.parse(text) == value)
    }

    @Test(arguments: [
        "", "-", ".", "%", "-%", ".5", "5.", "1.2.3", "+3", " 3", "3 ", "1e3", "1,5", "٣", "3%%", "%3", "--3", "0x1", "½",
        "1234567890123", "99999999999999999999999999",
    ])
    func `anything else is no fraction`(text: String) {
        #expect(Fraction.parse(text) == nil)
    }

    @Test(arguments: [
        (Fraction(2, 3), 2, "0.67"), (Fraction(-1, 8), 2, "-0.13"), (Fraction(1, 8), 2, "0.13"), (3, 2, "3.00"),
        (Fraction(5, 2), 0, "3"), (Fraction(-5, 2), 0, "-3"), (Fraction(-1, 1000), 2, "0.00"), (Fraction(1, 200), 2, "0.01"),
        (Fraction(71, 24), 9, "2.958333333"), (Fraction(1999, 200), 2, "10.00"), (Fraction(-41, 4), 1, "-10.3"), (0, 0, "0"),
    ])
    func `decimals are rounded half away from zero`(value: Fraction, places: Int, text: String) {
        #expect(value.decimals(places) == text)
    }

    @Test(arguments: [
        (Fraction(2996, 1000), "2.99"), (Fraction(2994, 1000), "2.99"), (3, "3.00"), (Fraction(3004, 1000), "3.00"),
        (Fraction(3996, 1000), "4.00"), (Fraction(2499, 1000), "2.49"), (Fraction(-1, 1000), "-0.01"),
    ])
    func `what is below a threshold is never shown as having reached it`(value: Fraction, text: String) {
        #expect(value.decimals(2, notReaching: [0, Fraction(5, 2), 3]) == text)
    }

    @Test func `without thresholds nothing is held back`() {
        #expect(Fraction(2996, 1000).decimals(2, notReaching: []) == "3.00")
    }

    @Test func `a fraction describes itself exactly`() {
        #expect("\(Fraction(7, 3)) \(Fraction(4, 2))" == "7/3 2")
    }
}
