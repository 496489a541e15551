import Testing

@testable import Site

@Suite struct EnterpriseNumberTests {
    @Test(arguments: ["0403227515", "0440966354", "1000000021", "1000070097"])
    func `DAT-1: numbers that were issued are accepted`(_ text: String) throws {
        #expect(try EnterpriseNumber(typed: text).digits == text)
    }

    @Test(arguments: [
        "BE 0403.227.515", "0403227515", "be0403 227 515 ", "403.227.515", "0403-227-515", "BE0403/227/515", "\u{A0}0403227515",
    ])
    func `UX-9: the ways people write a number all mean the same`(_ text: String) throws {
        #expect(try EnterpriseNumber(typed: text).digits == "0403227515")
        #expect(try EnterpriseNumber(typed: text).display == "0403.227.515")
    }

    @Test func `DAT-1: each kind of fault is named`() {
        #expect(throws: EnterpriseNumber.Fault.notTenDigits) { try EnterpriseNumber(typed: "") }
        #expect(throws: EnterpriseNumber.Fault.notTenDigits) { try EnterpriseNumber(typed: "04032275150") }
        #expect(throws: EnterpriseNumber.Fault.notTenDigits) { try EnterpriseNumber(typed: "0403227é15") }
        #expect(throws: EnterpriseNumber.Fault.notTenDigits) { try EnterpriseNumber(typed: "٠٤٠٣٢٢٧٥١٥") }
        #expect(throws: EnterpriseNumber.Fault.wrongFirstDigit) { try EnterpriseNumber(typed: "2403227515") }
        #expect(throws: EnterpriseNumber.Fault.wrongCheckDigits) { try EnterpriseNumber(typed: "0403227516") }
    }

    @Test func `DAT-1: check digits 00 are never right, 97 are`() {
        #expect(throws: EnterpriseNumber.Fault.wrongCheckDigits) { try EnterpriseNumber(typed: "1000070000") }
    }

    @Test func `DAT-1: over sampled numbers a single wrong digit or a swap of neighbours is always caught`() throws {
        for base in stride(from: 0, to: 20_000_000, by: 9_973) {
            let body = String(repeating: "0", count: 8 - String(base).count) + String(base)
            let check = 97 - base % 97
            let digits = Array(body + (check < 10 ? "0\(check)" : "\(check)"))
            #expect(try EnterpriseNumber(typed: String(digits)).digits == String(digits))
            for place in digits.indices {
                var wrong = digits
                wrong[place] = wrong[place] == "9" ? "0" : Character(String((wrong[place].wholeNumberValue ?? 0) + 1))
                #expect(throws: EnterpriseNumber.Fault.self) { try EnterpriseNumber(typed: String(wrong)) }
                guard place > 0, digits[place] != digits[place - 1] else { continue }
                var swapped = digits
                swapped.swapAt(place, place - 1)
                #expect(throws: EnterpriseNumber.Fault.self) { try EnterpriseNumber(typed: String(swapped)) }
            }
        }
    }
}
