/// Scores per domain as a web: one axis each, the middle is 0. Always beside a table with the same figures (UX-20).
public struct RadarChart: Sendable {
    /// Unique on the page; ids inside begin with it.
    public var id: String
    /// Above the drawing.
    public var caption: String
    /// What a screen reader says for the drawing: what it shows, and that a table follows.
    public var title: String
    public var axes: [Axis]
    public var series: [Series]
    /// The outermost ring's value; there is a ring per whole number.
    public var maximum: Int
    public init(id: String, caption: String, title: String, axes: [Axis], series: [Series], maximum: Int = 5) {
        self.id = id
        self.caption = caption
        self.title = title
        self.axes = axes
        self.series = series
        self.maximum = maximum
    }

    public struct Axis: Sendable {
        public var label: String
        /// Used at the drawing itself; the label where there is none.
        public var short: String?
        public init(_ label: String, short: String? = nil) {
            self.label = label
            self.short = short
        }
    }

    public struct Series: Sendable {
        public enum Style: Sendable { case now, second, before, target }
        public var name: String
        public var style: Style
        /// One per axis; nil where there is none.
        public var values: [Double?]
        public init(_ name: String, style: Style, values: [Double?]) {
            self.name = name
            self.style = style
            self.values = values
        }
    }
}

extension HTML {
    public mutating func radarChart(_ chart: RadarChart) {
        let web = RadarShape(chart)
        element(.figure, .class(web.labels == nil ? "chart radar numbered" : "chart radar")) { figure in
            figure.element(.figcaption, text: chart.caption)
            figure.element(.div, .class("frame")) { $0.drawing(chart, web) }
            figure.legend(chart.series.map { ($0.style.look, $0.name) })
            figure.element(.ol, .class("key")) { key in
                for axis in chart.axes { key.element(.li, text: axis.label) }
            }
        }
    }

    private mutating func drawing(_ chart: RadarChart, _ web: RadarShape) {
        let titleID = chart.id + "-title"
        element(
            .svg, .role("img"), .ariaLabelledBy(titleID), .viewBox(0, 0, web.width, web.height)
        ) { svg in
            svg.element(.title, .id(titleID), text: chart.title)
            for ring in stride(from: 1, through: chart.maximum, by: 1) {
                let look: StaticString = ring == chart.maximum ? "ring outer" : "ring"
                svg.shape(.polygon, .class(look), .fill("none"), .stroke("gray"), .points(web.ring(Double(ring))))
            }
            for axis in chart.axes.indices {
                let end = web.point(axis, Double(chart.maximum))
                svg.shape(
                    .line, .class("ring"), .stroke("gray"), .x1(web.center.x), .y1(web.center.y), .x2(end.x), .y2(end.y)
                )
            }
            for series in chart.series { svg.series(series, web) }
            for ring in stride(from: 1, through: chart.maximum, by: 1) {
                let place = web.point(0, Double(ring))
                svg.element(.svgText, .class("scale"), .x(place.x + 4), .y(place.y + 12)) { $0.text(ring) }
            }
            svg.axisLabels(chart, web)
        }
    }

    private mutating func series(_ series: RadarChart.Series, _ web: RadarShape) {
        for run in web.runs(series.values) {
            shape(run.isClosed ? .polygon : .polyline, .class(series.style.look), .fill("none"), .stroke("black"), .points(run.points))
        }
        for (axis, value) in series.values.prefix(web.count).enumerated() {
            guard let value else { continue }
            let place = web.point(axis, value)
            switch series.style {
            case .now: shape(.circle, .class("dot now"), .cx(place.x), .cy(place.y), .r(4))
            case .second:
                shape(.rect, .class("dot second"), .x(place.x - 3.5), .y(place.y - 3.5), .width(7), .height(7))
            case .before:
                shape(.rect, .class("dot before"), .x(place.x - 3), .y(place.y - 3), .width(6), .height(6))
            case .target: break
            }
        }
    }

    private mutating func axisLabels(_ chart: RadarChart, _ web: RadarShape) {
        for axis in chart.axes.indices {
            let place = web.numberPlace(axis)
            element(.svgText, .class("number"), .x(place.x), .y(place.y + 5), .textAnchor("middle")) { $0.text(axis + 1) }
        }
        for label in web.labels ?? [] {
            for (index, line) in label.lines.enumerated() {
                element(
                    .svgText, .class("name"), .x(label.x), .y(label.top + Double(index) * TextMeasure.lineHeight + 13),
                    .textAnchor(label.anchor.name), text: line)
            }
        }
    }

    /// What each mark of a chart stands for, as words beside a sample of it.
    mutating func legend(_ entries: [(look: StaticString, text: String)]) {
        guard !entries.isEmpty else { return }
        element(.ul, .class("legend")) { list in
            for entry in entries { list.element(.li, .class(entry.look), text: entry.text) }
        }
    }
}

extension RadarChart.Series.Style {
    fileprivate var look: StaticString {
        switch self {
        case .now: "now"
        case .second: "second"
        case .before: "before"
        case .target: "target"
        }
    }
}
