import QuestionnaireFiles
import Testing

@Suite struct ClassificationsTests {
    private func classifications() throws -> Classifications { try Sample().load().classifications }

    @Test func `classifications are read`() throws {
        let classifications = try classifications()
        #expect(classifications.sectorVersion == "NACE Rev. 2.1")
        #expect(classifications.sectors.map(\.id) == ["C", "H"])
        #expect(classifications.division("10")?.words[.fr] == ["boulangerie", "pâtisserie"])
        #expect(classifications.division("99") == nil)
        #expect(classifications.sizes.map(\.to) == [9, nil])
        #expect(classifications.nis2.first?.sectors.map(\.subsectors.count) == [1, 0])
        #expect(classifications.referenceSchemes.first?.ids == ["20", "21.2.a"])
    }

    @Test func `a postcode lies in one region`() throws {
        let classifications = try classifications()
        #expect(classifications.region(postcode: 1000)?.id == "BE10")
        #expect(classifications.region(postcode: 1299)?.id == "BE10")
        #expect(classifications.region(postcode: 1300) == nil)
        #expect(classifications.region(postcode: 1999)?.id == "BE21")
        #expect(classifications.region(postcode: -1) == nil)
    }

    @Test(
        arguments: [
            ("boulangerie", .fr, ["10"]), ("boulangerie", .nl, ["10"]), ("BOULANGERIE", .fr, ["10"]),
            ("chem", .en, ["20", "10"]),  // a name before a word
            ("20", .de, ["20"]), ("2", .en, ["20"]), ("Spedition", .en, ["52"]),
            ("backerei", .de, ["10"]), ("Ba\u{308}ckerei", .de, ["10"]), ("PATISSERIE", .fr, ["10"]),
            ("grosshandel", .de, ["20"]), ("Großh", .de, ["20"]), ("coeur", .fr, ["52"]), ("cœur", .fr, ["52"]),
            ("food", .en, ["10", "52"]), ("food", .fr, ["10", "52"]),
            ("manufacturing paint", .en, ["20"]), ("paint manuf", .en, ["20"]), ("paint food", .en, []),
            ("transport", .en, ["52"]), ("industrie", .nl, ["10", "20"]),
            ("akery", .en, []), ("", .en, []), (" -,'", .en, []), ("' OR 1=1", .en, []), ("🥖", .en, []),
            ("bakery" + String(repeating: " ", count: 100) + "nothing", .en, ["10"]),
        ] as [(String, Language, [String])])
    func `divisions are found by the beginnings of words`(query: String, language: Language, expected: [String]) throws {
        let found = try classifications().findDivisions(query, language: language)
        #expect(found.map(\.division.id) == expected)
        for (section, division) in found { #expect(section.divisions.contains(division)) }
    }

    @Test func `a long query is harmless`() throws {
        let classifications = try classifications()
        _ = classifications.findDivisions(String(repeating: "a ", count: 1_000_000), language: .en)
        _ = classifications.findDivisions("e" + String(repeating: "\u{301}", count: 1_000_000), language: .en)
    }
}
