import Glibc

/// Where everything of a radar chart stands, in the drawing's units; its text is 14 units high.
///
/// With up to twelve axes their names stand around the web. On a narrow screen the style sheet shows numbers in their
/// place, cuts off the empty sides (``nameRoom``), and unfolds a numbered list below. With more axes, or names that
/// would run into each other, there are only numbers and the list.
struct RadarShape {
    struct Label {
        enum Anchor { case start, middle, end }
        var lines: [String]
        var x: Double
        var top: Double
        var anchor: Anchor
    }

    static let radius = 140.0
    /// Numbers stand in this much room around the web.
    static let numberRoom = 24.0
    /// The sides that hold names: `site.css` shows 600 of width, or the 328 in the middle.
    static let nameRoom = 136.0

    let count: Int
    let maximum: Double
    let width: Double
    let height: Double
    let center: Point
    /// Nil: there is only room for numbers.
    let labels: [Label]?

    init(_ chart: RadarChart) {
        count = chart.axes.count
        maximum = Double(max(chart.maximum, 1))
        let middle = Self.radius + Self.numberRoom
        let names = chart.axes.map { $0.short ?? $0.label }
        if let placed = Self.place(names) {
            let top = min(placed.map(\.top).min() ?? 0, -middle)
            let bottom = max(placed.map(\.bottom).max() ?? 0, middle)
            center = Point(middle + Self.nameRoom, 4 - top)
            width = 2 * (middle + Self.nameRoom)
            height = bottom - top + 8
            labels = placed.map { label in
                var label = label
                label.x += middle + Self.nameRoom
                label.top += 4 - top
                return label
            }
        } else {
            center = Point(middle, middle)
            width = 2 * middle
            height = 2 * middle
            labels = nil
        }
    }

    func point(_ axis: Int, _ value: Double) -> Point {
        let share = value.isFinite ? min(max(value / maximum, 0), 1) : 0
        return place(axis, Self.radius * share)
    }

    func numberPlace(_ axis: Int) -> Point { place(axis, Self.radius + 13) }

    func ring(_ value: Double) -> [Point] { (0..<count).map { point($0, value) } }

    /// The line through the values; where some are missing, the pieces between the gaps.
    func runs(_ values: [Double?]) -> [(points: [Point], isClosed: Bool)] {
        let places = values.prefix(count).enumerated().map { axis, value in value.map { point(axis, $0) } }
        guard let gap = places.firstIndex(where: { $0 == nil }) else {
            return places.isEmpty ? [] : [(places.compactMap { $0 }, places.count == count)]
        }
        return (places[gap...] + places[..<gap]).split(whereSeparator: { $0 == nil }).filter { $0.count > 1 }
            .map { ($0.compactMap { $0 }, false) }
    }

    private func place(_ axis: Int, _ distance: Double) -> Point {
        let direction = Self.direction(axis, of: count)
        return Point(center.x + distance * direction.x, center.y + distance * direction.y)
    }

    /// Axis 0 points up; the others follow clockwise.
    private static func direction(_ axis: Int, of count: Int) -> Point {
        let angle = 2 * Double.pi * Double(axis) / Double(max(count, 1))
        return Point(sin(angle), -cos(angle))
    }

    /// Names around the middle (0, 0), or nil if there are too many or they do not fit.
    private static func place(_ names: [String]) -> [Label]? {
        guard names.count <= 12 else { return nil }
        var labels: [Label] = []
        for (axis, name) in names.enumerated() {
            let direction = direction(axis, of: names.count)
            let x = direction.x * (radius + 12)
            let y = direction.y * (radius + 12)
            let isMiddle = abs(direction.x) < 0.1
            let room = isMiddle ? 200 : radius + numberRoom + nameRoom - abs(x) - 4
            guard let lines = TextMeasure.wrap(name, width: room), lines.count <= 3 else { return nil }
            let height = Double(lines.count) * TextMeasure.lineHeight
            labels.append(
                Label(
                    lines: lines, x: x, top: y - height * (1 - direction.y) / 2,
                    anchor: isMiddle ? .middle : direction.x > 0 ? .start : .end))
        }
        for (index, label) in labels.enumerated() {
            if labels[(index + 1)...].contains(where: { $0.overlaps(label) }) { return nil }
        }
        return labels
    }
}

extension RadarShape.Label {
    var textWidth: Double { lines.map(TextMeasure.width).max() ?? 0 }
    var left: Double {
        switch anchor {
        case .start: x
        case .middle: x - textWidth / 2
        case .end: x - textWidth
        }
    }
    var right: Double { left + textWidth }
    var bottom: Double { top + Double(lines.count) * TextMeasure.lineHeight }

    func overlaps(_ other: Self) -> Bool {
        left < other.right + 4 && other.left < right + 4 && top < other.bottom && other.top < bottom
    }
}

extension RadarShape.Label.Anchor {
    var name: StaticString {
        switch self {
        case .start: "start"
        case .middle: "middle"
        case .end: "end"
        }
    }
}
