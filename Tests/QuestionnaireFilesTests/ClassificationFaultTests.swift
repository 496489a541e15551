import Testing

/// Faults of the classifications.
@Suite struct ClassificationFaultTests {
    static let sectors = "classifications/sectors.yaml"
    static let regions = "classifications/regions.yaml"
    static let sizes = "classifications/sizes.yaml"

    @Test(arguments: [
        Change(sectors, "id: \"20\"", "id: \"10\"", "9: duplicate division id 10, first on line 6; choose another"),
        Change(sectors, "{en: Food, nl: Voeding, ", "{en: Food, ", "7: names of division 10 has no \"nl\"; add it"),
        Change(sectors, "nl: Voeding", "nl: \"\"", "7: \"nl\" of names of division 10 is empty; write it"),
        Change(sectors, "words: {en: \"paint\", ", "words: {", "11: words of division 20 has no \"en\"; add it"),
        Change(sectors, "version: NACE Rev. 2.1\n", "", "1: the file has no \"version\"; add it"),
        Change(
            regions, "1000-1299", "1299-1000",
            "7: \"postcodes\" of part BE10 has \"1299-1000\", which is no range; write it like \"1000-1299\""),
        Change(
            regions, "1000-1299", "Brussels",
            "7: \"postcodes\" of part BE10 has \"Brussels\", which is no range; write it like \"1000-1299\""),
        Change(
            regions, "\"1999\"", "\"1200-1999\"",
            "13: \"postcodes\" of part BE21 has 1200-1999, which overlaps the range on line 7; correct one"),
        Change(regions, "id: BE21", "id: BE1", "11: duplicate region id BE1, first on line 2; choose another"),
        Change(sizes, "to: 9", "to: 0", "2: \"to\" of size micro is 0; it must be from 1 to 999999999"),
        Change(sizes, "from: 10", "from: 9", "3: \"from\" of size large is 9, but the class before ends at 9; write 10"),
        Change(sizes, " to: 9,", "", "2: size micro has no \"to\"; add it"),
        Change("classifications/nis2.yaml", "id: space", "id: energy", "9: duplicate sector id energy, first on line 5; choose another"),
        Change("classifications/nis2.yaml", "fr: Pétrole, ", "", "8: names of subsector oil has no \"fr\"; add it"),
        Change(
            "classifications/references.yaml", "ids: [\"20\", 21.2.a]", "ids: [\"20\", 21.2.a, \"20\"]",
            "4: duplicate reference id 20, first on line 4; choose another"),
    ])
    func `a fault in a classification`(change: Change) throws { try change.check() }
}
