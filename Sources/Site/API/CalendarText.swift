import Store

/// One all-day event in a calendar file (RFC 5545): lines end in CR LF and are folded at 75 bytes.
struct CalendarText {
    let id: String
    let made: Timestamp
    let day: Timestamp
    let title: String
    let description: String

    var text: String {
        let lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Linchpin//Self-assessment//EN", "BEGIN:VEVENT", "UID:\(id)",
            "DTSTAMP:\(Self.basic(made.iso8601))", "DTSTART;VALUE=DATE:\(day.iso8601.prefix(10).filter { $0 != "-" })",
            "SUMMARY:\(Self.escaped(title))", "DESCRIPTION:\(Self.escaped(description))", "TRANSP:TRANSPARENT", "BEGIN:VALARM",
            "ACTION:DISPLAY", "TRIGGER:-P7D", "DESCRIPTION:\(Self.escaped(title))", "END:VALARM", "END:VEVENT", "END:VCALENDAR",
        ]
        return lines.map(Self.folded).joined()
    }

    /// "2026-11-23T08:15:30Z" → "20261123T081530Z".
    private static func basic(_ time: String) -> String { time.filter { $0 != "-" && $0 != ":" } }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\\", ";", ",": escaped += "\\\(scalar)"
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }

    /// Never within a character; a continuation starts with a space.
    private static func folded(_ line: String) -> String {
        var text = ""
        var length = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if length + size > 75 {
                text += "\r\n "
                length = 1
            }
            text.unicodeScalars.append(scalar)
            length += size
        }
        return text + "\r\n"
    }
}
