import Assessment
import Glibc
import QuestionnaireFiles
import Store

extension Words {
    /// Two decimals with the language's separator, never rounded up to a threshold that is not reached.
    func figure(_ value: Fraction, thresholds: [Fraction] = []) -> String {
        separated(value.decimals(2, notReaching: thresholds))
    }

    /// A gain: with its sign, unless there is none.
    func gain(_ value: Fraction) -> String {
        if value == Fraction(0) { return separated(value.decimals(2)) }
        let size = value < Fraction(0) ? Fraction(0) - value : value
        // One of many questions moves little: three decimals where two would show nothing.
        return (value < Fraction(0) ? "−" : "+") + separated(size.decimals(size < Fraction(1, 200) ? 3 : 2))
    }

    /// A threshold as short as it is: "3", "2,5".
    func threshold(_ value: Fraction) -> String { separated(JSONText.figure(value)) }

    private func separated(_ text: String) -> String {
        language == .en ? text : text.replacing(".", with: ",")
    }

    /// A day as people write it, in the server's time zone.
    func date(_ time: Timestamp) -> String {
        var seconds = time_t(time.milliseconds / 1_000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return String(time.iso8601.prefix(10)) }
        let months = self[.dateMonths].split(separator: " ").map(String.init)
        let month = months.indices.contains(Int(parts.tm_mon)) ? months[Int(parts.tm_mon)] : ""
        let day = parts.tm_mday == 1 ? self[.dateFirst] : String(parts.tm_mday)
        return self[.datePattern, ["day": day, "month": month, "year": String(parts.tm_year + 1_900)]]
    }

    /// The hour and minute after the day.
    func moment(_ time: Timestamp) -> String {
        var seconds = time_t(time.milliseconds / 1_000)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return time.iso8601 }
        let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
        return self[.dateMoment, ["date": date(time), "time": "\(two(parts.tm_hour)):\(two(parts.tm_min))"]]
    }

    /// "1 question", "5 questions".
    func count(_ number: Int, _ one: Word, _ many: Word) -> String {
        self[number == 1 ? one : many, ["count": String(number)]]
    }

    func effort(_ effort: Effort) -> String {
        switch effort {
        case .small: self[.effortSmall]
        case .medium: self[.effortMedium]
        case .large: self[.effortLarge]
        }
    }
}
