/// A Belgian enterprise number: ten digits, the first 0 or 1, the last two 97 − (the first eight mod 97), so 01 to 97.
/// Source: Royal Decree of 23 June 2003 (DAT-1).
struct EnterpriseNumber: Equatable {
    enum Fault: Error, Equatable { case notTenDigits, wrongFirstDigit, wrongCheckDigits }

    /// Ten digits.
    let digits: String

    /// Accepts the ways people write it: `BE 0403.227.515`, `0403227515`, the nine digits of before 2005 (UX-9).
    init(typed: String) throws(Fault) {
        var rest = typed.unicodeScalars.filter { !($0.properties.isWhitespace || $0 == "." || $0 == "-" || $0 == "/") }[...]
        if rest.prefix(2).map({ $0.properties.uppercaseMapping }).joined() == "BE" { rest = rest.dropFirst(2) }
        var values = [Int]()
        for scalar in rest {
            guard ("0"..."9").contains(scalar), values.count < 10 else { throw .notTenDigits }
            values.append(Int(scalar.value) - 48)
        }
        if values.count == 9 { values.insert(0, at: 0) }
        guard values.count == 10 else { throw .notTenDigits }
        guard values[0] <= 1 else { throw .wrongFirstDigit }
        let number = values.prefix(8).reduce(0) { $0 * 10 + $1 }
        guard 97 - number % 97 == values[8] * 10 + values[9] else { throw .wrongCheckDigits }
        digits = values.map(String.init).joined()
    }

    /// As official documents write it: `0403.227.515`.
    var display: String {
        let characters = Array(digits)
        return "\(String(characters[0..<4])).\(String(characters[4..<7])).\(String(characters[7..<10]))"
    }
}
