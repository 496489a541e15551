import Foundation
import HTML
import Testing

/// `Web/site.css`, and the colours in it.
@Suite struct `The style sheet` {
    static let text: String = {
        let path = #filePath.split(separator: "/").dropLast().joined(separator: "/")
        return (try? String(contentsOfFile: "/\(path)/../../Web/site.css", encoding: .utf8)) ?? ""
    }()

    /// Custom properties per scheme; dark has light's where it sets none.
    static func tokens(dark: Bool) -> [String: String] {
        let blocks = text.components(separatedBy: ":root {").dropFirst().map { $0.prefix { $0 != "}" } }
        return blocks.prefix(dark ? 2 : 1).reduce(into: [:]) { tokens, block in
            for line in block.split(whereSeparator: { ";\n".contains($0) }) {
                let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                if parts.count == 2, parts[0].hasPrefix("--") { tokens[parts[0]] = parts[1] }
            }
        }
    }

    /// Text on its ground: WCAG 1.4.3, 4.5 to 1.
    static let texts: [(String, [String])] = [
        ("--ink", ["--ground", "--tint", "--good-tint", "--wait-tint"]), ("--soft", ["--ground", "--tint", "--good-tint", "--wait-tint"]),
        ("--brand", ["--ground", "--tint", "--good-tint", "--wait-tint"]),
        ("--brand-deep", ["--ground", "--tint", "--good-tint", "--wait-tint"]),
        ("--on-brand", ["--brand", "--brand-deep"]), ("--ground", ["--bad"]), ("--good", ["--good-tint", "--tint", "--ground"]),
        ("--bad", ["--bad-tint", "--ground"]), ("--wait", ["--wait-tint"]), ("--focus-ink", ["--focus"]),
    ]
    /// Borders, bars and lines: WCAG 1.4.11, 3 to 1.
    static let graphics: [(String, [String])] = [
        ("--edge", ["--ground", "--tint"]), ("--bar", ["--ground", "--track", "--low"]), ("--before", ["--ground", "--track", "--low"]),
        ("--ink", ["--ground", "--track"]), ("--good", ["--ground", "--good-tint"]), ("--wait", ["--ground", "--wait-tint"]),
        ("--bad", ["--ground"]),
        ("--brand", ["--ground", "--tint"]),
    ]

    @Test(arguments: [false, true])
    func `UX-18: every pair of colours in use has contrast enough`(_ dark: Bool) throws {
        let tokens = Self.tokens(dark: dark)
        for (pairs, needed) in [(Self.texts, 4.5), (Self.graphics, 3.0)] {
            for (front, backs) in pairs {
                for back in backs {
                    let ratio = contrast(try #require(Colour(tokens[front])), try #require(Colour(tokens[back])))
                    #expect(ratio >= needed, "\(front) on \(back), \(dark ? "dark" : "light"): \(ratio)")
                }
            }
        }
    }

    @Test(arguments: [false, true])
    func `the focus ring stands out: its line or its glow`(_ dark: Bool) throws {
        let tokens = Self.tokens(dark: dark)
        for ground in ["--ground", "--tint", "--good-tint", "--wait-tint"] {
            let ratios = try ["--focus", "--focus-ink"].map {
                contrast(try #require(Colour(tokens[$0])), try #require(Colour(tokens[ground])))
            }
            #expect(ratios.contains { $0 >= 3 }, "\(ground) \(ratios)")
        }
    }

    @Test func `black on white is 21 to 1`() throws {
        #expect(contrast(try #require(Colour("#000")), try #require(Colour("#ffffff"))) == 21)
    }

    @Test func `it asks nobody for anything, and every token it uses exists`() {
        let text = Self.text
        #expect(!text.isEmpty)
        for word in ["@import", "url(", "http", "@font-face", "expression("] { #expect(!text.contains(word), "\(word)") }
        let used = Set(text.components(separatedBy: "var(").dropFirst().map { String($0.prefix { $0 != ")" && $0 != "," }) })
        #expect(used.subtracting(Self.tokens(dark: false).keys) == [])
        #expect(Set(Self.tokens(dark: false).keys).subtracting(used) == [], "unused")
        #expect(text.count(where: { $0 == "{" }) == text.count(where: { $0 == "}" }))
    }

    @Test func `every class that a component writes has a rule, or is named here`() throws {
        let page = try Markup.reading { everything(&$0, text: "Some words") }
        let withoutLook: Set = ["chart", "axis"]
        for name in Set(page.inside.flatMap(\.classes)).subtracting(withoutLook) {
            let isStyled =
                Self.text.contains { $0 == "." } && Self.text.range(of: "\\.\(name)(?![\\w-])", options: .regularExpression) != nil
            #expect(isStyled, "\(name)")
        }
    }

    @Test func `the narrow radar shows the middle of what the wide one draws`() {
        let shown = 2 * (140.0 + 24), whole = shown + 2 * 136
        let width = (whole / shown * 10_000).rounded() / 100, margin = (136 / shown * 10_000).rounded() / 100
        #expect(Self.text.contains("width: \(width)%"))
        #expect(Self.text.contains("margin-left: -\(margin)%"))
    }
}

private struct Colour {
    let channels: [Double]
    init?(_ hex: String?) {
        guard var digits = hex?.dropFirst(), hex?.first == "#" else { return nil }
        if digits.count == 3 { digits = Substring(digits.flatMap { [$0, $0] }) }
        guard digits.count == 6, let number = Int(digits, radix: 16) else { return nil }
        channels = [number >> 16, number >> 8 & 255, number & 255].map { Double($0) / 255 }
    }
    /// WCAG's relative luminance.
    var luminance: Double {
        zip(channels, [0.2126, 0.7152, 0.0722]).map { channel, weight in
            weight * (channel <= 0.04045 ? channel / 12.92 : pow((channel + 0.055) / 1.055, 2.4))
        }.reduce(0, +)
    }
}

private func contrast(_ first: Colour, _ second: Colour) -> Double {
    let (light, dark) = (max(first.luminance, second.luminance), min(first.luminance, second.luminance))
    return (light + 0.05) / (dark + 0.05)
}
