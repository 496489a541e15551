/// The words of a text as ASCII-folded bytes: "L'Élevage (bœufs)" gives "l", "elevage", "boeufs".
/// Anything but a letter or digit separates words.
func foldedWords(_ text: String) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var word: [UInt8] = []
    for scalar in text.unicodeScalars {
        if let byte = foldedASCII(scalar) {
            word.append(byte)
            continue
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark:
            continue
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .otherLetter, .modifierLetter, .decimalNumber:
            append(scalar, to: &word)
        default:
            if !word.isEmpty { words.append(word) }
            word = []
        }
    }
    if !word.isEmpty { words.append(word) }
    return words
}

/// The fast way for most of a text.
private func foldedASCII(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar {
    case "a"..."z", "0"..."9": UInt8(scalar.value)
    case "A"..."Z": UInt8(scalar.value) + 32
    default: nil
    }
}

private func append(_ scalar: Unicode.Scalar, to word: inout [UInt8]) {
    for lower in scalar.properties.lowercaseMapping.unicodeScalars {
        switch lower {
        case "ß": word += Array("ss".utf8)
        case "œ": word += Array("oe".utf8)
        case "æ": word += Array("ae".utf8)
        default: word += lower.isASCII ? [UInt8(lower.value)] : unaccented(lower)
        }
    }
}

/// By the scalar's name, which needs no table: LATIN SMALL LETTER E WITH ACUTE is an e.
private func unaccented(_ scalar: Unicode.Scalar) -> [UInt8] {
    let prefix = "LATIN SMALL LETTER "
    guard let name = scalar.properties.name, name.hasPrefix(prefix) else { return Array(String(scalar).utf8) }
    let letter = name.dropFirst(prefix.count).prefix { $0 != " " }
    return letter.utf8.count == 1 ? Array(letter.lowercased().utf8) : Array(String(scalar).utf8)
}
