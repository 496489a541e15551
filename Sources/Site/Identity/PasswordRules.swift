/// What a new password must keep to (SEC-1): long enough, and not among what an attacker tries first.
/// It is only looked at: what is kept is the password as typed, to the last sign.
enum PasswordRules {
    static let leastWithSecondFactor = 8
    static let leastAlone = 15
    static let mostBytes = 1_024

    /// What is wrong with a password, if anything. The context is what anybody knows of its owner: the local part and the
    /// domain of the e-mail address, the name of the person, of the organisation and of the site.
    static func check(_ password: String, hasSecondFactor: Bool, context: [String], common: CommonPasswords) -> PasswordFault? {
        guard password.utf8.count <= mostBytes else { return .tooLong }
        let least = hasSecondFactor ? leastWithSecondFactor : leastAlone
        guard password.unicodeScalars.count >= least else { return .tooShort(least: least) }
        let signs = PasswordSign.signs(of: password)
        let block = period(of: signs).map { Array(signs.prefix($0)) } ?? signs
        if isLittleMore(block, than: words(of: context), common) { return .context }
        return isTrivial(signs, least: least, common) ? .common : nil
    }

    /// Whether a text is a common password, a walk over the keyboard, or something short said again and again.
    private static func isTrivial(_ signs: [PasswordSign], least: Int, _ common: CommonPasswords) -> Bool {
        let effort = KeyboardWalk.effort(of: signs.map(\.typed))
        if effort < least && effort * 2 <= signs.count { return true }
        if common.matches(signs) { return true }
        let core = withoutEnds(signs)
        for text in core.count * 2 >= signs.count ? [signs, core] : [signs] {
            guard let length = period(of: text) else { continue }
            // A block counts once, however often it is repeated.
            if length < least || isTrivial(Array(text.prefix(length)), least: least, common) { return true }
        }
        return false
    }

    /// Without the digits and punctuation at both ends.
    private static func withoutEnds(_ signs: [PasswordSign]) -> [PasswordSign] {
        guard let first = signs.firstIndex(where: { !$0.isFiller }), let last = signs.lastIndex(where: { !$0.isFiller }) else { return [] }
        return Array(signs[first...last])
    }

    /// The length of the block that a text repeats, the last time perhaps not to its end; `nil` if it does not go twice.
    private static func period(of signs: [PasswordSign]) -> Int? {
        guard signs.count >= 2 else { return nil }
        return (1...signs.count / 2).first { length in
            zip(signs, signs.dropFirst(length)).allSatisfy { $0.folded == $1.folded }
        }
    }

    /// The words of a context, and each of its texts with its words joined, longest first.
    private static func words(of context: [String]) -> [[Unicode.Scalar]] {
        let words = context.flatMap { text in
            let words = PasswordSign.signs(of: text).split { !$0.typed.properties.isAlphabetic && !("0"..."9").contains($0.typed) }
            return words.map { $0.map(\.folded) } + [words.joined().map(\.folded)]
        }
        return words.filter { $0.count >= 3 }.sorted { $0.count > $1.count }
    }

    /// Whether beside words of the context there is nothing but fillers and a few letters, or a common password.
    private static func isLittleMore(_ signs: [PasswordSign], than words: [[Unicode.Scalar]], _ common: CommonPasswords) -> Bool {
        var (rest, others, found) = (signs[...], String.UnicodeScalarView(), false)
        while let sign = rest.first {
            if let word = words.first(where: { rest.lazy.map(\.folded).starts(with: $0) }) {
                found = true
                rest = rest.dropFirst(word.count)
            } else {
                if !sign.isFiller { others.append(sign.folded) }
                rest = rest.dropFirst()
            }
        }
        return found && (others.count <= 4 || common.contains(folded: String(others)))
    }
}

/// Why a password is refused.
enum PasswordFault: Error, Equatable {
    case tooShort(least: Int)
    /// Over 1,024 bytes.
    case tooLong
    /// On the list of common passwords, or hardly more than one that is.
    case common
    /// Little more than what anybody knows of its owner.
    case context
}
