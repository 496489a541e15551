import Foundation
import Testing

/// What the sources must keep to, whoever changes them.
@Suite struct SourceRulesTests {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file below a folder of the package: its path from there, and its text.
    private func sources(_ folder: String) throws -> [(path: String, text: String)] {
        let root = Self.package.appendingPathComponent(folder).resolvingSymlinksInPath()
        let files = try #require(FileManager.default.enumerator(atPath: root.path))
        return try files.compactMap { file in
            guard let path = file as? String, path.hasSuffix(".swift") else { return nil }
            return (path, try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8))
        }
    }

    private func count(_ text: String, in sources: [(path: String, text: String)]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: sources.map { ($0.path, $0.text.components(separatedBy: text).count - 1) }).filter { $0.value > 0 }
    }

    @Test func `REL-1 one place makes connections, and one place makes the one that writes`() throws {
        let store = try sources("Sources/Store")
        #expect(count("DatabaseQueue(path:", in: store) == ["Engine/Connections.swift": 2])
        #expect(count("DatabasePool(", in: store).isEmpty)
        #expect(count("sqlite3_open", in: store).isEmpty)
        #expect(count("Connections.writer(", in: store) == ["Engine/Opening.swift": 1])
    }

    @Test func `only Store knows the database`() throws {
        let others = try sources("Sources").filter { !$0.path.hasPrefix("Store/") }
        #expect(!others.isEmpty)
        #expect(count("import GRDB", in: others).isEmpty)
        #expect(count("import SQLite3", in: others).isEmpty)
    }

    @Test func `SQL is constant: text from elsewhere can only be an argument`() throws {
        let store = try sources("Sources/Store")
        #expect(Set(count("execute(sql:", in: store).keys) == ["Engine/Connections.swift"])
        #expect(count(#"PRAGMA \("#, in: store).isEmpty)
        #expect(count("ConstantSQL(", in: store).isEmpty)
        #expect(count("import Foundation", in: store).isEmpty)
    }
}
