import Foundation
import Testing

@testable import Store

@Suite struct TimestampTests {
    @Test func `a moment reads as ISO 8601`() {
        #expect(Timestamp(milliseconds: 1_795_421_730_000).iso8601 == "2026-11-23T08:15:30Z")
        #expect(Timestamp(milliseconds: 0).iso8601 == "1970-01-01T00:00:00Z")
        #expect(Timestamp(milliseconds: -1).iso8601 == "1969-12-31T23:59:59Z")
        #expect(Timestamp(milliseconds: 951_782_400_000).iso8601 == "2000-02-29T00:00:00Z")
    }

    @Test func `every day of 800 years has the date of Foundation's calendar`() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for day in stride(from: -135_000, through: 157_000, by: 3) {
            let moment = Timestamp(milliseconds: Int64(day) * 86_400_000 + 12_345)
            let parts = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
            #expect([moment.year, moment.month, moment.day] == [parts.year, parts.month, parts.day])
            #expect(Timestamp(year: moment.year, month: moment.month, day: moment.day).milliseconds == Int64(day) * 86_400_000)
        }
    }

    @Test func `a month beyond December counts on`() {
        #expect(Timestamp(year: 2026, month: 13, day: 1).iso8601 == "2027-01-01T00:00:00Z")
        #expect(Timestamp(year: 2026, month: 0, day: 1).iso8601 == "2025-12-01T00:00:00Z")
        #expect(Timestamp(year: 2026, month: -12, day: 31).iso8601 == "2024-12-31T00:00:00Z")
        #expect(Timestamp(year: 2027, month: 2, day: 29).iso8601 == "2027-03-01T00:00:00Z")
    }

    @Test func `the ends of the range do not overflow`() {
        #expect(Timestamp(milliseconds: .max).adding(days: 1).milliseconds == .max)
        #expect(Timestamp(milliseconds: .min).adding(days: .min).milliseconds == .min)
        #expect(Timestamp(milliseconds: .min).since(Timestamp(milliseconds: 1)) == .min)
        for end in [Timestamp(milliseconds: .min), Timestamp(milliseconds: .max)] { #expect(!end.iso8601.isEmpty) }
        #expect(noon.adding(days: 365).iso8601 == "2027-11-23T12:00:00Z")
    }

    @Test(arguments: [
        ("2026-11-23T08:15:30Z", 24, "2028-11-23T08:15:30Z"), ("2028-02-29T23:59:59Z", -12, "2027-02-28T23:59:59Z"),
        ("2026-08-31T00:00:00Z", 6, "2027-02-28T00:00:00Z"), ("2026-01-31T12:00:00Z", -2, "2025-11-30T12:00:00Z"),
        ("1969-12-31T23:59:59Z", 12, "1970-12-31T23:59:59Z"), ("2026-12-01T00:00:00Z", 1, "2027-01-01T00:00:00Z"),
    ])
    func `months are added to the date, and a month's end stays one`(_ from: String, _ months: Int, _ to: String) throws {
        let numbers = from.split { !$0.isNumber }.compactMap { Int64($0) }
        let midnight = Timestamp(year: Int(numbers[0]), month: Int(numbers[1]), day: Int(numbers[2]))
        let moment = midnight.adding(milliseconds: ((numbers[3] * 60 + numbers[4]) * 60 + numbers[5]) * 1_000)
        #expect(moment.iso8601 == from)
        #expect(moment.adding(months: months).iso8601 == to)
    }
}
