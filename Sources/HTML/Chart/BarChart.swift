/// Values as bars, one below the other, with a target line. Always beside a table with the same figures (UX-20).
public struct BarChart: Sendable {
    public var id: String
    public var caption: String
    public var title: String
    public var bars: [Bar]
    public var target: Double?
    /// "Target 3".
    public var targetLabel: String
    /// What the marks of ``Bar/before`` stand for: "April 2026".
    public var beforeLabel: String?
    /// What a filled and what an outlined bar means: "Target reached", "Below target".
    public var reachedLabel: String?
    public var lowLabel: String?
    public var maximum: Double
    public init(
        id: String, caption: String, title: String, bars: [Bar], target: Double? = nil, targetLabel: String = "",
        beforeLabel: String? = nil, reachedLabel: String? = nil, lowLabel: String? = nil, maximum: Double = 5
    ) {
        self.id = id
        self.caption = caption
        self.title = title
        self.bars = bars
        self.target = target
        self.targetLabel = targetLabel
        self.beforeLabel = beforeLabel
        self.reachedLabel = reachedLabel
        self.lowLabel = lowLabel
        self.maximum = maximum
    }

    public struct Bar: Sendable {
        public var label: String
        /// Nil: no bar, only the text.
        public var value: Double?
        /// The value as the table has it: "2.40", "–".
        public var text: String
        /// Below the target: outlined instead of filled.
        public var isLow: Bool
        public var before: Double?
        public init(_ label: String, value: Double?, text: String, isLow: Bool, before: Double? = nil) {
            self.label = label
            self.value = value
            self.text = text
            self.isLow = isLow
            self.before = before
        }
    }
}

extension HTML {
    public mutating func barChart(_ chart: BarChart) {
        let titleID = chart.id + "-title"
        let rows = BarShape.rows(chart.bars)
        let bottom = rows.last.map { $0.bar + BarShape.thickness + BarShape.gap } ?? 0
        element(.figure, .class("chart bars")) { figure in
            figure.element(.figcaption, text: chart.caption)
            // No viewBox: bars stretch in percent, and text keeps its size on every screen. The style sheet leaves room
            // for the values at the right, outside the drawing's own width.
            figure.element(
                .svg, .role("img"), .ariaLabelledBy(titleID), .width(percent: 100), .height(bottom + 18)
            ) { svg in
                svg.element(.title, .id(titleID), text: chart.title)
                for (bar, row) in zip(chart.bars, rows) { svg.bar(bar, at: row, of: chart) }
                svg.axis(chart, at: bottom + 12)
            }
            var legend: [(StaticString, String)] = []
            if let text = chart.reachedLabel { legend.append(("bar", text)) }
            if let text = chart.lowLabel { legend.append(("bar low", text)) }
            if chart.target != nil { legend.append(("goal", chart.targetLabel)) }
            if let text = chart.beforeLabel { legend.append(("earlier", text)) }
            figure.legend(legend)
        }
    }

    private mutating func bar(_ bar: BarChart.Bar, at row: BarShape.Row, of chart: BarChart) {
        for (index, line) in row.lines.enumerated() {
            element(.svgText, .x(0), .y(row.top + Double(index) * TextMeasure.lineHeight + 14), text: line)
        }
        element(
            .svgText, .class("value"), .x(percent: 100), .dx(52), .y(row.bar + 12), .textAnchor("end"), text: bar.text)
        shape(.rect, .class("track"), .fill("none"), .stroke("gray"), .x(0), .y(row.bar), .width(percent: 100), .height(BarShape.thickness))
        if let share = chart.percent(bar.value) {
            shape(
                .rect, .class(bar.isLow ? "bar low" : "bar"), .x(0), .y(row.bar), .width(percent: share), .height(BarShape.thickness)
            )
        }
        if let share = chart.percent(chart.target) {
            shape(
                .line, .class("goal"), .stroke("black"), .x1(percent: share), .y1(row.bar - 5), .x2(percent: share),
                .y2(row.bar + BarShape.thickness + 5)
            )
        }
        if let share = chart.percent(bar.before) {
            shape(.circle, .class("earlier"), .cx(percent: share), .cy(row.bar + BarShape.thickness / 2), .r(4))
        }
    }

    private mutating func axis(_ chart: BarChart, at y: Double) {
        let last = Int(min(max(chart.maximum, 0), 20))
        for value in 0...last {
            let anchor: StaticString = value == 0 ? "start" : value == last ? "end" : "middle"
            element(
                .svgText, .class("scale"), .x(percent: chart.percent(Double(value)) ?? 0), .y(y), .textAnchor(anchor)
            ) { $0.text(value) }
        }
    }
}

extension BarChart {
    /// A value's share of the maximum in percent, kept within the drawing.
    fileprivate func percent(_ value: Double?) -> Double? {
        guard let value, value.isFinite, maximum > 0 else { return nil }
        return min(max(value / maximum, 0), 1) * 100
    }
}

/// Where the bars stand: each below its label, which may need several lines.
struct BarShape {
    struct Row {
        var lines: [String]
        var top: Double
        /// The bar's upper edge.
        var bar: Double
    }

    static let thickness = 14.0
    static let gap = 12.0
    /// What a label may take on the narrowest screen (288), with room for a reader's own text spacing (UX-21).
    static let labelWidth = 250.0

    static func rows(_ bars: [BarChart.Bar]) -> [Row] {
        var top = 0.0
        return bars.map { bar in
            let lines = TextMeasure.wrap(bar.label, width: labelWidth, breakingWords: true) ?? [bar.label]
            let row = Row(lines: lines, top: top, bar: top + Double(lines.count) * TextMeasure.lineHeight + 5)
            top = row.bar + thickness + gap
            return row
        }
    }
}
