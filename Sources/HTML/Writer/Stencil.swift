/// A page drawn once with gaps, and shown again and again with what differs from visitor to visitor in them.
public struct Stencil: Sendable {
    private enum Gap {
        /// The n-th that was left with ``HTML/gap()``.
        case content(Int)
        /// The n-th of those that were cut out.
        case text(Int)
    }

    private let markup: HTML
    /// Which markup comes before each gap, and what fills it.
    private let cuts: [(before: Range<Int>, gap: Gap)]
    private let rest: Range<Int>

    /// Cuts a drawn page at its gaps, and wherever one of `texts` stands: random text of letters, digits, `-` and `_`, which
    /// comes through every escape as it is, and stands for nothing else.
    public init(_ drawn: HTML, cutting texts: [String]) {
        let bytes = drawn.bytes
        let gaps = drawn.gaps.enumerated().map { (at: $1, length: 0, gap: Gap.content($0)) }
        let cutOut = texts.enumerated().flatMap { number, text in
            bytes.places(of: Array(text.utf8)).map { (at: $0, length: text.utf8.count, gap: Gap.text(number)) }
        }
        var cuts: [(Range<Int>, Gap)] = []
        var end = 0
        // A gap and text at one place: the gap was left before the text was written.
        for cut in (gaps + cutOut).sorted(by: { ($0.at, $0.length) < ($1.at, $1.length) }) {
            cuts.append((end..<cut.at, cut.gap))
            end = cut.at + cut.length
        }
        markup = drawn
        self.cuts = cuts
        rest = end..<bytes.count
    }

    /// Writes the page with one's own texts in the places of those that were cut out, and each gap filled by its number.
    public func show(in html: inout HTML, texts: [String], gap: (Int, inout HTML) -> Void) {
        for cut in cuts {
            html.append(markup, cut.before)
            switch cut.gap {
            case .content(let number): gap(number, &html)
            case .text(let number): html.text(texts[number])
            }
        }
        html.append(markup, rest)
    }
}

extension [UInt8] {
    /// Where each of `part` begins, none within another.
    fileprivate func places(of part: [UInt8]) -> [Int] {
        guard let first = part.first else { return [] }
        var places: [Int] = []
        var index = 0
        while index + part.count <= count {
            if self[index] == first, self[index..<(index + part.count)].elementsEqual(part) {
                places.append(index)
                index += part.count
            } else {
                index += 1
            }
        }
        return places
    }
}
