import Assessment
import Foundation
import QuestionnaireFiles
import Testing

private enum RealFiles {
    static let folder =
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/Questionnaires"
}

/// The questionnaires that we ship.
@Suite struct RealFilesTests {
    private func load() throws -> Catalogue {
        do {
            return try Catalogue.load(folder: RealFiles.folder)
        } catch {
            for fault in error.faults { Issue.record("\(fault)") }
            throw error
        }
    }

    @Test func `they load without a fault`() throws {
        let questionnaire = try #require(try load().current("supply-chain"))
        let questions = questionnaire.definition.questions
        let own = questionnaire.definition.domains.filter { $0.condition == nil }.flatMap(\.topics).flatMap(\.questions)
        #expect(own.count == 45)
        #expect(own.count { $0.level == 0 } == 15)
        #expect(own.count { $0.keyMeasureFrom != nil } == 10)
        #expect(questions.count == 45 + 3 * 6)
    }

    @Test func `all fourteen CyFun requirements on suppliers are referenced, and every question refers to NIS2`() throws {
        let questions = try #require(try load().current("supply-chain")).definition.questions
        let referenced = Set(
            questions.flatMap(\.references).filter { $0.scheme == "cyfun2025" }.flatMap(\.ids).filter { $0.hasPrefix("GV.SC-") })
        let all = ["01.1", "02.1", "03.1", "05.1", "05.2", "05.3", "06.1", "07.1", "07.2", "07.3", "07.4", "08.1", "09.1", "10.1"]
        #expect(referenced == Set(all.map { "GV.SC-\($0)" }))
        for question in questions {
            #expect(Set(question.references.map(\.scheme)) == ["cyfun2025", "nis2", "iso27001", "csf20"], "\(question.id)")
        }
    }

    @Test func `every requirement of CyFun 2025 refers to its CSF subcategory, to ISO 27001 and to the letters of NIS2`() throws {
        let letters = Set("abcdefghij".map { "21.2.\($0)" })
        var found: Set<String> = []
        for topic in try #require(try load().current("cyfun-2025")).definition.domains.flatMap(\.topics) {
            for question in topic.questions {
                let references = Dictionary(uniqueKeysWithValues: question.references.map { ($0.scheme, $0.ids) })
                #expect(references["csf20"] == [topic.id], "\(question.id)")
                let clauses = try #require(references["iso27001"], "\(question.id)")
                #expect(clauses.allSatisfy { $0.wholeMatch(of: /A\.[5-8]\.[1-9][0-9]?/) != nil }, "\(question.id)")
                let nis2 = Set(try #require(references["nis2"], "\(question.id)"))
                #expect(!nis2.isDisjoint(with: letters) && nis2.subtracting(letters).isSubset(of: ["20", "23"]), "\(question.id)")
                found.formUnion(nis2)
            }
        }
        #expect(found.isSuperset(of: letters), "each letter of article 21(2) has a requirement")
    }

    @Test func `a level is met at a total of 3 and every key measure at 3, with one question in ten left out at most`() throws {
        let definition = try #require(try load().current("supply-chain")).definition
        #expect(definition.levels.map(\.id) == ["starter", "standard"])
        #expect(definition.scale == 1...5 && definition.unknownCountsAs == 1)
        for level in definition.levels {
            #expect(level.total == Fraction(3) && level.keyMeasure == Fraction(3) && level.domain == nil)
            #expect(level.notApplicable == NotApplicableRule(limit: .share(Fraction(1, 10)), countsAs: nil))
        }
        for question in definition.questions where question.keyMeasureFrom != nil {
            #expect(definition.levels.indices.allSatisfy { !definition.mayBeNotApplicable(question, at: $0) }, "\(question.id)")
        }
        #expect(definition.domains.filter { $0.condition == nil }.count == 9)
    }

    @Test(arguments: [
        ("boulangerie", Language.fr, "10"), ("Spedition", .de, "49"), ("20", .nl, "20"), ("chem", .en, "20"),
        ("bakkerij", .nl, "10"), ("boulangerie", .nl, "10"),
    ])
    func `sectors are found`(query: String, language: Language, first: String) throws {
        #expect(try load().classifications.findDivisions(query, language: language).first?.division.id == first)
    }

    @Test func `every Belgian postcode has a region`() throws {
        let classifications = try load().classifications
        #expect((1000...9999).allSatisfy { classifications.region(postcode: $0) != nil })
    }
}
