import Testing

/// Faults of questionnaire.yaml.
@Suite struct StructureFaultTests {
    static let file = "sample/questionnaire.yaml"

    @Test(arguments: [
        Change(
            file, "minutes: 5", "minuts: 5",
            "8: level starter has an unknown key \"minuts\"; remove it or use one of id, minutes, total, domain, keyMeasure, notApplicable"),
        Change(
            file, "effort: small", "efort: small",
            "16: question GOV-1 has an unknown key \"efort\"; remove it or use one of id, level, keyMeasure, mustApply, weight, effort, when, references, equals"
        ),
        Change(file, "edition: \"2026-11\"\n", "", "1: the file has no \"edition\"; add it"),
        Change(file, "        level: standard\n", "", "19: question GOV-2 has no \"level\"; add it"),
        Change(
            file, "scoring: means", "scoring: means\nscoring: means", "7: duplicate key \"scoring\", first on line 6; remove one of them"),
        Change(file, "aspects: [practice]", "aspects: practice", "3: \"aspects\" must be a list; start each entry with \"- \""),
        Change(file, "aspects: [practice]", "aspects: []", "3: \"aspects\" is empty; add an entry"),
        Change(file, "id: sample", "id: [sample]", "1: \"id\" must be text; write it on one line"),
        Change(
            file, "scale: {lowest: 1, highest: 3}", "scale: 3",
            "4: the scale must hold keys (lowest, highest); write them as \"key: value\""),
    ])
    func `the form of the file`(change: Change) throws { try change.check() }

    @Test(arguments: [
        Change(
            file, "id: sample", "id: my sample",
            "1: \"id\" \"my sample\" is no id; use at most 40 letters, digits, dots and hyphens, no dot or hyphen first"),
        Change(
            file, "id: sample", "id: " + String(repeating: "a", count: 41),
            "1: \"id\" \"\(String(repeating: "a", count: 41))\" is no id; use at most 40 letters, digits, dots and hyphens, no dot or hyphen first"
        ),
        Change(
            file, "id: sample", "id: .sample",
            "1: \"id\" \".sample\" is no id; use at most 40 letters, digits, dots and hyphens, no dot or hyphen first"),
        Change(
            file, "id: sample", "id: ~",
            "1: \"id\" \"\" is no id; use at most 40 letters, digits, dots and hyphens, no dot or hyphen first"),
        Change(
            file, "id: GOV-2", "id: GOV-1",
            "19: duplicate question id GOV-1, first on line 13; choose another",
            "32: the condition of domain CHE asks for question GOV-2, which does not exist; correct its id"),
        Change(
            file, "- {id: standard", "- {id: starter}\n  - {id: standard",
            "9: duplicate level id starter, first on line 8; choose another"),
        Change(file, "aspects: [practice]", "aspects: [practice, practice]", "3: duplicate aspect practice; remove one of them"),
        Change(file, "id: TEC-A", "id: GOV", "27: duplicate topic id GOV, first on line 11; choose another"),
        Change(file, "id: TEC-A", "id: CHE", "31: topic id CHE is on line 27 already; choose another for this domain"),
    ])
    func `ids`(change: Change) throws { try change.check(only: Self.file) }

    @Test(arguments: [
        (
            "merges: [GOV, TEC-X]",
            "7: \"merges\" of departure 1 has \"TEC-X\", which is no topic; correct it"
        ),
        ("splits: X", "7: \"splits\" of departure 1 has \"X\", which is no topic; correct it"),
        ("leavesOut: TEC-A", "7: departure 1 leaves a topic out of which aspect? write one of practice"),
        ("leavesOut: TEC-A, splits: TEC-A", "7: departure 1 must have one of \"merges\", \"splits\" and \"leavesOut\""),
        ("level: expert, splits: TEC-A", "7: duplicate key \"level\", first on line 7; remove one of them"),
    ])
    func `departures of the owner's workbook`(departure: String, expected: String) throws {
        let line = "scoring: means\ndepartures: [{level: standard, \(departure)}]"
        try Change(Self.file, "scoring: means", line, expected).check(only: Self.file)
    }

    @Test func `an aspect may not have a name that answers use`() throws {
        try Change(
            Self.file, "aspects: [practice]", "aspects: [note]",
            "3: aspect note has a name with another meaning in answers; choose another"
        ).check(only: Self.file)
    }

