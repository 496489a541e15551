/// A moment: milliseconds since 1970-01-01T00:00:00Z, without leap seconds. Whoever calls the store passes the moment in.
public struct Timestamp: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    public static let millisecondsPerDay: Int64 = 86_400_000

    /// The same time of day, so many days later (earlier where negative). Stops at the ends of the range instead of overflowing.
    public func adding(days: Int) -> Timestamp { adding(milliseconds: Self.saturatedProduct(Int64(days), Self.millisecondsPerDay)) }

    /// The same time of day on the same day of the month, so many months later (earlier where negative); the last day of a month
    /// that has no such day.
    public func adding(months: Int) -> Timestamp {
        let date = civil
        let first = Timestamp(year: date.year, month: date.month + months, day: 1)
        let last = Timestamp(year: first.year, month: first.month + 1, day: 0).day
        let midnight = Timestamp(year: date.year, month: date.month, day: date.day)
        return Timestamp(year: first.year, month: first.month, day: min(date.day, last)).adding(milliseconds: since(midnight))
    }

    public func adding(milliseconds more: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(more)
        return Timestamp(milliseconds: overflow ? (more < 0 ? .min : .max) : sum)
    }

    /// Milliseconds from `earlier` to this moment; stops at the ends of the range.
    func since(_ earlier: Timestamp) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return overflow ? (milliseconds < 0 ? .min : .max) : difference
    }

    private static func saturatedProduct(_ left: Int64, _ right: Int64) -> Int64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? (left < 0 ? .min : .max) : product
    }
}

/// A day of the proleptic Gregorian calendar, in UTC.
extension Timestamp {
    public var year: Int { civil.year }
    /// 1 … 12.
    public var month: Int { civil.month }
    /// 1 … 31.
    public var day: Int { civil.day }

    /// Midnight UTC at the start of a day. A month or day out of range counts on: month 13 is January of the next year.
    public init(year: Int, month: Int, day: Int) {
        let months = month - 1
        let years = year + (months >= 0 ? months / 12 : (months - 11) / 12)
        let monthOfYear = months - (years - year) * 12 + 1
        let days = Self.days(year: years, month: monthOfYear) + day - 1
        self.init(milliseconds: Self.saturatedProduct(Int64(days), Self.millisecondsPerDay))
    }

    /// `2026-11-23T08:15:30Z`: whole seconds, rounded down.
    public var iso8601: String {
        let date = civil
        let second = Int(milliseconds.floored(by: 1_000).remainder(of: 86_400))
        return "\(date.year.padded(4))-\(date.month.padded(2))-\(date.day.padded(2))"
            + "T\((second / 3_600).padded(2)):\((second / 60 % 60).padded(2)):\((second % 60).padded(2))Z"
    }

    /// Days from 1970-01-01 to civil date, both ways by Howard Hinnant's `days_from_civil` and `civil_from_days`
    /// (https://howardhinnant.github.io/date_algorithms.html): eras of 400 years that begin on 1 March.
    private var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int(milliseconds.floored(by: Self.millisecondsPerDay)) + 719_468
        let era = Int(Int64(shifted).floored(by: 146_097))
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// Days from 1970-01-01 to the first of a month 1 … 12.
    private static func days(year: Int, month: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = Int(Int64(shiftedYear).floored(by: 400))
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int64 {
    /// The quotient rounded down, for a positive divisor.
    fileprivate func floored(by divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }

    /// The remainder that goes with `floored`: never negative.
    fileprivate func remainder(of divisor: Int64) -> Int64 { (self % divisor + divisor) % divisor }
}

extension Int {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
