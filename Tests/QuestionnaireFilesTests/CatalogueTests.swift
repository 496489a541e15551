import Assessment
import QuestionnaireFiles
import Testing

@Suite struct CatalogueTests {
    @Test func `a structure is read as the model`() throws {
        let definition = try #require(try Sample().load().current("sample")).definition
        let expected = Questionnaire(
            id: "sample", edition: "2026-11", aspects: ["practice"], scale: 1...3, scoring: .means, unknownCountsAs: 1,
            levels: [
                Level(
                    id: "starter", minutes: 5, total: 2, keyMeasure: 2,
                    notApplicable: NotApplicableRule(limit: .share(Fraction(1, 10)), countsAs: nil)),
                Level(
                    id: "standard", minutes: 9, total: Fraction(5, 2), domain: Fraction(3, 2), keyMeasure: 2,
                    notApplicable: NotApplicableRule(limit: .count(2), countsAs: Fraction(3, 2))),
            ],
            domains: [
                Domain(
                    id: "GOV",
                    topics: [
                        Topic(
                            id: "GOV",
                            questions: [
                                Question(
                                    id: "GOV-1", level: 0, keyMeasureFrom: 0, effort: .small,
                                    references: [Reference(scheme: "nis2", ids: ["21.2.a", "20"])]),
                                Question(
                                    id: "GOV-2", level: 1, mustApplyFrom: 1, weight: 2,
                                    condition: .answer(question: "GOV-1", atLeast: 2)),
                            ])
                    ]),
                Domain(
                    id: "TEC", weight: 3,
                    topics: [
                        Topic(id: "TEC-A", weight: 2, questions: [Question(id: "TEC-1", level: 0)])
                    ]),
                Domain(
                    id: "CHE", condition: .all([.sector(["20"]), .not(.answer(question: "GOV-2", atLeast: 3))]),
                    topics: [Topic(id: "CHE", questions: [Question(id: "CHE-1", level: 1, effort: .large)])]),
            ])
        #expect(definition == expected)
    }

    @Test func `points and two aspects are read too`() throws {
        var sample = Sample()
        try sample.replace(
            "scoring: means", with: "scoring: {points: {ordinary: [0, 1, 2], key: [-3, 0, 3]}}", in: "sample/questionnaire.yaml")
        try sample.replace(", countsAs: 1.5", with: "", in: "sample/questionnaire.yaml")
        try sample.replace("total: 2.5", with: "total: 60", in: "sample/questionnaire.yaml")
        try sample.replace("aspects: [practice]", with: "aspects: [practice, paper]", in: "sample/questionnaire.yaml")
        for language in Language.allCases {
            try sample.replace("{practice: Practice}", with: "{practice: Practice, paper: Paper}", in: "sample/\(language).yaml")
            try sample.replace(
                "domains:",
                with: """
                      paper: [{name: A, meaning: B}, {name: C, meaning: D}, {name: E, meaning: F}]
                    domains:
                    """, in: "sample/\(language).yaml")
            for text in ["A name on paper.", "One page.", "Two.", "A wall."] {
                try sample.replace("inPlace: \(text)", with: "inPlace: {practice: \(text), paper: Signed}", in: "sample/\(language).yaml")
            }
        }
        let questionnaire = try #require(try sample.load().current("sample"))
        #expect(questionnaire.definition.scoring == .points(ordinary: [0, 1, 2], key: [-3, 0, 3]))
        #expect(questionnaire.definition.levels.last?.total == 60)
        #expect(questionnaire.text(.fr).scale["paper"]?.map(\.meaning) == ["B", "D", "F"])
        #expect(questionnaire.text(.fr).questions["GOV-2"]?.inPlace == ["One page.", "Signed"])
    }

    @Test func `texts are read in every language`() throws {
        let questionnaire = try #require(try Sample().load().current("sample"))
        #expect(questionnaire.texts.count == 4)
        for language in Language.allCases {
            #expect(questionnaire.text(language).title == "Sample in \(language.ownName)")
            #expect(questionnaire.texts[language] == questionnaire.text(language))
        }
        let text = questionnaire.text(.nl)
        #expect(text.summary == "A small one: nothing more.")
        #expect(text.levels["starter"]?.summary == "The least.")
        #expect(text.aspects == ["practice": "Practice"])
        #expect(text.scale["practice"]?.map(\.name) == ["No", "Partly", "Yes"])
        #expect(text.domains["GOV"]?.short == "Governance")
        #expect(text.topics.mapValues(\.title) == ["TEC-A": "Backups"])
        #expect(text.questions["GOV-1"]?.hint == "For example the owner.")
        #expect(text.questions["GOV-2"]?.hint == nil)
        #expect(text.questions["CHE-1"]?.firstStep == "Look at it.")
    }

    @Test func `the highest edition of each questionnaire is offered`() throws {
        var sample = Sample()
        for edition in ["2026-9", "2026-10.1", "2026-10", "2026-8"] { try sample.addCopy(edition: edition) }
        try sample.addCopy(id: "other", edition: "1")
        let catalogue = try sample.load()
        #expect(catalogue.questionnaires.map(\.definition.edition) == ["1", "2026-8", "2026-9", "2026-10", "2026-10.1", "2026-11"])
        #expect(catalogue.offered.map(\.definition.id) == ["other", "sample"])
        #expect(catalogue.current("sample")?.definition.edition == "2026-11")
        #expect(catalogue.questionnaire("sample", edition: "2026-9")?.folder.hasSuffix("/sample-2026-9") == true)
        #expect(catalogue.questionnaire("sample", edition: "2026-09") == nil)
        #expect(catalogue.current("none") == nil)
    }

    @Test func `an edition may exist once`() throws {
        var sample = Sample()
        try sample.addCopy(edition: "2026-11")
        #expect(
            sample.faults() == [
                "sample-2026-11/questionnaire.yaml:1: edition 2026-11 of sample is in sample too; give this one another edition"
            ])
    }
}

extension Sample {
    fileprivate mutating func addCopy(id: String = "sample", edition: String) throws {
        for (path, text) in files where path.hasPrefix("sample/") {
            files[path.replacing("sample/", with: "\(id)-\(edition)/")] =
                text.replacing("id: sample", with: "id: \(id)").replacing("\"2026-11\"", with: "\"\(edition)\"")
        }
    }
}
