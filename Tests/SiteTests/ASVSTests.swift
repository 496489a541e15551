import Foundation
import Testing

/// `Tests/asvs.json`: every item of levels 1 and 2 of the chapters on encoding, validation, authentication, sessions, access
/// control and logging of OWASP ASVS 5.0.0, with what the service does and the tests that prove it.
@Suite struct ASVSTests {
    private struct List: Decodable {
        let source: String
        let items: [Item]
    }

    private struct Item: Decodable {
        let id: String
        let level: Int
        let about: String
        let applies: Bool
        let control: String?
        let because: String?
        let tests: [Proof]?
    }

    private struct Proof: Decodable {
        let file: String
        let test: String
    }

    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func items() throws -> [Item] {
        try JSONDecoder().decode(List.self, from: Data(contentsOf: Self.folder.appending(path: "Tests/asvs.json"))).items
    }

    @Test func `the list has every item of levels 1 and 2 of its six chapters, once`() throws {
        let items = try items()
        #expect(Set(items.map(\.id)).count == items.count)
        let counts = Dictionary(grouping: items) { "\($0.id.split(separator: ".")[0]) L\($0.level)" }.mapValues(\.count)
        // As counted in the published list.
        #expect(
            counts == [
                "1 L1": 8, "1 L2": 19, "2 L1": 4, "2 L2": 7, "6 L1": 13, "6 L2": 22, "7 L1": 6, "7 L2": 12, "8 L1": 4, "8 L2": 3,
                "16 L2": 16,
            ])
    }

    @Test func `an item that applies says what is done and names its tests; another says why it does not apply`() throws {
        for item in try items() {
            if item.applies {
                #expect(item.control?.isEmpty == false && item.tests?.isEmpty == false, "\(item.id): \(item.about)")
            } else {
                #expect(item.because?.isEmpty == false && item.tests?.isEmpty ?? true, "\(item.id): \(item.about)")
            }
        }
    }

    @Test func `every test that is named exists`() throws {
        var texts: [String: String] = [:]
        for (item, proof) in try items().flatMap({ item in (item.tests ?? []).map { (item, $0) } }) {
            let path = Self.folder.appending(path: proof.file)
            if texts[proof.file] == nil { texts[proof.file] = try String(contentsOf: path, encoding: .utf8) }
            let declaration = proof.file.hasSuffix(".py") ? "def \(proof.test)(" : "func `\(proof.test)`("
            #expect(texts[proof.file]?.contains(declaration) == true, "\(item.id) names \(proof.test) in \(proof.file)")
        }
    }
}
