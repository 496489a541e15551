/// A scalar of a password, as one who guesses passwords sees it.
struct PasswordSign {
    /// In lower case.
    let typed: Unicode.Scalar
    /// What it stands for: `@` and `4` are an a. All of `1`, `!`, `|` and l are an i, for one cannot know which was meant.
    let folded: Unicode.Scalar
    /// A digit, a blank or punctuation: what people put round a word to make it pass.
    let isFiller: Bool

    init(typed: Unicode.Scalar) {
        self.typed = typed
        folded = Self.fold(typed)
        switch typed.properties.generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber, .spaceSeparator, .control, .mathSymbol, .currencySymbol, .modifierSymbol,
            .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
            .otherPunctuation:
            isFiller = true
        default: isFiller = false
        }
    }

    static func signs(of text: String) -> [PasswordSign] {
        text.lowercased().unicodeScalars.map(PasswordSign.init(typed:))
    }

    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "4", "@": "a"
        case "8": "b"
        case "3", "€": "e"
        case "9": "g"
        case "1", "!", "|", "l": "i"
        case "0": "o"
        case "5", "$": "s"
        case "7", "+": "t"
        case "2": "z"
        default: scalar
        }
    }
}
