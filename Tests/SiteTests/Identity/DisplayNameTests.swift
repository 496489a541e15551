import Testing

@testable import Site

@Suite struct DisplayNameTests {
    @Test(arguments: [
        "Ève", "Łukasz", "O'Brien", "O’Brien", "Müller-Lüdenscheidt", "Jean‐Luc", "4you bvba", "A & B <NV>", "Ann", "X", "Þórr Ægisson",
        "Σωκράτης", "Борис Иванов", "李小龍", "محمد", "Αθήνα Pharma", "Ко & Co", "Α-Tech", "µMetrics", "Nguyễn Thị Hà",
        "e\u{301}\u{302}\u{303}",
        "Société n° 1", "S.A. D’Ieteren N.V.", "10€ Shop", "Ölmühle 2000 GmbH & Co. KG", "देवनागरी", "1ª Casa", "🐎 Paard",
    ])
    func `names as people and firms have them are accepted as they are`(_ text: String) throws {
        #expect(try DisplayName(text).text == text)
    }

    @Test(arguments: ["Ann Peeters", "  Ann   Peeters ", "Ann\tPeeters", "\u{A0}Ann\u{3000}\u{2009} Peeters\u{A0}"])
    func `blanks are dropped round a name and made one inside it`(_ text: String) throws {
        #expect(try DisplayName(text).text == "Ann Peeters")
    }

    @Test(arguments: ["", " ", "\t \u{A0}"])
    func `a name of blanks is empty`(_ text: String) {
        #expect(throws: NameFault.empty) { try DisplayName(text) }
    }

    @Test(arguments: [
        UInt32(0), 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029,
        0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0x2800, 0x3164, 0xE000, 0xF8FF, 0xFE0F, 0xFEFF,
        0xFFA0, 0xFFF9, 0xFFFE, 0xFFFF, 0xE0041, 0xF0000, 0x10FFFD,
    ])
    func `what is not seen, or turns what is seen, is refused`(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(throws: NameFault.control) { try DisplayName("Ann\(scalar)Peeters") }
        #expect(throws: NameFault.control) { try DisplayName("\(scalar)") }
    }

    @Test(arguments: [
        "Pаypal", "Iոց Bank", "𝐈𝐍𝐆 Bank", "Ｍicrosoft", "ℌans", "Ꭺnn", "Аnn", "Annа", "Αnn", "Οrange", "Bankο", "ΡAYPAL", "Gооgle NV",
        "O'Вrien", "ann1а", "Аα", "e\u{301}а", "ﬁа", "Ｐа",
        "Kάfe",
    ])
    func `letters of scripts that look alike do not stand in one word`(_ text: String) {
        #expect(throws: NameFault.mixedScripts) { try DisplayName(text) }
    }

    @Test func `a name has 100 scalars at most, blanks between words counted once`() throws {
        let longest = String(repeating: "é", count: 49) + " " + String(repeating: "b", count: 50)
        #expect(try DisplayName(longest).text == longest)
        #expect(try DisplayName("  " + longest.split(separator: " ").joined(separator: "     ")).text == longest)
        #expect(throws: NameFault.tooLong) { try DisplayName(longest + "c") }
        #expect(throws: NameFault.tooLong) { try DisplayName(longest + " c") }
        #expect(throws: NameFault.tooLong) { try DisplayName(String(repeating: "a ", count: 100_000)) }
    }

    @Test func `three marks may stand on a letter, and not four`() throws {
        #expect(try DisplayName("A\u{300}\u{301}\u{302}b\u{300}\u{301}\u{302}").text.unicodeScalars.count == 8)
        #expect(throws: NameFault.marks) { try DisplayName("A\u{300}\u{301}\u{302}\u{303}") }
        #expect(throws: NameFault.marks) { try DisplayName("A\u{20DD}\u{301}\u{302}\u{303}b") }
    }
}
