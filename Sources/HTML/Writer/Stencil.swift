/// A page drawn once with gaps, and shown again and again with what differs from visitor to visitor in them.
public struct Stencil: Sendable {
    private enum Gap {
        /// The n-th that was left with ``HTML/gap()``.
        case content(Int)
        case text
    }

    private let pieces: [(gap: Gap, after: HTML)]
    private let start: HTML

    /// Cuts a drawn page at its gaps, and wherever `text` stands: random text of letters, digits, `-` and `_`, which comes
    /// through every escape as it is, and stands for nothing else.
    public init(_ drawn: HTML, cutting text: String) {
        let bytes = drawn.bytes
        let cuts = drawn.gaps.enumerated().map { (at: $1, length: 0, gap: Gap.content($0)) }
            + bytes.places(of: Array(text.utf8)).map { (at: $0, length: text.utf8.count, gap: Gap.text) }
        var pieces: [(Gap, HTML)] = []
        var end = bytes.count
        // A gap and text at one place: the gap was left before the text was written.
        for cut in cuts.sorted(by: { ($0.at, $0.length) < ($1.at, $1.length) }).reversed() {
            pieces.append((cut.gap, HTML(markup: bytes[(cut.at + cut.length)..<end])))
            end = cut.at
        }
        start = HTML(markup: bytes[..<end])
        self.pieces = pieces.reversed()
    }

    /// Writes the page with `text` where the other text stood, and each gap filled by its number.
    public func show(in html: inout HTML, text: String, gap: (Int, inout HTML) -> Void) {
        html.append(start)
        for piece in pieces {
            switch piece.gap {
            case .content(let number): gap(number, &html)
            case .text: html.text(text)
            }
            html.append(piece.after)
        }
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
