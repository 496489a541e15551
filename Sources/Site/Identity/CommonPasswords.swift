/// The passwords that an attacker tries first, read once from a file: one a line, comments after `#`.
struct CommonPasswords: Sendable {
    static let least = 10_000
    private static let lengths = 4...32

    /// Folded, so that `Passw0rd` is found under `password`.
    private let folded: Set<String>

    /// Refuses a list too short to be worth asking, such as a file that was cut off.
    init(_ bytes: some Sequence<UInt8>, least: Int = Self.least) throws(CommonPasswordsFault) {
        var folded: Set<String> = []
        var (count, line) = (0, 0)
        for bytes in Array(bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let entry = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
            guard let first = entry.first, first != UInt8(ascii: "#") else { continue }
            guard let text = String(validating: entry, as: UTF8.self) else { throw .brokenText(line: line) }
            folded.insert(Self.text(PasswordSign.signs(of: text)[...]))
            count += 1
        }
        guard count >= least else { throw .tooFew(found: count, least: least) }
        self.folded = folded
    }

    func contains(folded text: String) -> Bool { folded.contains(text) }

    /// Whether a text is one of the list, or one and the same of them once or more with fillers round and between.
    func matches(_ signs: [PasswordSign]) -> Bool {
        if folded.contains(Self.text(signs[...])) { return true }
        let firstLetter = signs.firstIndex { !$0.isFiller } ?? 0
        // A digit or a sign may be the first letter of a word: `$ecret`, `1loveyou`, `123456qaz`.
        for start in [0] + (max(0, firstLetter - 4)...firstLetter) {
            for end in start + Self.lengths.lowerBound...start + Self.lengths.upperBound where end <= signs.count {
                let word = signs[start..<end]
                if folded.contains(Self.text(word)) && Self.isOnly(word, in: signs[start...]) { return true }
            }
        }
        return false
    }

    /// Whether a text is a word, as often as may be, and fillers.
    private static func isOnly(_ word: ArraySlice<PasswordSign>, in signs: ArraySlice<PasswordSign>) -> Bool {
        var rest = signs
        while let sign = rest.first {
            if rest.count >= word.count && zip(rest, word).allSatisfy({ $0.folded == $1.folded }) {
                rest = rest.dropFirst(word.count)
            } else if sign.isFiller {
                rest = rest.dropFirst()
            } else {
                return false
            }
        }
        return true
    }

    private static func text(_ signs: ArraySlice<PasswordSign>) -> String {
        var text = String.UnicodeScalarView()
        for sign in signs { text.append(sign.folded) }
        return String(text)
    }
}

/// Why a file is no list of common passwords.
enum CommonPasswordsFault: Error, Equatable {
    case brokenText(line: Int)
    case tooFew(found: Int, least: Int)
}
