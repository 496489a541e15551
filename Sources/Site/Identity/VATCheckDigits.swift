/// The check digits of the countries whose numbers are checked by more than their form (DAT-1, DAT-2).
enum VATCheckDigits {
    /// Whether a body that has its country's form has the right check digits; true where no rule is known here.
    static func areRight(_ body: [UInt8], of country: VATCountry) -> Bool {
        switch country {
        case .be: 97 - number(body.prefix(8)) % 97 == number(body.suffix(2))
        case .de: german(body)
        case .fr: french(body)
        case .lu: number(body.prefix(6)) % 89 == number(body.suffix(2))
        case .nl: dutch(body)
        default: true
        }
    }

    /// ISO 7064 mod 11,10, over nine digits of which the first is not 0.
    private static func german(_ body: [UInt8]) -> Bool {
        let check = body.reduce(5) { check, digit in ((check == 0 ? 10 : check) * 2 % 11 + value(digit)) % 10 }
        return body.first != UInt8(ascii: "0") && check == 1
    }

    /// A key of two signs before the SIREN, whose last digit is Luhn's. Numbers of Monaco begin with 000 and have no SIREN.
    private static func french(_ body: [UInt8]) -> Bool {
        let siren = body.dropFirst(2)
        guard siren.starts(with: "000".utf8) || luhn(siren) else { return false }
        guard let first = keySigns.firstIndex(of: body[0]), let second = keySigns.firstIndex(of: body[1]) else { return false }
        if first < 10 && second < 10 { return first * 10 + second == (number(siren) * 100 + 12) % 97 }
        let key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100
        return (number(siren) + 1 + key / 11) % 11 == key % 11
    }

    private static let keySigns = Array("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

    private static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
        let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
            let weighed = value(digit.element) * (digit.offset.isMultiple(of: 2) ? 1 : 2)
            return sum + weighed / 10 + weighed % 10
        }
        return sum.isMultiple(of: 10)
    }

    /// Numbers that hold an RSIN or a BSN pass its eleven-test; those that sole traders have since 2020 pass
    /// ISO 7064 mod 97-10 over the whole text, `NL` included. Nothing but zeroes, before or after the B, is no number.
    private static func dutch(_ body: [UInt8]) -> Bool {
        let nine = body.prefix(9), two = body.suffix(2)
        guard nine.contains(where: { $0 != UInt8(ascii: "0") }), two.contains(where: { $0 != UInt8(ascii: "0") }) else { return false }
        let isDigits = (nine + two).allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        let weighed = nine.prefix(8).enumerated().reduce(0) { $0 + (9 - $1.offset) * value($1.element) }
        if isDigits && (weighed - value(body[8])).isMultiple(of: 11) { return true }
        let remainder = ("NL".utf8 + body).reduce(0) { remainder, sign in
            (remainder * (value(sign) < 10 ? 10 : 100) + value(sign)) % 97
        }
        return remainder == 1
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int { digits.reduce(0) { $0 * 10 + value($1) } }

    /// 0 to 9 for digits, 10 to 35 for letters, then `+` and `*`.
    private static func value(_ sign: UInt8) -> Int {
        switch sign {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(sign - UInt8(ascii: "0"))
        case UInt8(ascii: "+"): 36
        case UInt8(ascii: "*"): 37
        default: Int(sign) - Int(UInt8(ascii: "A")) + 10
        }
    }
}
