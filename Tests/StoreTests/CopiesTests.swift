import Foundation
import GRDB
import Testing

@testable import Store

@Suite struct BackupTests {
    @Test func `REL-4 a backup while saving holds every save that was acknowledged before it began`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder + "/data")
            try await store.begin()
            let saver = Task {
                var count = 0
                while !Task.isCancelled {
                    try await store.save("f\(count)", String(repeating: "v", count: 500), form: "f")
                    count += 1
                }
                return count
            }
            for round in 0..<4 {
                let before = try #require(try store.held()).fields.count
                let backup = try store.backup(to: folder + "/backup-\(round).sqlite")
                let after = try #require(try store.held()).fields.count
                #expect(try shell("cd '\(folder)' && sha256sum -c backup-\(round).sqlite.sha256").status == 0)
                #expect(backup.bytes == Files.size(backup.path))
                try Store.restore(from: backup.path, into: folder + "/restored-\(round)", now: noon)
                let restored = try Store.open(folder: folder + "/restored-\(round)")
                let count = try #require(try restored.held()).fields.count
                #expect(count >= before && count <= after)
                await restored.close()
            }
            saver.cancel()
            #expect(try await saver.value > 0)
            await store.close()
        }
    }

    @Test func `REL-4 a backup is for its owner only, leaves no other file, and never overwrites`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder + "/data")
            try Data("left over".utf8).write(to: URL(fileURLWithPath: folder + "/b.sqlite.partial"))
            try store.backup(to: folder + "/b.sqlite")
            #expect(try shell("cd '\(folder)' && stat -c '%a %n' b.*").output == "600 b.sqlite\n600 b.sqlite.sha256\n")
            #expect(throws: StoreError.fileExists(path: folder + "/b.sqlite")) { try store.backup(to: folder + "/b.sqlite") }
            try FileManager.default.removeItem(atPath: folder + "/b.sqlite")
            #expect(throws: StoreError.fileExists(path: folder + "/b.sqlite.sha256")) {
                try store.backup(to: folder + "/b.sqlite")
            }
            #expect {
                try store.backup(to: folder + "/nowhere/b.sqlite")
            } throws: { error in
                guard case .cannotOpen = error as? StoreError else { return false }
                return true
            }
            await store.close()
        }
    }

    @Test(.enabled(if: isRoot)) func `REL-12 a backup onto a full disk fails and leaves nothing`() async throws {
        try await withSmallDisk(kilobytes: 64) { disk in
            try await withStore { store in
                try await store.begin()
                for number in 0..<40 { try await store.save("f\(number)", String(repeating: "v", count: 4_000), form: "f") }
                #expect(throws: StoreError.self) { try store.backup(to: disk + "/b.sqlite") }
                #expect(try shell("ls -A '\(disk)'").output == "")
                try await store.save("after", "v", form: "f")
            }
        }
    }

    @Test func `REL-1 a second process backs up without writing or checkpointing`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder + "/data")
            try await store.begin()
            try await store.save("f", "v", form: "f")
            let sums = "cd '\(folder)/data' && sha256sum linchpin.sqlite linchpin.sqlite-wal"
            let before = try shell(sums).output
            try Store.backup(folder: folder + "/data", to: folder + "/b.sqlite")
            #expect(try shell(sums).output == before)
            await store.close()
            // Also when nobody serves.
            try Store.backup(folder: folder + "/data", to: folder + "/c.sqlite")
            #expect(throws: StoreError.notFound(path: folder + "/none/linchpin.sqlite")) {
                try Store.backup(folder: folder + "/none", to: folder + "/d.sqlite")
            }
        }
    }

    @Test func `REL-4 a damaged database makes no backup`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder + "/data")
            try await store.begin()
            for number in 0..<100 { try await store.save("f\(number)", String(repeating: "x", count: 400), form: "f") }
            await store.close()
            let handle = try #require(FileHandle(forWritingAtPath: folder + "/data/linchpin.sqlite"))
            try handle.seek(toOffset: try handle.seekToEnd() - 3 * 4_096)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 2_000))
            try handle.close()
            #expect(throws: StoreError.self) { try Store.backup(folder: folder + "/data", to: folder + "/b.sqlite") }
            #expect(try shell("cd '\(folder)' && ls").output == "data\n")
        }
    }
}

