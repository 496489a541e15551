import GRDB
import Testing

@testable import Store

@Suite struct WriterTests {
    private struct Wrong: Error {}

    @Test func `F5 writes that wait together share one commit`() async throws {
        try await withStore { store in
            try await store.begin()
            let gate = await store.gate()
            let saves = (0..<50).map { number in Task { try await store.save("f\(number)", "v", form: "f") } }
            try await store.waitForQueue(50)
            gate.open()
            var revisions: Set<Int64> = []
            for save in saves { revisions.insert(try await save.value.revision) }
            #expect(revisions == Set(1...50))
            #expect(try store.held()?.fields.count == 50)
        }
    }

    @Test func `REL-12 a piece that fails is undone alone`() async throws {
        try await withStore { store in
            try await store.begin()
            let gate = await store.gate()
            let before = Task { try await store.save("before", "v", form: "f") }
            try await store.waitForQueue(1)
            let failing = Task {
                try await store.writer.write { db in
                    try db.run("INSERT INTO field VALUES ('a1', 'failing', 'v', 1, 'f', 0, '')")
                    throw StoreError.noAccess
                }
            }
            try await store.waitForQueue(2)
            let violating = Task {
                try await store.writer.write { try $0.run("INSERT INTO field VALUES ('nobody', 'violating', 'v', 1, 'f', 0, '')") }
            }
            try await store.waitForQueue(3)
            let after = Task { try await store.save("after", "v", form: "f") }
            try await store.waitForQueue(4)
            gate.open()
            _ = try await (before.value, after.value)
            await #expect(throws: StoreError.noAccess) { try await failing.value }
            await #expect {
                try await violating.value
            } throws: { error in
                guard case .notSaved(.refused) = error as? StoreError else { return false }
                return true
            }
            #expect(try store.held().map { Set($0.fields.keys) } == ["before", "after"])
        }
    }

    @Test func `REL-12 a COMMIT that fails acknowledges nothing, and the next write works`() async throws {
        try await withStore { store in
            try await store.begin()
            let gate = await store.gate()
            let innocent = Task { try await store.save("innocent", "v", form: "f") }
            try await store.waitForQueue(1)
            // A violation that SQLite looks for at COMMIT only: COMMIT fails and leaves the transaction open.
            let guilty = Task {
                try await store.writer.write { db in
                    try db.run("PRAGMA defer_foreign_keys = ON")
                    try db.run("INSERT INTO access (session, assessment) VALUES ('nobody', 'nothing')")
                }
            }
            try await store.waitForQueue(2)
            gate.open()
            for result in await [innocent.map(), guilty.map()] {
                guard case .notSaved(.refused) = result else {
                    Issue.record("acknowledged: \(String(describing: result))")
                    continue
                }
            }
            #expect(try store.held()?.fields.isEmpty == true)
            try await store.save("innocent", "again", form: "f")
            #expect(try store.held()?.fields["innocent"]?.version == 1)
            let isOpen = try await store.writer.alone { $0.isInsideTransaction }
            #expect(!isOpen)
        }
    }

    @Test func `REL-12 a database that may not grow says disk full, keeps what it had, and recovers`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("kept", "v", form: "f")
            try await store.writer.alone { db in
                let pages = try db.first("PRAGMA page_count") { try $0.count(0) } ?? 0
                try db.execute(sql: "PRAGMA max_page_count = \(pages + 4)")
            }
            let long = String(repeating: "x", count: 100_000)
            await #expect(throws: StoreError.notSaved(.diskFull)) { try await store.save("long", long, form: "f") }
            #expect(try store.held().map { Set($0.fields.keys) } == ["kept"])
            try await store.save("short", "fits", form: "f")
            try await store.writer.alone { try $0.execute(sql: "PRAGMA max_page_count = 1000000") }
            try await store.save("long", long, form: "f")
            #expect(try store.held().map { Set($0.fields.keys) } == ["kept", "short", "long"])
        }
    }

    @Test(.enabled(if: isRoot))
    func `REL-12 a full disk acknowledges nothing, and saving works again when there is room`() async throws {
        try await withSmallDisk(kilobytes: 1_024) { disk in
            let store = try Store.open(folder: disk + "/data")
            try await store.begin()
            var acknowledged: Set<String> = []
            var refused = 0
            for number in 0..<200 {
                do {
                    try await store.save("f\(number)", String(repeating: "y", count: 8_000), form: "f")
                    acknowledged.insert("f\(number)")
                } catch let error as StoreError {
                    guard case .notSaved(let reason) = error, [.diskFull].contains(reason) || "\(reason)".contains("ioError") else {
                        throw error
                    }
                    refused += 1
                }
            }
            #expect(refused > 0 && !acknowledged.isEmpty)
            #expect(try store.held().map { Set($0.fields.keys) } == acknowledged)
            #expect(try shell("mount -o remount,size=20m '\(disk)'").status == 0)
            try await store.save("late", "v", form: "f")
            await store.close()
            let reopened = try Store.open(folder: disk + "/data")
            #expect(try reopened.held().map { Set($0.fields.keys) } == acknowledged.union(["late"]))
            await reopened.close()
        }
    }

    @Test func `a queue that is full answers busy at once, and serves those who wait`() async throws {
        var options = StoreOptions()
        options.queueLimit = 4
        try await withStore(options) { store in
            try await store.begin()
            let gate = await store.gate()
            let waiting = (0..<4).map { number in Task { try await store.save("f\(number)", "v", form: "f") } }
            try await store.waitForQueue(4)
            await #expect(throws: StoreError.busy) { try await store.save("fifth", "v", form: "f") }
            gate.open()
            for save in waiting { _ = try await save.value }
            try await store.save("sixth", "v", form: "f")
        }
    }

    @Test func `a write whose task is cancelled is still saved whole and answered`() async throws {
        try await withStore { store in
            try await store.begin()
            let gate = await store.gate()
            let saves = (0..<20).map { number in Task { try await store.save("f\(number)", "v", form: "f") } }
            try await store.waitForQueue(20)
            for save in saves { save.cancel() }
            gate.open()
            for save in saves { #expect(try await save.value.saved.count == 1) }
            #expect(try store.held()?.fields.count == 20)
        }
    }

    @Test func `a batch has a limit`() async throws {
        var options = StoreOptions()
        options.batchLimit = 3
        try await withStore(options) { store in
            try await store.begin()
            let gate = await store.gate()
            let saves = (0..<10).map { number in Task { try await store.save("f\(number)", "v", form: "f") } }
            try await store.waitForQueue(10)
            gate.open()
            for save in saves { _ = try await save.value }
            #expect(try store.held()?.revision == 10)
        }
    }

    @Test func `REL-17 closing finishes what waits, empties the WAL, and refuses what comes later`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await store.begin()
            let gate = await store.gate()
            let saves = (0..<20).map { number in Task { try await store.save("f\(number)", "v", form: "f") } }
            try await store.waitForQueue(20)
            let closing = Task { await store.close() }
            gate.open()
            await closing.value
            for save in saves { #expect(try await save.value.saved.count == 1) }
            await #expect(throws: StoreError.closed) { try await store.save("late", "v", form: "f") }
            #expect(throws: StoreError.closed) { try store.held() }
            #expect(Files.size(folder + "/linchpin.sqlite-wal") == 0)
            let reopened = try Store.open(folder: folder)
            #expect(try reopened.held()?.fields.count == 20)
            await reopened.close()
            await reopened.close()
        }
    }

    @Test func `REL-6 the WAL stays within its limit under load`() async throws {
        var options = StoreOptions()
        options.checkpointPages = 100
        options.walLimitBytes = 1 << 20
        try await withStore(options) { store in
            try await store.begin()
            for round in 0..<300 { try await store.save("f\(round % 7)", String(repeating: "z", count: 9_000 + round), form: "f") }
            #expect(Files.size(store.facts.path + "-wal") < 4 << 20)
        }
    }

    @Test func `readiness writes and reads`() async throws {
        try await withStore { store in
            try await store.ready()
            try await store.ready()
            #expect(try store.read { try $0.first("SELECT checks FROM upkeep") { try $0.count(0) } } == 2)
        }
    }
}

extension Task where Failure == any Error {
    /// The error it ended with, if any.
    func map() async -> StoreError? {
        do {
            _ = try await value
            return nil
        } catch {
            return error as? StoreError
        }
    }
}
