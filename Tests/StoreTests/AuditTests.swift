import GRDB
import Testing

@testable import Store

@Suite struct AuditTests {
    /// Nine rows; those with an even number have an address.
    private func fill(_ store: Store, rows: Range<Int64> = 1..<10) async throws {
        try await store.writer.write { db in
            for number in rows {
                let address = number.isMultiple(of: 2) ? "192.0.2.\(number)" : ""
                try db.audit(
                    .roleGiven, "object \(number)", organisation: "firm", detail: "analyst", by: Actor("actor \(number)", address: address),
                    now: Timestamp(milliseconds: noon.milliseconds + number))
            }
        }
    }

    /// What the check says after somebody with the file in hand has run some SQL.
    private func check(after sql: String, expecting: @escaping (AuditMark) -> AuditMark? = { _ in nil }) async throws -> AuditCheck {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await fill(store)
            let head = try #require(try store.auditHead())
            await store.close()
            try spoil(folder) { try $0.execute(sql: sql) }
            return try Store.verifyAudit(folder: folder, expecting: expecting(head))
        }
    }

    private func spoil(_ folder: String, _ body: (GRDB.Database) throws -> Void) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: folder + "/linchpin.sqlite", configuration: configuration)
        try queue.write { db in
            try db.execute(sql: "DROP TRIGGER audit_never_changes; DROP TRIGGER audit_never_goes")
            try body(db)
        }
        try queue.close()
    }

    @Test func `SEC-18: a trail that nobody touched is sound, and ends with its head`() async throws {
        try await withStore { store in
            #expect(try await store.checkAudit() == .sound(AuditMark(number: 0, hash: "")))
            #expect(try store.auditHead() == nil)
            try await fill(store)
            let head = try #require(try store.auditHead())
            #expect(head.number == 9 && head.hash.utf8.count == 64)
            #expect(try await store.checkAudit() == .sound(head))
            // The command looks at the file while the service has it open.
            #expect(try Store.verifyAudit(folder: store.folder.path) == .sound(head))
            #expect(try Store.verifyAudit(folder: store.folder.path, expecting: head) == .sound(head))
        }
    }

    @Test(arguments: [
        "at = at + 1", "actor = 'actor 5'", "action = 'roleTaken'", "object = 'object 5'", "organisation = ''", "detail = 'administrator'",
        "origin = ''", "hash = (SELECT hash FROM audit WHERE number = 3)", "number = 100",
        // The same letters in other columns.
        "actor = actor || substr(action, 1, 1), action = substr(action, 2)", "detail = organisation, organisation = detail",
    ])
    func `SEC-18: a change of any column of a row is found`(_ change: String) async throws {
        #expect(try await check(after: "UPDATE audit SET \(change) WHERE number = 4") == .broken(number: 4))
    }

    @Test func `SEC-18: a removed row is found, also where those behind it move up`() async throws {
        #expect(try await check(after: "DELETE FROM audit WHERE number = 4") == .broken(number: 4))
        #expect(try await check(after: "DELETE FROM audit WHERE number = 1") == .broken(number: 1))
        let moved = "DELETE FROM audit WHERE number = 4; UPDATE audit SET number = number - 1 WHERE number > 4"
        #expect(try await check(after: moved) == .broken(number: 4))
    }

    @Test func `SEC-18: rows that changed places, and rows put in, are found`() async throws {
        let swapped =
            "UPDATE audit SET number = -1 WHERE number = 5; UPDATE audit SET number = 5 WHERE number = 6; UPDATE audit SET number = 6 WHERE number = -1"
        #expect(try await check(after: swapped) == .broken(number: 5))
        for number in ["0", "-9223372036854775808"] {
            let put =
                "INSERT INTO audit SELECT \(number), at, actor, action, object, organisation, detail, origin, hash FROM audit WHERE number = 1"
            #expect(try await check(after: put) == .broken(number: 1))
        }
        let added = "INSERT INTO audit SELECT 10, at, actor, action, object, organisation, detail, origin, hash FROM audit WHERE number = 9"
        #expect(try await check(after: added) == .broken(number: 10))
    }

    @Test(arguments: [
        "UPDATE audit_origin SET address = '192.0.2.99' WHERE number = 4", "UPDATE audit_origin SET salt = 'a' WHERE number = 4",
        // The digest would be the same.
        "UPDATE audit_origin SET address = substr(salt, 60) || address, salt = substr(salt, 1, 59) WHERE number = 4",
    ])
    func `SEC-18: an address that is not the one of its row is found`(_ change: String) async throws {
        #expect(try await check(after: change) == .broken(number: 4))
    }

    @Test func `SEC-18: an address of another row is found`() async throws {
        let moved = "DELETE FROM audit_origin WHERE number = 6; UPDATE audit_origin SET number = 6 WHERE number = 4"
        #expect(try await check(after: moved) == .broken(number: 6))
    }

    @Test func `SEC-18: an address given to a row that was written without one is found`() async throws {
        let given = "INSERT INTO audit_origin SELECT 5, salt, address FROM audit_origin WHERE number = 4"
        #expect(try await check(after: given) == .broken(number: 5))
    }

    @Test func `SEC-18, ASVS 16.4.2: a tail that was cut off shows by what was noted elsewhere, and only by that`() async throws {
        let cut = "DELETE FROM audit WHERE number > 6"
        guard case .sound(let last) = try await check(after: cut) else {
            Issue.record("the shorter chain is sound in itself")
            return
        }
        #expect(last.number == 6)
        #expect(try await check(after: cut, expecting: { $0 }) == .cutOff(last: 6, expected: 9))
        #expect(try await check(after: "DELETE FROM audit", expecting: { $0 }) == .cutOff(last: 0, expected: 9))
    }

    @Test func `SEC-18, ASVS 16.4.2: a trail that was written anew shows by what was noted elsewhere`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await fill(store)
            let noted = try #require(try store.auditHead())
            await store.close()
            try spoil(folder) { db in
                var last = ""
                let rows = try Row.fetchAll(db, sql: "SELECT * FROM audit ORDER BY number")
                for row in rows {
                    let number: Int64 = row["number"]
                    let texts: [String] = [
                        row["actor"], row["action"], number == 4 ? "forged" : row["object"], row["organisation"], row["detail"],
                        row["origin"],
                    ]
                    last = AuditRow(number: number, at: row["at"], texts: texts).hash(after: last)
                    try db.execute(sql: "UPDATE audit SET object = ?, hash = ? WHERE number = ?", arguments: [texts[2], last, number])
                }
            }
            guard case .sound = try Store.verifyAudit(folder: folder) else {
                Issue.record("the forged chain is sound in itself")
                return
            }
            #expect(try Store.verifyAudit(folder: folder, expecting: noted) == .rewritten(number: 9))
        }
    }

    @Test func `a trail longer than one piece is followed to its end`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await fill(store, rows: 1..<2_001)
            let even = try #require(try store.auditHead())
            #expect(even.number == 2_000)
            #expect(try await store.checkAudit() == .sound(even))
            try await fill(store, rows: 2_001..<2_004)
            let head = try #require(try store.auditHead())
            #expect(try await store.checkAudit() == .sound(head))
            await store.close()
            #expect(try Store.verifyAudit(folder: folder, expecting: even) == .sound(head))
            try spoil(folder) { try $0.execute(sql: "UPDATE audit SET detail = '' WHERE number = 2002") }
            #expect(try Store.verifyAudit(folder: folder) == .broken(number: 2_002))
        }
    }

    @Test func `SEC-18: the database itself refuses to change or remove a row`() async throws {
        try await withStore { store in
            try await fill(store)
            let before = try store.audit()
            let attempts: [ConstantSQL] = [
                "UPDATE audit SET actor = 'nobody' WHERE number = 4", "UPDATE OR REPLACE audit SET number = 5 WHERE number = 4",
                "DELETE FROM audit WHERE number = 9", "DELETE FROM audit",
                "REPLACE INTO audit SELECT number, at, 'nobody', action, object, organisation, detail, origin, hash FROM audit",
                "INSERT OR REPLACE INTO audit VALUES (4, 0, '', '', '', '', '', '', '')",
                "INSERT INTO audit VALUES (4, 0, '', '', '', '', '', '', '') ON CONFLICT (number) DO UPDATE SET actor = 'nobody'",
            ]
            for sql in attempts {
                await #expect(
                    throws: StoreError.notSaved(.refused(detail: "1811: the audit trail never \(sql.isRemoval ? "goes" : "changes")"))
                ) {
                    try await store.writer.write { try $0.run(sql) }
                }
            }
            #expect(try store.audit() == before)
            #expect(try await store.checkAudit() == .sound(try #require(try store.auditHead())))
        }
    }

    @Test func `SEC-28: forgetting where somebody came from leaves the chain sound`() async throws {
        try await withStore { store in
            try await fill(store)
            let head = try #require(try store.auditHead())
            #expect(try store.audit().first { $0.number == 4 }?.address == "192.0.2.4")
            try await store.writer.write { try $0.forgetOrigins(of: "actor 4") }
            let rows = try store.audit()
            #expect(rows.count == 9 && rows.first { $0.number == 4 }?.address == "")
            #expect(rows.first { $0.number == 6 }?.address == "192.0.2.6")
            #expect(try await store.checkAudit() == .sound(head))
        }
    }

    @Test func `SEC-18: what did not happen has no row, and what has no row did not happen`() async throws {
        try await withStore { store in
            try await store.add(person("an", roles: [.administrator]))
            try await store.add(person("bo"))
            let head = try store.auditHead()
            await #expect(throws: StoreError.emailTaken) { try await store.add(person("other", email: "bo@anvil.example")) }
            await #expect(throws: StoreError.lastAdministrator) {
                try await store.setDisabled(true, account: "an", by: .console, now: noon)
            }
            await #expect(throws: StoreError.noAccess) { try await store.setRole(.analyst, true, account: "none", by: .console, now: noon) }
            await #expect(throws: StoreError.noAccess) { try await store.dropSecondStep(account: "none", by: .console, now: noon) }
            #expect(try store.auditHead() == head)
            // What changes nothing says nothing.
            try await store.setDisabled(false, account: "bo", by: .console, now: noon)
            try await store.setRole(.analyst, false, account: "bo", by: .console, now: noon)
            try await store.dropSecondStep(account: "bo", by: .console, now: noon)
            #expect(try store.auditHead() == head)

            try await store.writer.write { db in
                try db.run("CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END")
            }
            await #expect(throws: StoreError.notSaved(.refused(detail: "1811: no room"))) {
                try await store.setDisabled(true, account: "bo", by: .console, now: noon)
            }
            await #expect(throws: StoreError.notSaved(.refused(detail: "1811: no room"))) { try await store.add(person("co")) }
            #expect(try store.account(id: "bo")?.disabledAt == nil)
            #expect(try store.account(id: "co") == nil)
        }
    }

    @Test func `SEC-18: no name, address of a person or secret is in a row`() async throws {
        try await withStore { store in
            try await store.add(person("an", email: "zweefvlieg@anvil.example", name: "Zweefvlieg", roles: [.administrator]))
            try await store.add(person("bo"))
            try await store.make(
                OrganisationFacts(number: "0403227515", name: "Zweefvlieg"), id: "firm", owner: "an", by: visitor, now: noon)
            try await store.prove(.staff, by: "an", organisation: "firm", by: Actor("an"), now: noon)
            try await store.setBuyer(true, organisation: "firm", by: Actor("an"), now: noon)
            try await store.setRole(.analyst, true, account: "an", by: .console, now: noon)
            try await store.reset(newTicket("t2", account: "an"), by: .console, now: noon)
            try await store.setPassword(
                "Zweefvlieg", ticket: Digest32(of: Array("t2".utf8)), purpose: .welcome, from: Origin(), now: noon)
            let rows = try store.audit()
            #expect(rows.count == 8)
            for row in rows {
                let texts = [row.actor, row.action, row.object, row.organisation, row.detail].joined(separator: " ").lowercased()
                #expect(!texts.contains("zweefvlieg") && !texts.contains("@") && !texts.contains("0403"))
            }
        }
    }

    @Test func `rows are shown newest first, a piece at a time, all or those of one organisation`() async throws {
        try await withStore { store in
            try await fill(store)
            try await store.writer.write { try $0.audit(.memberLeft, "x", organisation: "other", by: .service, now: noon) }
            #expect(try store.audit(limit: 3).map(\.number) == [10, 9, 8])
            #expect(try store.audit(before: 8, limit: 3).map(\.number) == [7, 6, 5])
            #expect(try store.audit(organisation: "firm", before: 3).map(\.number) == [2, 1])
            #expect(try store.audit(organisation: "other").map(\.action) == ["memberLeft"])
            #expect(try store.audit(organisation: "none").isEmpty)
        }
    }

    @Test func `a mark is written and read as NUMBER and hash, and nothing else is one`() throws {
        let hash = String(repeating: "0a", count: 32)
        let mark = try #require(AuditMark("12:\(hash)"))
        #expect(mark.number == 12 && mark.hash == hash && AuditMark(mark.text) == mark)
        for text in [
            "", "12", "12:", ":\(hash)", "0:\(hash)", "-1:\(hash)", "12:\(hash)0", "12:\(hash.uppercased())", "12:\(hash):", "x:\(hash)",
        ] {
            #expect(AuditMark(text) == nil, "\(text)")
        }
    }
}

extension ConstantSQL {
    /// Whether it would remove a row: REPLACE removes the row in its way first.
    fileprivate var isRemoval: Bool { text.hasPrefix("DELETE") || text.contains("REPLACE") && !text.hasPrefix("UPDATE") }
}
