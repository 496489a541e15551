import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct OpeningTests {
    @Test func `REL-2 the writing connection keeps every acknowledged save through a power cut`() async throws {
        try await withStore { store in
            let pragmas = try await store.writer.alone { db in
                try [
                    "journal_mode", "synchronous", "foreign_keys", "secure_delete", "query_only", "wal_autocheckpoint", "busy_timeout",
                ].map { "\($0)=" + (try String.fetchOne(db, sql: "PRAGMA \($0)") ?? "") }
            }
            #expect(
                pragmas == [
                    "journal_mode=wal", "synchronous=2", "foreign_keys=1", "secure_delete=1", "query_only=0",
                    "wal_autocheckpoint=0", "busy_timeout=5000",
                ])
        }
    }

    @Test func `REL-1 reading connections can neither write nor checkpoint`() async throws {
        try await withStore { store in
            let pragmas = try store.read { db in
                try ["query_only", "wal_autocheckpoint", "foreign_keys"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
            }
            #expect(pragmas == [1, 0, 1])
            #expect(throws: StoreError.self) { try store.read { try $0.run("DELETE FROM session") } }
            let isReadOnly = try store.read { $0.configuration.readonly }
            #expect(isReadOnly)
        }
    }

    @Test func `F1 the WAL-reset bug is known by version`() {
        let affected = [3_007_000, 3_040_001, 3_044_005, 3_045_000, 3_050_006, 3_051_002]
        #expect(affected.allSatisfy { SQLiteVersion.hasWALResetBug($0) })
        #expect([3_006_023, 3_044_006, 3_044_999, 3_050_007, 3_051_003, 3_052_000].allSatisfy { !SQLiteVersion.hasWALResetBug($0) })
    }

    @Test func `REL-18 a newer schema is refused and the file untouched`() async throws {
        try await withFolder { folder in
            await (try Store.open(folder: folder)).close()
            let database = folder + "/linchpin.sqlite"
            #expect(try shell("sqlite3 '\(database)' 'PRAGMA user_version = 99'").status == 0 || setVersion(database, 99))
            let before = try Data(contentsOf: URL(fileURLWithPath: database))
            #expect(throws: StoreError.newerSchema(found: 99, supported: Schema.migrations.count)) { try Store.open(folder: folder) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
        }
    }

    @Test func `REL-9 a damaged page is refused`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await store.begin()
            for number in 0..<200 { try await store.save("f\(number)", String(repeating: "x", count: 100), form: "f") }
            await store.close()
            let handle = try #require(FileHandle(forWritingAtPath: folder + "/linchpin.sqlite"))
            let size = try handle.seekToEnd()
            for page in 4..<(size / 4_096) {
                try handle.seek(toOffset: page * 4_096)
                try handle.write(contentsOf: Data(repeating: 0xA5, count: 64))
            }
            try handle.close()
            #expect { try Store.open(folder: folder) } throws: { error in
                guard case .corrupted(let detail) = error as? StoreError else { return false }
                return !detail.isEmpty
            }
        }
    }

    @Test func `REL-9 a fault that only the whole check finds is refused, by opening and by backup`() async throws {
        try await withFolder { folder in
            await (try Store.open(folder: folder)).close()
            // A NULL where the schema says NOT NULL, in a table that opening does not read as long as nothing is wrong.
            let database = folder + "/linchpin.sqlite"
            for statement in [
                "UPDATE sqlite_schema SET sql = replace(sql, 'checksum TEXT NOT NULL', 'checksum TEXT')",
                "INSERT INTO edition (questionnaire, edition, recorded_at) VALUES ('q', 'e', 1)",
                "UPDATE sqlite_schema SET sql = replace(sql, 'checksum TEXT', 'checksum TEXT NOT NULL')",
            ] {
                let queue = try DatabaseQueue(path: database)
                try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA writable_schema = ON; \(statement)") }
                try queue.close()
            }
            #expect(throws: StoreError.corrupted(detail: "NULL value in edition.checksum")) { try Store.open(folder: folder) }
            #expect(throws: StoreError.corrupted(detail: "NULL value in edition.checksum")) {
                try Store.backup(folder: folder, to: folder + "/b.sqlite")
            }
            #expect(try shell("ls '\(folder)' | grep -c '^b'").output == "0\n")
        }
    }

    @Test func `a file that is no database is refused and untouched`() async throws {
        try await withFolder { folder in
            let database = URL(fileURLWithPath: folder + "/linchpin.sqlite")
            try Data("Dear diary, this is not a database at all, however long it may be.\n".utf8).write(to: database)
            #expect { try Store.open(folder: folder) } throws: { error in
                guard case .corrupted = error as? StoreError else { return false }
                return true
            }
            #expect(try Data(contentsOf: database).starts(with: Data("Dear diary".utf8)))
        }
    }

    @Test func `the database of another program is refused`() async throws {
        try await withFolder { folder in
            let queue = try DatabaseQueue(path: folder + "/linchpin.sqlite")
            try await queue.write { try $0.execute(sql: "CREATE TABLE other (id INTEGER); PRAGMA user_version = 1") }
            try queue.close()
            #expect { try Store.open(folder: folder) } throws: { error in
                guard case .cannotOpen = error as? StoreError else { return false }
                return true
            }
        }
    }

    @Test func `REL-10 a WAL that was cut short opens with every whole commit in it`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await store.begin()
            for number in 0..<20 { try await store.save("f\(number)", "v\(number)", form: "f") }
            // A copy of the files of a running store is what a crash leaves.
            #expect(try shell("mkdir '\(folder)/crashed' && cp '\(folder)'/linchpin.sqlite* '\(folder)/crashed/'").status == 0)
            await store.close()
            let wal = folder + "/crashed/linchpin.sqlite-wal"
            let whole = try #require(FileManager.default.attributesOfItem(atPath: wal)[.size] as? UInt64)
            var counts: [Int] = []
            for cut in [whole, whole - 100, whole / 2, 3 * (4_096 + 24) + 32 + 7, 31, 0] {
                let trial = folder + "/trial-\(cut)"
                #expect(try shell("cp -r '\(folder)/crashed' '\(trial)' && truncate -s \(cut) '\(trial)/linchpin.sqlite-wal'").status == 0)
                let reopened = try Store.open(folder: trial)
                counts.append(try reopened.held()?.fields.count ?? -1)
                await reopened.close()
            }
            #expect(counts.first == 20)
            #expect(counts[1] == 19)
            #expect(counts == counts.sorted(by: >))
        }
    }

    @Test func `REL-5 a database that is gone from beside its WAL is not begun anew`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await store.begin()
            #expect(try shell("mkdir '\(folder)/gone' && cp '\(folder)/linchpin.sqlite-wal' '\(folder)/gone/'").status == 0)
            await store.close()
            #expect(throws: StoreError.self) { try Store.open(folder: folder + "/gone") }
            #expect(Files.size(folder + "/gone/linchpin.sqlite-wal") > 0)
        }
    }

    /// For machines without the sqlite3 tool.
    private func setVersion(_ path: String, _ version: Int) -> Bool {
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(version)") }
            try queue.close()
            return true
        } catch {
            return false
        }
    }
}
