/// How much thought is in a text that fingers can write by themselves: keys beside each other, the alphabet, the digits.
enum KeyboardWalk {
    /// The number of signs that somebody chose: every walk counts as two, its start and its way.
    static func effort(of signs: [Unicode.Scalar]) -> Int {
        var (effort, start) = (0, 0)
        while start < signs.count {
            let length = layouts.map { walk(signs[start...], on: $0) }.max() ?? 1
            effort += min(length, 2)
            start += length
        }
        return effort
    }

    /// How many signs at the start are one walk.
    private static func walk(_ signs: ArraySlice<Unicode.Scalar>, on layout: Layout) -> Int {
        1 + zip(signs, signs.dropFirst()).prefix { layout.isEasy(from: $0, to: $1) }.count
    }

    private struct Place: Equatable { let row, column: Int }

    private struct Layout {
        let places: [Unicode.Scalar: Place]
        let widths: [Int]

        /// Each row is keys with spaces between; the signs of one key stand together.
        init(_ rows: String...) {
            var (places, widths) = ([Unicode.Scalar: Place](), [Int]())
            for (row, keys) in rows.enumerated() {
                let keys = keys.unicodeScalars.split(separator: " ")
                for (column, key) in keys.enumerated() {
                    for scalar in key { places[scalar] = Place(row: row, column: column) }
                }
                widths.append(keys.count)
            }
            (self.places, self.widths) = (places, widths)
        }

        /// The same key, one beside it, or from the end of a row to its start or to the next row's.
        func isEasy(from first: Unicode.Scalar, to second: Unicode.Scalar) -> Bool {
            if first == second { return true }
            guard let from = places[first], let to = places[second] else { return false }
            switch to.row - from.row {
            case 0: return abs(to.column - from.column) <= 1 || isEnd(from) && to.column == 0 || isEnd(to) && from.column == 0
            // Every row stands half a key to the right of the one above.
            case 1: return (-1...0).contains(to.column - from.column) || isEnd(from) && to.column == 0
            case -1: return (0...1).contains(to.column - from.column)
            default: return false
            }
        }

        private func isEnd(_ place: Place) -> Bool { place.column == widths[place.row] - 1 }
    }

    private static let layouts = [
        Layout("1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0)", "q w e r t y u i o p", "a s d f g h j k l", "z x c v b n m"),
        Layout("1& 2é 3\" 4' 5( 6§ 7è 8! 9ç 0à", "a z e r t y u i o p", "q s d f g h j k l m", "w x c v b n"),
        Layout("1! 2\" 3§ 4$ 5% 6& 7/ 8( 9) 0=", "q w e r t z u i o p", "a s d f g h j k l", "y x c v b n m"),
        Layout("a b c d e f g h i j k l m n o p q r s t u v w x y z"),
    ]
}
