/// Finds divisions by the beginnings of words. All words are folded and sorted once, so a query is some binary
/// searches over bytes.
struct DivisionSearch: Sendable {
    /// What a word was found in, best first.
    private enum Field: Int, Sendable { case name, words, sectionName }

    private struct Entry: Sendable {
        let word: [UInt8]
        /// Index into `places`.
        let division: Int
        /// `nil` for the code, which every language shares.
        let language: Language?
        let field: Field
    }

    private var places: [DivisionPlace] = []
    /// Sorted by word.
    private var entries: [Entry] = []

    init(_ sectors: [SectorSection]) {
        for (s, section) in sectors.enumerated() {
            for (d, division) in section.divisions.enumerated() {
                places.append(DivisionPlace(section: s, division: d))
                add([division.id], nil, .name)
                for language in Language.allCases {
                    add([division.names[language] ?? ""], language, .name)
                    add(division.words[language] ?? [], language, .words)
                    add([section.names[language] ?? ""], language, .sectionName)
                }
            }
        }
        entries.sort { $0.word.lexicographicallyPrecedes($1.word) }
    }

    private mutating func add(_ texts: [String], _ language: Language?, _ field: Field) {
        for word in Set(texts.flatMap(foldedWords)) {
            entries.append(Entry(word: word, division: places.count - 1, language: language, field: field))
        }
    }

    /// Best first, then in the classification's order.
    func places(matching query: String, language: Language) -> [DivisionPlace] {
        let words = Set(foldedWords(String(query.unicodeScalars.prefix(100))))
        guard !words.isEmpty else { return [] }
        // Per division the price of its worst word, and of all words together; nil where a word is missing.
        var prices: [(worst: Int, sum: Int)?] = Array(repeating: (0, 0), count: places.count)
        for word in words {
            for (index, price) in divisionPrices(for: word, language).enumerated() {
                guard let (worst, sum) = prices[index], price < Self.notFound else {
                    prices[index] = nil
                    continue
                }
                prices[index] = (max(worst, price), sum + price)
            }
        }
        return prices.indices
            .compactMap { index in prices[index].map { (index: index, worst: $0.worst, sum: $0.sum) } }
            .sorted { ($0.worst, $0.sum, $0.index) < ($1.worst, $1.sum, $1.index) }
            .map { places[$0.index] }
    }

    private static let notFound = Int.max

    /// The lowest price per division: own language before others, name before search words before the section's
    /// name, a whole word before a beginning.
    private func divisionPrices(for word: [UInt8], _ language: Language) -> [Int] {
        var prices = Array(repeating: Self.notFound, count: places.count)
        for entry in entries[firstEntry(notBefore: word)...] {
            guard entry.word.starts(with: word) else { break }
            let isOwn = entry.language == nil || entry.language == language
            let price = (isOwn ? 0 : 6) + entry.field.rawValue * 2 + (entry.word.count == word.count ? 0 : 1)
            prices[entry.division] = min(prices[entry.division], price)
        }
        return prices
    }

    private func firstEntry(notBefore word: [UInt8]) -> Int {
        var range = entries.indices
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            if entries[middle].word.lexicographicallyPrecedes(word) {
                range = middle + 1..<range.upperBound
            } else {
                range = range.lowerBound..<middle
            }
        }
        return range.lowerBound
    }
}
