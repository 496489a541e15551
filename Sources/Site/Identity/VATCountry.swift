/// A country or territory that gives VAT numbers (DAT-2). The raw value is what such a number begins with.
enum VATCountry: String, CaseIterable, Sendable {
    case at = "AT", be = "BE", bg = "BG", cy = "CY", cz = "CZ", de = "DE", dk = "DK", ee = "EE"
    /// Greece, whose country code elsewhere is GR.
    case el = "EL"
    case es = "ES", fi = "FI", fr = "FR", hr = "HR", hu = "HU", ie = "IE", it = "IT", lt = "LT", lu = "LU", lv = "LV", mt = "MT"
    case nl = "NL", pl = "PL", pt = "PT", ro = "RO", se = "SE", si = "SI", sk = "SK"
    /// Northern Ireland.
    case xi = "XI"

    init?(typedCode: String) {
        self.init(rawValue: typedCode == "GR" ? "EL" : typedCode)
    }

    /// The forms a number can have after the country code, a sign each: `#` a digit, `@` a letter, `?` either; `k` a digit or a
    /// letter but I and O; `n` a digit, a letter, `+` or `*`; `p` a letter, `+` or `*`; `w` A to W; `i` A to I. Others stand for themselves.
    var forms: [String] {
        switch self {
        case .at: ["U########"]
        case .be, .pl, .sk: ["##########"]
        case .bg: ["#########", "##########"]
        case .cy: ["########@"]
        case .cz: ["########", "#########", "##########"]
        case .de, .ee, .el, .pt: ["#########"]
        case .dk, .fi, .hu, .lu, .mt, .si: ["########"]
        case .es: ["?#######?"]
        case .fr: ["kk#########"]
        case .hr, .it, .lv: ["###########"]
        case .ie: ["#######w", "#######wi", "#p#####w"]
        case .lt: ["#########", "############"]
        case .nl: ["nnnnnnnnnBnn"]
        case .ro: (2...10).map { String(repeating: "#", count: $0) }
        case .se: ["############"]
        case .xi: ["#########", "############", "GD###", "HA###"]
        }
    }

    /// How many signs the forms have, for people to read: `9`, `8–10`, `9 / 12`.
    var lengths: String {
        let counts = Set(forms.map(\.utf8.count)).sorted()
        guard let first = counts.first, let last = counts.last, first < last else { return counts.first.map(String.init) ?? "" }
        return last - first == counts.count - 1 ? "\(first)–\(last)" : counts.map(String.init).joined(separator: " / ")
    }

    /// Whether the scalars have one of the forms.
    func fits(_ body: some Collection<Unicode.Scalar>) -> Bool {
        forms.contains { form in
            form.utf8.count == body.count && zip(form.unicodeScalars, body).allSatisfy { Self.sign($0, allows: $1) }
        }
    }

    private static func sign(_ sign: Unicode.Scalar, allows scalar: Unicode.Scalar) -> Bool {
        let isDigit = ("0"..."9").contains(scalar), isLetter = ("A"..."Z").contains(scalar)
        return switch sign {
        case "#": isDigit
        case "@": isLetter
        case "?": isDigit || isLetter
        case "k": isDigit || isLetter && scalar != "I" && scalar != "O"
        case "n": isDigit || isLetter || scalar == "+" || scalar == "*"
        case "p": isLetter || scalar == "+" || scalar == "*"
        case "w": ("A"..."W").contains(scalar)
        case "i": ("A"..."I").contains(scalar)
        default: sign == scalar
        }
    }
}
