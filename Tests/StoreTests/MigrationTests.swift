import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct MigrationTests {
    /// One that is still to come.
    private static let next = Migration(
        number: 9,
        statements: ["CREATE TABLE extra (id INTEGER) STRICT", "INSERT INTO extra VALUES (1)", "PRAGMA user_version = 9"])
    private static let newest = Schema.migrations.count

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
            let new = try Store.open(folder: folder, options: .init(), migrations: Schema.migrations + [Self.next])
            #expect(new.facts.schemaVersion == 9)
            #expect(try new.held() != nil)
            await new.close()
            #expect(throws: StoreError.newerSchema(found: 9, supported: Self.newest)) { try Store.open(folder: folder) }
            try Store.restore(from: folder + "/linchpin-before-\(Self.newest + 1).sqlite", into: folder, now: noon)
            let back = try Store.open(folder: folder)
            #expect(try back.held() != nil)
            await back.close()
        }
    }

    @Test func `REL-18 a new folder needs no copy, and a second start migrates nothing`() async throws {
        try await withFolder { folder in
            for _ in 0..<2 {
                await (try Store.open(folder: folder, options: .init(), migrations: Schema.migrations + [Self.next])).close()
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/linchpin-before-\(Self.newest + 1).sqlite"))
        }
    }

    @Test(arguments: 0..<3)
    func `REL-18 a migration that fails at any statement leaves the old schema`(_ position: Int) async throws {
        try await withFolder { folder in
            let old = try Store.open(folder: folder)
            try await old.begin()
            await old.close()
            var statements = Self.next.statements
            statements.insert("INSERT INTO no_such_table VALUES (1)", at: position)
            let broken = Migration(number: 9, statements: statements)
            #expect { try Store.open(folder: folder, options: .init(), migrations: Schema.migrations + [broken]) } throws: { error in
                guard case .migrationFailed(9, _) = error as? StoreError else { return false }
                return true
            }
            let again = try Store.open(folder: folder)
            #expect(again.facts.schemaVersion == Self.newest)
            #expect(try again.held() != nil)
            #expect(try again.read { try $0.first("PRAGMA user_version") { try $0.count(0) } } == Self.newest)
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

    /// A file that the first released version wrote: an assessment with facts, 28 answers, a kept link and one result.
    private static let first = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/schema-1.sqlite").path

    private func withFirst(_ body: (String) async throws -> Void) async throws {
        try await withFolder { folder in
            try FileManager.default.copyItem(atPath: Self.first, toPath: folder + "/linchpin.sqlite")
            try await body(folder)
        }
    }

    /// What somebody who kept her link finds.
    private func expectWhole(_ store: Store) async throws {
        let link = try #require(Digest32(hexadecimal: "554560eb493479ed40a310ddade8291fb220ad0ea06629dbce0aba0ff9393fca"))
        let now = Timestamp(milliseconds: 1_795_614_684_013)
        let id = try await store.open(link: link, session: bob, expires: now.adding(days: 1), now: now)
        let open = try #require(try id.flatMap { try store.assessment($0, session: bob, now: now) })
        #expect(open.standing == Standing(holds: true) && open.organisation == nil && open.fields.count == 34)
        #expect(open.fields["firm.name"]?.value == "Verven Oudstrand" && open.fields.values.allSatisfy { $0.author == "" })
        let result = try #require(try store.submission(number: 1, of: open.id, session: bob, now: now))
        #expect(result.reference == "FGS4-QY3M" && result.facts.sector == "20")
    }

    private func version(_ path: String, _ sql: String = "PRAGMA user_version") throws -> Int? {
        let file = try DatabaseQueue(path: path)
        defer { #expect(throws: Never.self) { try file.close() } }
        return try file.read { try Int.fetchOne($0, sql: sql) }
    }

    @Test func `REL-18 a database of schema 1 opens with everything in it, and its copy is of schema 1`() async throws {
        try await withFirst { folder in
            let store = try Store.open(folder: folder)
            #expect(store.facts.schemaVersion == Self.newest)
            try await expectWhole(store)
            await store.close()
            #expect(try version(folder + "/linchpin-before-2.sqlite") == 1)
        }
    }

    @Test func `REL-18 migration 2 that stops at any statement leaves schema 1, and the next start completes it`() async throws {
        for position in Schema.accounts.indices {
            try await withFirst { folder in
                var statements = Schema.accounts
                statements.insert("INSERT INTO no_such_table VALUES (1)", at: position)
                let broken = [Schema.migrations[0], Migration(number: 2, statements: statements)]
                #expect(throws: StoreError.self) { try Store.open(folder: folder, options: .init(), migrations: broken) }
                #expect(try version(folder + "/linchpin.sqlite") == 1)
                #expect(try version(folder + "/linchpin.sqlite", "SELECT count(*) FROM sqlite_schema WHERE name = 'account'") == 0)
                let store = try Store.open(folder: folder)
                try await expectWhole(store)
                await store.close()
            }
        }
    }
}