@Suite struct RestoreTests {
    private func drill(_ body: (_ folder: String, _ backup: String) async throws -> Void) async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder + "/data")
            try await store.begin()
            for number in 0..<20 { try await store.save("f\(number)", "v\(number)", form: "f") }
            try await store.setLink(someLink, assessment: "a1", session: alice, now: noon)
            _ = try await store.submit(submission(revision: 20), session: alice, now: noon)
            try store.backup(to: folder + "/b.sqlite")
            try await store.save("f0", "after the backup", base: 1, form: "g")
            await store.close()
            try await body(folder + "/data", folder + "/b.sqlite")
        }
    }

    @Test func `REL-5 restore drill: backup, wipe, restore, and everything reads as before`() async throws {
        try await drill { folder, backup in
            try FileManager.default.removeItem(atPath: folder)
            #expect(
                try Store.restore(from: backup, into: folder, now: noon) == Restored(replaced: nil, schemaVersion: Schema.migrations.count))
            let store = try Store.open(folder: folder)
            let open = try #require(try store.held())
            #expect(open.fields.count == 20 && open.fields["f0"]?.value == "v0" && open.revision == 20 && open.link?.digest == someLink)
            #expect(try store.submissions(of: "a1", session: alice, now: noon).map(\.reference) == ["LP-0001"])
            #expect(try store.knownEditions().count == 1)
            try await store.save("f0", "on", base: 1, form: "h")
            await store.close()
        }
    }

    @Test func `REL-5 the database before is moved aside whole, and could be restored itself`() async throws {
        try await drill { folder, backup in
            try Data("old log".utf8).write(to: URL(fileURLWithPath: folder + "/linchpin.sqlite-wal"))
            let aside = folder + "/replaced-2026-11-23T120000Z"
            #expect(try Store.restore(from: backup, into: folder, now: noon).replaced == aside)
            #expect(try shell("ls '\(aside)'").output == "linchpin.sqlite\nlinchpin.sqlite-wal\n")
            #expect(try Store.restore(from: backup, into: folder, now: noon).replaced == aside + "-2")
            try Store.restore(from: aside + "/linchpin.sqlite", into: folder, now: noon)
            let store = try Store.open(folder: folder)
            #expect(try store.held()?.fields["f0"]?.value == "after the backup")
            await store.close()
        }
    }

    @Test func `REL-5 restoring is refused while a server holds the folder`() async throws {
        try await drill { folder, backup in
            let store = try Store.open(folder: folder)
            #expect(throws: StoreError.folderInUse(path: folder, pid: getpid())) {
                try Store.restore(from: backup, into: folder, now: noon)
            }
            #expect(try store.held()?.fields["f0"]?.value == "after the backup")
            await store.close()
        }
    }

    @Test func `REL-5 a backup that was altered, cut, or is something else changes nothing`() async throws {
        try await drill { folder, backup in
            func refused(_ path: String, _ isExpected: (StoreError) -> Bool) throws {
                #expect { try Store.restore(from: path, into: folder, now: noon) } throws: { error in
                    (error as? StoreError).map(isExpected) ?? false
                }
            }
            try refused(folder + "/none") { $0 == .notFound(path: folder + "/none") }
            let odd = folder + "-odd"
            #expect(
                try shell(
                    "cp '\(backup)' '\(odd)' && cp '\(backup).sha256' '\(odd).sha256' && printf x | dd of='\(odd)' bs=1 seek=9000 conv=notrunc"
                ).status == 0)
            try refused(odd) { if case .notABackup = $0 { true } else { false } }
            #expect(try shell("rm '\(odd).sha256' && cp '\(backup)' '\(odd)' && truncate -s 20000 '\(odd)'").status == 0)
            try refused(odd) { if case .notABackup(odd, _) = $0 { true } else { false } }
            #expect(try shell("echo 'no database, by any measure, this is not one' > '\(odd)'").status == 0)
            try refused(odd) { if case .notABackup(odd, _) = $0 { true } else { false } }
            #expect(try shell(": > '\(odd)'").status == 0)
            try refused(odd) { if case .notABackup = $0 { true } else { false } }
            let foreign = try DatabaseQueue(path: odd + "2")
            try await foreign.write { try $0.execute(sql: "CREATE TABLE t (a); PRAGMA user_version = 1") }
            try foreign.close()
            try refused(odd + "2") { if case .notABackup = $0 { true } else { false } }
            let newer = try DatabaseQueue(path: odd + "3")
            try await newer.write { try $0.execute(sql: "PRAGMA application_id = 1280330062; PRAGMA user_version = 9") }
            try newer.close()
            try refused(odd + "3") { $0 == .newerSchema(found: 9, supported: Schema.migrations.count) }

            let store = try Store.open(folder: folder)
            #expect(try store.held()?.fields["f0"]?.value == "after the backup")
            await store.close()
            #expect(try shell("ls '\(folder)' | grep -c replaced").output == "0\n")
        }
    }

    @Test func `REL-5 a restore that was interrupted after the old database moved does not start empty`() async throws {
        try await drill { folder, backup in
            #expect(
                try shell(
                    "cd '\(folder)' && mkdir replaced-x && mv linchpin.sqlite replaced-x/ && cp '\(backup)' linchpin.sqlite.restoring"
                ).status == 0)
            #expect {
                try Store.open(folder: folder)
            } throws: { error in
                guard case .cannotOpen(_, let reason) = error as? StoreError else { return false }
                return reason.contains("restore again")
            }
            try Store.restore(from: backup, into: folder, now: noon)
            let store = try Store.open(folder: folder)
            #expect(try store.held()?.fields.count == 20)
            await store.close()
        }
    }
}
