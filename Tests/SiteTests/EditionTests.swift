import Assessment
import Foundation
import QuestionnaireFiles
import Store
import Testing

@testable import Site

@Suite struct EditionTests {
    /// A site on the questionnaires of a copied folder, with a data folder that stays.
    private func site(_ questionnaires: String, data: String) throws -> Site {
        try Site(
            configuration: SiteConfiguration(dataFolder: data, webFolder: "\(TestSite.projectFolder)/Web"),
            catalogue: try Catalogue.load(folder: questionnaires), store: try Store.open(folder: data),
            log: AccessLog(descriptor: open("/dev/null", O_WRONLY)))
    }

    @Test func `an edition that was answered and then changed, or taken away, stops the start with both checksums`() async throws {
        let folder = NSTemporaryDirectory() + "linchpin-edition-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let questionnaires = "\(folder)/Questionnaires"
        try FileManager.default.copyItem(atPath: "\(TestSite.projectFolder)/Questionnaires", toPath: questionnaires)
        let english = "\(questionnaires)/supply-chain/en.yaml"
        let before = try String(contentsOfFile: english, encoding: .utf8)

        let first = try site(questionnaires, data: "\(folder)/data")
        let loaded = try #require(first.catalogue.current("supply-chain"))
        let now = Site.systemClock()
        try "# a comment changes nothing\n\(before)".write(toFile: english, atomically: true, encoding: .utf8)
        #expect(try Catalogue.load(folder: questionnaires).current("supply-chain")?.checksum == loaded.checksum)
        try await first.store.begin(
            NewAssessment(
                id: "x", questionnaire: "supply-chain", edition: loaded.definition.edition, checksum: loaded.checksum, language: "en"),
            session: SessionSecret(bytes: Site.systemRandom(32)).key, expires: now.adding(days: 1), now: now)
        await first.store.close()

        try before.replacing("Supply-chain resilience", with: "Supply chain resilience").write(
            toFile: english, atomically: true, encoding: .utf8)
        let changed = try #require(try Catalogue.load(folder: questionnaires).current("supply-chain"))
        let fault = #expect(throws: StartFault.self) { _ = try site(questionnaires, data: "\(folder)/data") }
        #expect(fault?.description.contains(loaded.checksum) == true && fault?.description.contains(changed.checksum) == true)

        let file = "\(questionnaires)/supply-chain/questionnaire.yaml"
        let structure = try String(contentsOfFile: file, encoding: .utf8)
        try structure.replacing(/edition: .*/, with: "edition: \"2099-01\"").write(toFile: file, atomically: true, encoding: .utf8)
        let missing = #expect(throws: StartFault.self) { _ = try site(questionnaires, data: "\(folder)/data") }
        #expect(missing?.description.contains("no longer in the questionnaire folder") == true)
    }
}
