import Testing

@testable import HTML

@Suite struct `Charts` {
    static let longGermanWord = "Geschäftsfortführungsmanagement"

    @Test(arguments: 3...22)
    func `radar labels neither meet nor leave the drawing`(_ count: Int) throws {
        let names = (0..<count).map { germanDomains[$0 % germanDomains.count] }
        let shape = RadarShape(sampleRadar(names))
        for label in shape.labels ?? [] {
            #expect(label.left >= 0 && label.right <= shape.width, "\(label.lines)")
            #expect(label.top >= 0 && label.bottom <= shape.height, "\(label.lines)")
        }
        for (index, label) in (shape.labels ?? []).enumerated() {
            for other in (shape.labels ?? []).dropFirst(index + 1) { #expect(!label.overlaps(other), "\(label.lines) \(other.lines)") }
        }
        let places = (0..<count).map(shape.numberPlace)
        for (index, place) in places.enumerated() {
            #expect(place.x >= 9 && place.x <= shape.width - 9 && place.y >= 9 && place.y <= shape.height - 9)
            for other in places.dropFirst(index + 1) { #expect(abs(place.x - other.x) > 18 || abs(place.y - other.y) > 14) }
        }
    }

    @Test func `our nine domains are named at the radar itself, in German too`() {
        #expect(RadarShape(sampleRadar(germanDomains)).labels?.count == 9)
    }

    @Test func `a name that does not fit turns all into numbers, and soft hyphens help it fit`() {
        #expect(RadarShape(sampleRadar(["A", Self.longGermanWord, "C"])).labels == nil)
        let lines = RadarShape(sampleRadar(["A", "Geschäfts\u{AD}fortführungs\u{AD}management", "C"])).labels?[1].lines
        #expect(lines == ["Geschäfts-", "fortführungs-", "management"])
    }

    @Test func `the radar's points are the given values`() throws {
        let chart = RadarChart(
            id: "r", caption: "c", title: "t", axes: [.init("N"), .init("E"), .init("S"), .init("W")],
            series: [.init("Now", style: .now, values: [5, 2.5, 0, 9])])
        let shape = RadarShape(chart)
        let page = try Markup.reading { $0.radarChart(chart) }
        let middle = shape.center
        func near(_ point: Point, _ x: Double, _ y: Double) -> Bool { abs(point.x - x) < 0.001 && abs(point.y - y) < 0.001 }
        #expect(near(shape.point(0, 5), middle.x, middle.y - 140))
        #expect(near(shape.point(1, 2.5), middle.x + 70, middle.y))
        #expect(near(shape.point(2, 0), middle.x, middle.y))
        #expect(near(shape.point(3, 9), middle.x - 140, middle.y), "kept within the web")
        #expect(page.all("polygon", class: "now").count == 1)
        #expect(page.all("circle", class: "dot").count == 4)
        #expect(page.all("polygon", class: "ring").count == 5)
    }

    @Test func `a missing value leaves a gap`() throws {
        let chart = RadarChart(
            id: "r", caption: "c", title: "t", axes: (1...6).map { .init("\($0)") },
            series: [.init("Now", style: .now, values: [1, nil, 3, 4, nil, 6])])
        let page = try Markup.reading { $0.radarChart(chart) }
        #expect(page.all("polygon", class: "now").isEmpty)
        #expect(page.all("polyline", class: "now").map { $0["points"]?.split(separator: " ").count } == [2, 2])
        #expect(page.all("circle").count == 4)
    }

    @Test(arguments: [0, 1, 2])
    func `fewer than three axes draw without a crash`(_ count: Int) throws {
        let page = try Markup.reading { $0.radarChart(sampleRadar(Array(repeating: "x", count: count))) }
        #expect(page.all("svg").count == 1)
    }

    @Test func `UX-20: a drawing is an image with a name, and its text is text`() throws {
        let page = try Markup.reading {
            $0.radarChart(sampleRadar(germanDomains))
            $0.barChart(sampleBars())
        }
        for svg in page.all("svg") {
            #expect(svg["role"] == "img")
            #expect(svg["aria-labelledby"].flatMap { page.element(id: $0) }?.tag == "title")
            #expect(svg.children.first?.text.isEmpty == false)
        }
        #expect(page.all("ol", class: "key").first?.all("li").map(\.text) == germanDomains)
        #expect(page.all("ul", class: "legend").first?.all("li").map(\.text) == ["Target", "Before", "Now"])
    }

    @Test func `bars have the length and the text of their values`() throws {
        let page = try Markup.reading { $0.barChart(sampleBars()) }
        #expect(page.all("rect", class: "bar").map { $0["width"] } == ["48%", "72%"])
        #expect(page.all("rect", class: "low").map { $0["width"] } == ["48%"])
        #expect(page.all("text", class: "value").map(\.text) == ["2.40", "3.60", "–"])
        #expect(Set(page.all("line", class: "goal").map { $0["x1"] }) == ["60%"])
        #expect(page.all("circle").map { $0["cx"] } == ["40%"])
    }

    @Test func `a bar stays within the drawing, whatever its value`() throws {
        let chart = BarChart(
            id: "b", caption: "c", title: "t",
            bars: [
                .init("a", value: 7, text: "7", isLow: false), .init("b", value: -1, text: "-1", isLow: true),
                .init("c", value: .nan, text: "?", isLow: true),
            ])
        #expect(try Markup.reading { $0.barChart(chart) }.all("rect", class: "bar").map { $0["width"] } == ["100%", "0%"])
    }

    @Test func `labels of bars keep clear of bars and of each other`() {
        let names = germanDomains + [Self.longGermanWord + Self.longGermanWord, ""]
        let rows = BarShape.rows(names.map { .init($0, value: 1, text: "1", isLow: false) })
        var bottom = 0.0
        for row in rows {
            #expect(row.top >= bottom)
            #expect(row.bar >= row.top + Double(row.lines.count) * TextMeasure.lineHeight)
            #expect(row.lines.allSatisfy { TextMeasure.width($0) <= BarShape.labelWidth })
            bottom = row.bar + BarShape.thickness + 5
        }
    }

    @Test func `wrapping loses no letter`() {
        for limit in [20.0, 60, 120, 215] {
            for name in germanDomains + [Self.longGermanWord, "a-b c-d", "", "   "] {
                let lines = TextMeasure.wrap(name, width: limit, breakingWords: true) ?? []
                func letters(_ text: String) -> String { text.filter { $0 != "-" && $0 != " " } }
                #expect(letters(lines.joined()) == letters(name))
            }
        }
    }
}
