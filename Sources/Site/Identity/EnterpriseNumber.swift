/// A Belgian enterprise number, where no other country's number will do (DAT-1).
struct EnterpriseNumber: Equatable {
    enum Fault: Error, Equatable { case notTenDigits, wrongFirstDigit, wrongCheckDigits }

    private let number: OrganisationNumber

    /// Accepts the ways people write it: `BE 0403.227.515`, `0403227515`, the nine digits of before 2005 (UX-9).
    init(typed: String) throws(Fault) {
        do {
            number = try OrganisationNumber(typed, of: .be)
        } catch {
            switch error {
            case .firstDigit: throw .wrongFirstDigit
            case .checkDigits: throw .wrongCheckDigits
            case .empty, .unknownCountry, .length, .shape: throw .notTenDigits
            }
        }
    }

    /// Ten digits.
    var digits: String { number.stored }

    /// As official documents write it: `0403.227.515`.
    var display: String { number.shown }
}
