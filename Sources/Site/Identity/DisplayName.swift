/// What a person or an organisation is called on pages: safe to set beside other text, and hard to take for another name.
struct DisplayName: Hashable, Sendable {
    /// Scalars at most.
    static let limit = 100

    let text: String

    /// Drops blanks round the name and makes every run of them inside one space.
    init(_ typed: String) throws(NameFault) {
        var scalars = String.UnicodeScalarView()
        var (count, marks, isAfterBlank) = (0, 0, false)
        for scalar in typed.unicodeScalars {
            if scalar == "\t" || scalar.properties.generalCategory == .spaceSeparator {
                isAfterBlank = count > 0
                continue
            }
            guard Self.isVisible(scalar) else { throw .control }
            if isAfterBlank { scalars.append(" ") }
            scalars.append(scalar)
            count += isAfterBlank ? 2 : 1
            guard count <= Self.limit else { throw .tooLong }
            marks = scalar.properties.isMark ? marks + 1 : 0
            guard marks <= 3 else { throw .marks }
            isAfterBlank = false
        }
        guard count > 0 else { throw .empty }
        guard !Self.mixesScripts(scalars) else { throw .mixedScripts }
        text = String(scalars)
    }

    /// Neither control, bidi override, zero-width sign nor line break, nor a code point without meaning.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        // Fillers and variation selectors; the Braille blank only looks like one.
        default: !scalar.properties.isDefaultIgnorableCodePoint && scalar != "\u{2800}"
        }
    }

    /// Whether a word has letters of two scripts that look alike: `Pаypal` with a Cyrillic а.
    private static func mixesScripts(_ name: String.UnicodeScalarView) -> Bool {
        var script: LookAlikeScript?
        for scalar in name {
            if let found = LookAlikeScript(of: scalar) {
                if found == .dressedUp { return true }
                if let script, script != found { return true }
                script = found
            } else if !scalar.properties.staysInWord {
                script = nil
            }
        }
        return false
    }
}

/// Why a text cannot be shown as a name.
enum NameFault: Error, Equatable {
    case empty
    /// Over `DisplayName.limit` scalars.
    case tooLong
    /// A sign that is not seen, or that changes how the text beside it is seen.
    case control
    /// Letters of scripts that look alike in one word, or letters dressed up as signs.
    case mixedScripts
    /// Over three combining marks in a row.
    case marks
}

/// The scripts that share shapes of letters.
private enum LookAlikeScript {
    case latin, greek, cyrillic, armenian, cherokee, coptic
    /// Letters that Unicode has again as signs: 𝐁old, Ｗide, ℌandwritten.
    case dressedUp

    init?(of scalar: Unicode.Scalar) {
        guard scalar.properties.isAlphabetic else { return nil }
        switch scalar.value {
        // The micro sign and the ordinal indicators are signs of every script.
        case 0xAA, 0xB5, 0xBA: return nil
        case 0x2102...0x2119, 0x211B...0x2125, 0x2128...0x2129, 0x212C...0x2149, 0x249C...0x24E9, 0xFF21...0xFF5A, 0x1D400...0x1D7FF:
            self = .dressedUp
        case 0x530...0x58F, 0xFB13...0xFB17: self = .armenian
        case 0x13A0...0x13FF, 0xAB70...0xABBF: self = .cherokee
        case 0x2C80...0x2CFF, 0x3E2...0x3EF: self = .coptic
        case 0x1D26...0x1D2A, 0x370...0x3E1, 0x3F0...0x3FF, 0x1F00...0x1FFF, 0x2126: self = .greek
        case 0x1D2B, 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F, 0x1E030...0x1E08F: self = .cyrillic
        case 0...0x2AF, 0x1D00...0x1DBF, 0x1E00...0x1EFF, 0x212A...0x212B, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xAB30...0xAB6F,
            0xFB00...0xFB06, 0x10780...0x107BF, 0x1DF00...0x1DFFF:
            self = .latin
        default: return nil
        }
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isMark: Bool { [.nonspacingMark, .spacingMark, .enclosingMark].contains(generalCategory) }

    /// Letters, marks, digits, apostrophes and full stops: `O’Brien` is one word, `Jean-Luc` and `A&B` are two.
    fileprivate var staysInWord: Bool {
        switch generalCategory {
        case .decimalNumber, .letterNumber, .otherNumber: true
        default: isAlphabetic || isMark || isCaseIgnorable
        }
    }
}
