import Testing

@testable import Store

@Suite struct ReadersTests {
    @Test func `REL-6 a read that takes too long is aborted, and its connection serves on`() async throws {
        var options = StoreOptions()
        options.readLimitMilliseconds = 50
        options.readers = 1
        try await withStore(options) { store in
            #expect(throws: StoreError.readTooSlow) {
                try store.read { db in
                    try db.first(
                        "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000) SELECT SUM(n) FROM c"
                    ) { try $0.integer(0) }
                }
            }
            let editions = try store.knownEditions()
            #expect(editions.isEmpty)
        }
    }

    @Test func `a read sees one moment, whatever is written meanwhile`() async throws {
        try await withStore { store in
            try await store.begin()
            let gate = await store.gate()
            let save = Task { try await store.save("f", "v", form: "f") }
            let counts = try store.read { db in
                let first = try db.fields(of: "a1", .all).count
                gate.open()
                while try store.held()?.fields.isEmpty == true {}
                return [first, try db.fields(of: "a1", .all).count]
            }
            _ = try await save.value
            #expect(counts == [0, 0])
            #expect(try store.held()?.fields.count == 1)
        }
    }

    @Test func `more readers than connections wait for their turn`() async throws {
        var options = StoreOptions()
        options.readers = 2
        try await withStore(options) { store in
            try await store.begin()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { for _ in 0..<20 { _ = try #require(try store.held()) } } }
                try await group.waitForAll()
            }
        }
    }

    @Test func `lookups use indices: no plan scans a table that grows`() async throws {
        try await withStore { store in
            let statements: [ConstantSQL] = [
                "EXPLAIN QUERY PLAN SELECT name, value, version, form, changed_at FROM field WHERE assessment = 'a'",
                "EXPLAIN QUERY PLAN SELECT id FROM assessment WHERE link = 'l'",
                "EXPLAIN QUERY PLAN SELECT 1 FROM submission WHERE reference = 'r'",
                "EXPLAIN QUERY PLAN SELECT number FROM submission WHERE assessment = 'a' AND form = 'f'",
                "EXPLAIN QUERY PLAN SELECT number FROM submission WHERE assessment = 'a' ORDER BY number DESC LIMIT 1",
                "EXPLAIN QUERY PLAN DELETE FROM session WHERE expires_at <= 1",
                "EXPLAIN QUERY PLAN DELETE FROM access WHERE assessment = 'a'",
                """
                EXPLAIN QUERY PLAN SELECT 1 FROM access JOIN session ON session.key = access.session
                JOIN assessment ON assessment.id = access.assessment
                WHERE access.session = 's' AND access.assessment = 'a' AND session.expires_at > 1
                """,
            ]
            for statement in statements {
                let plan = try store.read { try $0.all(statement) { try $0.text(3) } }
                #expect(plan.allSatisfy { !$0.contains("SCAN") && !$0.contains("TEMP B-TREE") }, "\(plan)")
            }
        }
    }
}
