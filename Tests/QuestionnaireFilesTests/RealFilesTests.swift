import Assessment
import Foundation
import QuestionnaireFiles
import Testing

private enum RealFiles {
    static let folder =
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path + "/Questionnaires"
    static let areComplete = Language.allCases.allSatisfy {
        FileManager.default.fileExists(atPath: "\(folder)/supply-chain/\($0.rawValue).yaml")
    }
}

/// The questionnaires that we ship.
@Suite(.enabled(if: RealFiles.areComplete, "not all languages are there yet"))
struct RealFilesTests {
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