    @Test(arguments: [
        Change(file, "highest: 3", "highest: 1", "4: the scale's lowest 1 is not below its highest 1; correct them"),
        Change(file, "highest: 3", "highest: 3.0", "4: \"highest\" of the scale \"3.0\" is no whole number; write digits only"),
        Change(file, "highest: 3", "highest: 1:30", "4: \"highest\" of the scale \"1:30\" is no whole number; write digits only"),
        Change(file, "highest: 3", "highest: 2000000", "4: \"highest\" of the scale is 2000000; it must be from -1000000 to 1000000"),
        Change(file, "unknownCountsAs: 1", "unknownCountsAs: 0", "5: \"unknownCountsAs\" is 0; it must be from 1 to 3"),
        Change(
            file, "scoring: means", "scoring: sums", "6: scoring \"sums\" is unknown; write means, or {points: {ordinary: […], key: […]}}"),
        Change(
            file, "scoring: means", "scoring: {points: {ordinary: [0, 1, 2], key: [-3, 3]}}",
            "6: \"key\" of the points has 2 numbers for 3 scores; give one per score",
            "9: \"countsAs\" of notApplicable of level standard has no meaning with points; remove it"),
        Change(
            file, "scoring: means", "scoring: {points: {ordinary: [0, 1, x]}}",
            "6: \"ordinary\" of the points \"x\" is no whole number; write digits only",
            "6: the points has no \"key\"; add it",
            "9: \"countsAs\" of notApplicable of level standard has no meaning with points; remove it"),
    ])
    func `scale and scoring`(change: Change) throws { try change.check(only: Self.file) }

    @Test(arguments: [
        Change(
            file, "total: 2,", "total: 3.5,",
            "8: \"total\" of level starter is 3.5, outside the scale 1 to 3; correct it",
            "9: \"total\" of level standard is 2.5, below 3.5 of the lower level starter; put the lowest level first"),
        Change(file, "domain: 1.5", "domain: 0.5", "9: \"domain\" of level standard is 0.5, outside the scale 1 to 3; correct it"),
        Change(
            file, "countsAs: 1.5", "countsAs: 4",
            "9: \"countsAs\" of notApplicable of level standard is 4, outside the scale 1 to 3; correct it"),
        Change(file, "total: 2.5", "total: 2.0001", "9: \"total\" of level standard \"2.0001\" is too fine; write at most three decimals"),
        Change(file, "total: 2.5", "total: 1:30", "9: \"total\" of level standard \"1:30\" is no number; write it like 3 or 2.5"),
        Change(file, "total: 2.5", "total: 80%", "9: \"total\" of level standard \"80%\" is no number; write it like 3 or 2.5"),
        Change(
            file, "total: 2.5", "total: 1.5",
            "9: \"total\" of level standard is 1.5, below 2 of the lower level starter; put the lowest level first"),
        Change(
            file, "minutes: 9", "minutes: 4",
            "9: \"minutes\" of level standard is 4, below 5 of the lower level starter; put the lowest level first"),
        Change(file, "minutes: 9", "minutes: 012", "9: \"minutes\" of level standard \"012\" is no whole number; write digits only"),
        Change(
            file, "atMost: 10%", "atMost: 101%",
            "8: \"atMost\" of notApplicable of level starter \"101%\" is no number of questions; write a whole number from 0, or 0% to 100%"
        ),
        Change(
            file, "atMost: 2", "atMost: -1",
            "9: \"atMost\" of notApplicable of level standard \"-1\" is no number of questions; write a whole number from 0, or 0% to 100%"),
        Change(file, "{atMost: 2, countsAs: 1.5}", "{countsAs: 1.5}", "9: notApplicable of level standard has no \"atMost\"; add it"),
    ])
    func `levels`(change: Change) throws { try change.check() }

    @Test(arguments: [
        Change(
            file, "level: starter\n", "level: expert\n",
            "14: \"level\" of question GOV-1 is \"expert\", which is no level; use one of starter, standard"),
        Change(
            file, "keyMeasure: starter\n", "keyMeasure: expert\n",
            "15: \"keyMeasure\" of question GOV-1 is \"expert\", which is no level; use one of starter, standard"),
        Change(
            file, "mustApply: standard", "mustApply: starter",
            "21: \"mustApply\" of question GOV-2 is starter, but only standard asks the question; write standard or a higher level"),
        Change(
            file, "mustApply: standard", "keyMeasure: starter",
            "21: \"keyMeasure\" of question GOV-2 is starter, but only standard asks the question; write standard or a higher level"),
        Change(
            file, "weight: 2\n        when", "weight: 0\n        when",
            "22: \"weight\" of question GOV-2 is 0; it must be from 1 to 1000000"),
        Change(file, "weight: 3", "weight: -3", "25: \"weight\" of domain TEC is -3; it must be from 1 to 1000000"),
        Change(
            file, "weight: 2\n        questions", "weight: two\n        questions",
            "28: \"weight\" of topic TEC-A \"two\" is no whole number; write digits only"),
        Change(file, "effort: small", "effort: tiny", "16: \"effort\" of question GOV-1 is \"tiny\"; use one of small, medium, large"),
        Change(
            file, "{id: TEC-1, level: starter}", "TEC-1",
            "30: question number 1 must hold keys (id, level, keyMeasure, mustApply, weight, effort, when, references, equals); write them as \"key: value\""
        ),
        Change(
            file, "    weight: 3\n", "    weight: 3\n    questions: []\n",
            "24: domain TEC has both \"questions\" and \"topics\"; keep one of them"),
        Change(
            file, "questions:\n      - {id: CHE-1, level: standard, effort: large}", "weight: 1",
            "31: domain CHE has neither \"questions\" nor \"topics\"; add one of them"),
    ])
    func `domains and questions`(change: Change) throws { try change.check(only: Self.file) }

