import HTML
import Testing

@Suite struct `Escaping` {
    @Test(arguments: hostileTexts)
    func `hostile text stays text, in content and in attributes`(_ hostile: String) throws {
        let page = try Markup.reading {
            $0.element(.p, .title(hostile), .custom("data-note", hostile)) { $0.text(hostile) }
            $0.element(.textarea, text: hostile)
            $0.void(.input, .value(hostile))
        }
        let expected = asParsed(hostile)
        #expect(page.children.map(\.tag) == ["p", "textarea", "input"])
        #expect(page.children[0]["title"] == expected)
        #expect(page.children[0]["data-note"] == expected)
        #expect(page.children[0].text == expected)
        #expect(page.children[1].text == "\n" + expected)
        #expect(page.children[2]["value"] == expected)
    }

    @Test(arguments: hostileTexts)
    func `hostile text in every field of every component changes no tag and no attribute`(_ hostile: String) throws {
        let attacked = try Markup.reading { everything(&$0, text: hostile) }
        #expect(skeleton(attacked) == Self.harmless)
        let names = Set(attacked.inside.flatMap(\.attributes.keys))
        #expect(names.filter { $0.hasPrefix("on") || $0 == "style" || $0 == "required" } == [])
        #expect(Set(attacked.all("script").map { $0["src"] }) == ["/assets/comfort.js"])
        for address in attacked.inside.flatMap({ [$0["href"], $0["src"], $0["action"]] }).compactMap(\.self) {
            #expect(address.hasPrefix("/") && !address.hasPrefix("//") || address.hasPrefix("#"), "\(address)")
        }
    }

    static let harmless = (try? Markup.reading { everything(&$0, text: "harmless") }).map(skeleton)

    @Test func `bytes are escaped, not characters`() {
        let name = "\u{22}\u{301} onfocus=alert(1) autofocus x="
        #expect(written { $0.void(.input, .value(name)) } == "<input value=\"&#34;\u{301} onfocus=alert(1) autofocus x=\">")
        #expect(written { $0.text("<\u{301}>\u{FE0F}'\u{200D}&\u{20DD}") } == "&lt;\u{301}&gt;\u{FE0F}&#39;\u{200D}&amp;\u{20DD}")
    }

    @Test func `controls become the replacement character, line breaks become LF`() {
        #expect(written { $0.text("a\u{0}b\u{8}c\u{7F}d\u{85}e") } == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e")
        #expect(written { $0.text("a\r\nb\rc\nd\te") } == "a\nb\nc\nd\te")
        #expect(written { $0.text("é\u{A0}«ç»\u{C2}\u{FFFD}😀") } == "é\u{A0}«ç»\u{C2}\u{FFFD}😀")
    }

    @Test func `a textarea keeps the first line break that was typed`() {
        #expect(written { $0.element(.textarea, text: "\nx") } == "<textarea>\n\nx</textarea>")
    }

    @Test func `long text grows the writer`() {
        let long = String(repeating: "<é", count: 50_000)
        var html = HTML(capacity: 1)
        html.text(long)
        #expect(html.bytes.count == 50_000 * 6)
        var outer = HTML()
        outer.append(html)
        #expect(outer.bytes == html.bytes)
    }

    @Test func `coordinates have one decimal at most, and nonsense is 0`() {
        let text = written {
            $0.element(
                .svg, .viewBox(0, -1.25, 100, 0.04), .x(.nan), .y(.infinity), .width(percent: 33.333),
                .points([Point(1, 2.5), Point(-0.06, 1e12)])
            ) { _ in }
        }
        #expect(text == "<svg viewBox=\"0 -1.3 100 0\" x=\"0\" y=\"0\" width=\"33.3%\" points=\"1,2.5 -0.1,0\"></svg>")
    }
}

/// Tags and attribute names in order. A long text may need more lines in a drawing, and no QR code holds NUL: the parts of
/// drawings that may differ are left out.
private func skeleton(_ page: Markup) -> [String] {
    page.inside.filter { !["text", "path", "svg", "rect", "title"].contains($0.tag) }.map { "\($0.tag) \($0.attributes.keys.sorted())" }
}

/// What an HTML parser makes of the text: line breaks are LF, controls are replaced.
private func asParsed(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
        defer { previous = scalar }
        switch scalar {
        case "\r": scalars.append("\n")
        case "\n" where previous == "\r": break
        case "\n", "\t": scalars.append(scalar)
        case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": scalars.append("\u{FFFD}")
        default: scalars.append(scalar)
        }
    }
    return String(scalars)
}
