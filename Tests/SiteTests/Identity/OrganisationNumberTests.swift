import Foundation
import Testing

@testable import Site

@Suite struct OrganisationNumberTests {
    @Test(arguments: [
        "BE 0403.227.515", "0403227515", "be0403 227 515 ", "403.227.515", "0403-227-515", "BE0403/227/515", "\u{A0}0403227515",
        "BE403227515", "0403.227–515", "B E 0403 227 515", "\t0403‐227‐515\n",
    ])
    func `UX-9: the ways people write a Belgian number all mean the same`(_ text: String) throws {
        let number = try OrganisationNumber(text)
        #expect(number.scheme == .belgian)
        #expect(number.stored == "0403227515")
        #expect(number.shown == "0403.227.515")
    }

    @Test(arguments: [
        ("NL004495445B01", VATCountry.nl, "NL004495445B01", "NL 004495445B01"),
        ("nl 0024.55799.b11", .nl, "NL002455799B11", "NL 002455799B11"),
        ("DE 136695976", .de, "DE136695976", "DE 136695976"), ("fr 40 303 265 045", .fr, "FR40303265045", "FR 40303265045"),
        ("FRK7399859412", .fr, "FRK7399859412", "FR K7399859412"), ("FR 4Z 123456782", .fr, "FR4Z123456782", "FR 4Z123456782"),
        ("LU 150 274 42", .lu, "LU15027442", "LU 15027442"), ("ATU13585627", .at, "ATU13585627", "AT U13585627"),
        ("EL 094259216", .el, "EL094259216", "EL 094259216"), ("GR094259216", .el, "EL094259216", "EL 094259216"),
        ("XI 980780684", .xi, "XI980780684", "XI 980780684"), ("xigd001", .xi, "XIGD001", "XI GD001"),
        ("IE8D79739I", .ie, "IE8D79739I", "IE 8D79739I"),
        ("IE1234567WI", .ie, "IE1234567WI", "IE 1234567WI"), ("RO18", .ro, "RO18", "RO 18"),
        ("ESX1234567X", .es, "ESX1234567X", "ES X1234567X"),
        ("FR 53 000004605", .fr, "FR53000004605", "FR 53000004605"),
    ])
    func `DAT-2: a VAT number has its country's form and check digits`(
        _ text: String, _ country: VATCountry, _ stored: String, _ shown: String
    ) throws {
        let number = try OrganisationNumber(text)
        #expect(number.scheme == .vat(country))
        #expect(number.stored == stored)
        #expect(number.shown == shown)
        #expect(try OrganisationNumber(number.stored) == number)
        #expect(try OrganisationNumber(number.shown) == number)
    }

    @Test(arguments: [
        ("", NumberFault.empty), (" .-/", .empty),
        ("GB980780684", .unknownCountry("GB")), ("ch 123", .unknownCountry("CH")), ("X", .unknownCountry("X")),
        ("U13585627", .unknownCountry("U1")), ("EU372022452", .unknownCountry("EU")),
        ("BE", .length("10")), ("04032275", .length("10")), ("04032275150", .length("10")), ("NL123456789B0", .length("12")),
        ("BG12345678", .length("9–10")), ("LT1234567890", .length("9 / 12")), ("XI1234567890", .length("5 / 9 / 12")),
        ("RO1", .length("2–10")), ("RO12345678901", .length("2–10")), ("IE123456", .length("8–9")), ("FR", .length("11")),
        ("2403227515", .firstDigit), ("BE9403227515", .firstDigit),
        ("0403227516", .checkDigits), ("1000070000", .checkDigits), ("1000002098", .checkDigits), ("1000001999", .checkDigits),
        ("DE136695978", .checkDigits), ("DE000000001", .checkDigits),
        ("LU15027443", .checkDigits), ("NL123456789B90", .checkDigits), ("NL000000000B00", .checkDigits),
        ("NL004495445B00", .checkDigits),
        ("FR84323140391", .checkDigits),
        ("0403227é15", .shape(.be)), ("٠٤٠٣٢٢٧٥١٥", .shape(.be)), ("０４０３２２７５１５", .shape(.be)), ("ВЕ03227515", .shape(.be)),
        ("FRIO334175221", .shape(.fr)), ("NL123456789A01", .shape(.nl)), ("AT123456789", .shape(.at)), ("XIGB123", .shape(.xi)),
        ("IE1234567X", .shape(.ie)), ("CY123456789", .shape(.cy)), ("NL12345678_B01", .shape(.nl)), ("DE13669597６", .shape(.de)),
    ])
    func `DAT-1, DAT-2: each kind of fault is named`(_ text: String, _ fault: NumberFault) {
        #expect(throws: fault) { try OrganisationNumber(text) }
    }

    @Test func `DAT-1: check digits are 01 to 97`() throws {
        #expect(try OrganisationNumber("1000070097").stored == "1000070097")
        for base in stride(from: 0, to: 20_000_000, by: 99_991) {
            let body = String(repeating: "0", count: 8 - String(base).count) + String(base)
            let right = (0..<100).filter { check in (try? OrganisationNumber(body + (check < 10 ? "0\(check)" : "\(check)"))) != nil }
            #expect(right == [97 - base % 97])
        }
    }

    @Test func `DAT-1, DAT-2: over numbers of every country the verdict is that of python-stdnum or of the country's form`() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Fixtures/numbers.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        var countries: [Substring: Int] = [:]
        for line in lines {
            let parts = line.split(separator: " ")
            try #require(parts.count == 2)
            let number = try? OrganisationNumber(String(parts[0]))
            #expect((number != nil) == (parts[1] == "valid"), "\(line)")
            if let number, number.scheme != .belgian { #expect(number.stored == parts[0]) }
            if line.hasPrefix("BE") {
                #expect((try? EnterpriseNumber(typed: String(parts[0])))?.digits == number?.stored, "EnterpriseNumber agrees on \(line)")
            }
            countries[parts[0].prefix(2), default: 0] += 1
        }
        #expect(Set(countries.keys.map(String.init)) == Set(VATCountry.allCases.map(\.rawValue)))
        #expect(countries.values.allSatisfy { $0 >= 60 })
    }
}
