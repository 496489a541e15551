/// The number an organisation is known by: a Belgian enterprise number (DAT-1), or another EU country's VAT number (DAT-2).
struct OrganisationNumber: Hashable, Sendable {
    enum Scheme: Hashable, Sendable {
        case belgian
        /// Never Belgium, whose VAT numbers are its enterprise numbers.
        case vat(VATCountry)
    }

    let scheme: Scheme
    /// What comes after the country code.
    private let body: String

    /// Accepts the ways people write one: `BE 0403.227.515`, `403 227 515`, `nl123456782b90`. Without a country code it is Belgian.
    /// - Parameter only: The one country whose numbers will do; nil for any.
    init(_ typed: String, of only: VATCountry? = nil) throws(NumberFault) {
        var signs = Self.signs(of: typed)
        guard let first = signs.first else { throw .empty }
        var country = VATCountry.be
        if ("A"..."Z").contains(first) {
            var code = String.UnicodeScalarView()
            code.append(contentsOf: signs.prefix(2))
            guard let known = VATCountry(typedCode: String(code)), only ?? known == known else { throw .unknownCountry(String(code)) }
            country = known
            signs.removeFirst(2)
        }
        // The nine digits of before 2005.
        if country == .be && signs.count == 9 { signs.insert("0", at: 0) }
        guard country.forms.contains(where: { $0.utf8.count == signs.count }) else { throw .length(country.lengths) }
        guard country.fits(signs) else { throw .shape(country) }
        let bytes = signs.map { UInt8(truncatingIfNeeded: $0.value) }
        guard country != .be || bytes[0] <= UInt8(ascii: "1") else { throw .firstDigit }
        guard VATCheckDigits.areRight(bytes, of: country) else { throw .checkDigits }
        scheme = country == .be ? .belgian : .vat(country)
        body = String(decoding: bytes, as: UTF8.self)
    }

    /// As it is kept and compared: `0403227515`, `NL123456782B90`.
    var stored: String {
        switch scheme {
        case .belgian: body
        case .vat(let country): country.rawValue + body
        }
    }

    /// As people read it: `0403.227.515`, `NL 123456782B90`.
    var shown: String {
        switch scheme {
        case .belgian: "\(body.prefix(4)).\(body.dropFirst(4).prefix(3)).\(body.suffix(3))"
        case .vat(let country): "\(country.rawValue) \(body)"
        }
    }

    /// Without blanks, dots, dashes and slashes, in upper case.
    private static func signs(of typed: String) -> [Unicode.Scalar] {
        typed.unicodeScalars.compactMap { scalar in
            let properties = scalar.properties
            if properties.isWhitespace || properties.generalCategory == .dashPunctuation || scalar == "." || scalar == "/" { return nil }
            return ("a"..."z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value - 32)) : scalar
        }
    }
}

/// Why a text is no number of an organisation.
enum NumberFault: Error, Equatable {
    case empty
    /// It begins with letters that are no country code of an EU VAT number.
    case unknownCountry(String)
    /// Too few or too many signs after the country code; how many there should be: `9`, `8–10`, `9 / 12`.
    case length(String)
    /// A Belgian number that begins with neither 0 nor 1.
    case firstDigit
    case checkDigits
    /// A letter where the country's numbers have a digit, or the other way round.
    case shape(VATCountry)
}
