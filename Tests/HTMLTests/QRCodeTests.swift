import Testing

@testable import HTML

@Suite struct `QR codes` {
    static let finder = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"]

    @Test(arguments: [
        "a", "https://linchpin.example/en/w/4fJk29sLq0PzXy7BtUe3mNcVhGdRa8Ws1KoIiT5HnEf", String(repeating: "é", count: 1000),
    ])
    func `the three corners hold finder patterns and the timing lines alternate`(_ text: String) throws {
        let code = try #require(QRModules(text))
        let width = code.width
        #expect(code.isDark.count == width * width)
        #expect((width - 17) % 4 == 0 && (21...177).contains(width))
        func square(_ row: Int, _ column: Int) -> [String] {
            (row..<row + 7).map { y in String((column..<column + 7).map { code.isDark[y * width + $0] ? "#" : " " }) }
        }
        #expect(square(0, 0) == Self.finder)
        #expect(square(0, width - 7) == Self.finder)
        #expect(square(width - 7, 0) == Self.finder)
        for place in 8..<width - 8 {
            #expect(code.isDark[6 * width + place] == (place % 2 == 0))
            #expect(code.isDark[place * width + 6] == (place % 2 == 0))
        }
    }

    @Test func `the drawing has the code's dark squares and a quiet zone of four`() throws {
        let text = "https://linchpin.example/en/w/abc"
        let code = try #require(QRModules(text))
        let svg = try #require(try Markup.reading { $0.qrCode(text, label: "Your private link") }.children.first)
        let size = code.width + 8
        #expect(svg["viewBox"] == "0 0 \(size) \(size)")
        #expect(svg["aria-label"] == "Your private link")
        var drawn = Array(repeating: false, count: code.width * code.width)
        for run in svg.all("path").first?["d"]?.split(separator: "M") ?? [] {
            let numbers = run.split(whereSeparator: { !"0123456789".contains($0) }).compactMap { Int($0) }
            for step in 0..<numbers[2] { drawn[(numbers[1] - 4) * code.width + numbers[0] - 4 + step] = true }
        }
        #expect(drawn == code.isDark)
    }

    @Test(arguments: ["", "a\u{0}b", String(repeating: "x", count: 2332)])
    func `what no code can hold is not drawn`(_ text: String) {
        var html = HTML()
        let isDrawn = html.qrCode(text, label: "x")
        #expect(!isDrawn)
        #expect(html.bytes.isEmpty)
    }
}