    @Test(arguments: [
        Change(
            file, "nis2: [21.2.a", "nis3: [21.2.a",
            "18: references of question GOV-1 has an unknown key \"nis3\"; remove it or use one of nis2"),
        Change(
            file, "nis2: [21.2.a", "nis2: [21.2.z",
            "18: \"nis2\" of references of question GOV-1 has \"21.2.z\", which is not in references.yaml; correct it"),
        Change(file, "nis2: [21.2.a", "nis2: [\"20\"", "18: \"nis2\" of references of question GOV-1 has 20 twice; remove one"),
    ])
    func `references`(change: Change) throws { try change.check() }

    @Test(arguments: [
        Change(
            file, "{question: GOV-1, atLeast: 2}", "{question: GOV-9, atLeast: 2}",
            "23: the condition of question GOV-2 asks for question GOV-9, which does not exist; correct its id"),
        Change(
            file, "{question: GOV-1, atLeast: 2}", "{question: GOV-2, atLeast: 2}",
            "23: the condition of question GOV-2 asks for itself; use an earlier question"),
        Change(
            file, "{question: GOV-1, atLeast: 2}", "{question: TEC-1, atLeast: 2}",
            "23: the condition of question GOV-2 asks for question TEC-1, which comes later; use an earlier question"),
        Change(
            file, "{question: GOV-2, atLeast: 3}", "{question: CHE-1, atLeast: 3}",
            "32: the condition of domain CHE asks for question CHE-1, which comes later; use an earlier question"),
        Change(
            file, "{question: GOV-1, atLeast: 2}", "{question: GOV-1, atLeast: 4}",
            "23: \"atLeast\" of the condition of question GOV-2 is 4; it must be from 1 to 3"),
        Change(
            file, "{question: GOV-1, atLeast: 2}", "{question: GOV-1}", "23: the condition of question GOV-2 has no \"atLeast\"; add it"),
        Change(
            file, "{question: GOV-1, atLeast: 2}", "{atLeast: 2}",
            "23: the condition of question GOV-2 must have exactly one of sector, question, all, any, not; correct it"),
        Change(file, "{question: GOV-1, atLeast: 2}", "{any: []}", "23: \"any\" of the condition of question GOV-2 is empty; add an entry"),
        Change(
            file, "{sector: [\"20\"]}", "{sector: [\"20\"], atLeast: 2}",
            "32: \"atLeast\" of the condition of domain CHE belongs to \"question\"; remove it"),
        Change(
            file, "{sector: [\"20\"]}", "{sector: [\"99\"]}",
            "32: \"sector\" of the condition of domain CHE has \"99\", which is no division of sectors.yaml; correct it"),
        Change(
            file, "{sector: [\"20\"]}", "{sector: [\"20\", \"20\"]}",
            "32: \"sector\" of the condition of domain CHE has 20 twice; remove one"),
    ])
    func `conditions`(change: Change) throws { try change.check() }

    @Test func `figures that could leave exact arithmetic`() throws {
        var sample = Sample()
        try sample.replace("effort: small", with: "weight: 999983", in: Self.file)
        try sample.replace("weight: 2\n        when", with: "weight: 999979\n        when", in: Self.file)
        try sample.replace("weight: 3", with: "weight: 999961", in: Self.file)
        try sample.replace(
            "questions:\n          - {id: TEC-1",
            with: "questions:\n          - {id: TEC-2, level: starter, weight: 999959}\n          - {id: TEC-1", in: Self.file)
        for language in ["en", "nl", "fr", "de"] {
            try sample.replace(
                "  TEC-1:", with: "  TEC-2: {title: A, ask: B, why: C, inPlace: D, step: E, firstStep: F}\n  TEC-1:",
                in: "sample/\(language).yaml")
        }
        #expect(
            sample.faults() == [
                "sample/questionnaire.yaml:1: the weights and the numbers of questions have too large a common denominator for exact means; use smaller weights, points or scores"
            ])
    }

    @Test func `all faults of all files are reported at once, in order`() throws {
        var sample = Sample()
        try sample.replace("unknownCountsAs: 1", with: "unknownCountsAs: 9", in: Self.file)
        try sample.replace("effort: small", with: "effort: tiny", in: Self.file)
        try sample.replace("why: Else nobody is.", with: "why: \"\"", in: "sample/nl.yaml")
        try sample.replace("from: 10", with: "from: 11", in: "classifications/sizes.yaml")
        #expect(
            sample.faults() == [
                "classifications/sizes.yaml:3: \"from\" of size large is 11, but the class before ends at 9; write 10",
                "sample/nl.yaml:23: \"why\" of question GOV-1 is empty; write it",
                "sample/questionnaire.yaml:5: \"unknownCountsAs\" is 9; it must be from 1 to 3",
                "sample/questionnaire.yaml:16: \"effort\" of question GOV-1 is \"tiny\"; use one of small, medium, large",
            ])
    }
}
