import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct MigrationTests {
    private static let second = Migration(
        number: 2,
        statements: ["CREATE TABLE extra (id INTEGER) STRICT", "INSERT INTO extra VALUES (1)", "PRAGMA user_version = 2"])

    @Test func `migrations are numbered 1, 2, 3 … and each ends with its number`() {
        for (index, migration) in Schema.migrations.enumerated() {
            #expect(migration.number == index + 1)
            #expect(migration.statements.last?.text == "PRAGMA user_version = \(index + 1)")
        }
        #expect(Schema.migrations.first?.statements.first?.text == "PRAGMA application_id = \(Schema.applicationID)")
    }

    @Test func `REL-18 an older file is copied before it is migrated, and the copy can be gone back to`() async throws {
        try await withFolder { folder in
            let old = try Store.open(folder: folder)
            try await old.begin()
            await old.close()
            let new = try Store.open(folder: folder, options: .init(), migrations: Schema.migrations + [Self.second])
            #expect(new.facts.schemaVersion == 2)
            #expect(try new.held() != nil)
            await new.close()
            #expect(throws: StoreError.newerSchema(found: 2, supported: 1)) { try Store.open(folder: folder) }
            try Store.restore(from: folder + "/linchpin-before-2.sqlite", into: folder, now: noon)
            let back = try Store.open(folder: folder)
            #expect(try back.held() != nil)
            await back.close()
        }
    }

    @Test func `REL-18 a new folder needs no copy, and a second start migrates nothing`() async throws {
        try await withFolder { folder in
            for _ in 0..<2 {
                await (try Store.open(folder: folder, options: .init(), migrations: Schema.migrations + [Self.second])).close()
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/linchpin-before-2.sqlite"))
        }
    }

    @Test(arguments: 0..<3)
    func `REL-18 a migration that fails at any statement leaves the old schema`(_ position: Int) async throws {
        try await withFolder { folder in
            let old = try Store.open(folder: folder)
            try await old.begin()
            await old.close()
            var statements = Self.second.statements
            statements.insert("INSERT INTO no_such_table VALUES (1)", at: position)
            let broken = Migration(number: 2, statements: statements)
            #expect { try Store.open(folder: folder, options: .init(), migrations: Schema.migrations + [broken]) } throws: { error in
                guard case .migrationFailed(2, _) = error as? StoreError else { return false }
                return true
            }
            let again = try Store.open(folder: folder)
            #expect(again.facts.schemaVersion == 1)
            #expect(try again.held() != nil)
            #expect(try again.read { try $0.first("PRAGMA user_version") { try $0.count(0) } } == 1)
            await again.close()
        }
    }

    @Test func `REL-18 a first migration that fails leaves an empty file that the next start uses`() async throws {
        try await withFolder { folder in
            let broken = Migration(number: 1, statements: ["CREATE TABLE a (id INTEGER) STRICT", "SELECT * FROM no_such_table"])
            #expect(throws: StoreError.self) { try Store.open(folder: folder, options: .init(), migrations: [broken]) }
            let store = try Store.open(folder: folder)
            try await store.ready()
            await store.close()
        }
    }
}
