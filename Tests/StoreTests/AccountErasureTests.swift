import Testing

@testable import Store

@Suite struct AccountErasureTests {
    @Test func `SEC-28: nothing of an erased account is left in any file, and the audit trail is sound`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            for number in 0..<40 { try await store.resident("other\(number)") }
            let ann = try await store.resident("ann", now: noon)
            try await store.resident("bob")
            try await store.household("shared", owner: "bob", members: [("ann", .editor)])
            try await store.takenIn("a-shared", by: "ann", session: ann, organisation: "shared")
            try await leaveTraces(of: "ann", in: store)
            for trace in Self.traces { #expect(try files(in: folder, containing: trace) != [], "\(trace) must be there first") }

            #expect(try await store.erase(account: "ann", organisations: [], session: ann, by: Actor("ann"), now: noon) == .complete)
            for trace in Self.traces { #expect(try files(in: folder, containing: trace) == [], "\(trace)") }
            #expect(try store.account(id: "ann") == nil)
            // Bob still has the answer, which says no more whose it is.
            #expect(try store.count("SELECT count(*) FROM field WHERE assessment = 'a-shared' AND author = ''") == 1)
            #expect(try store.members(of: "shared").map(\.account) == ["bob"])
            guard case .sound = try Store.verifyAudit(folder: folder) else {
                Issue.record("the audit trail is broken")
                return
            }
            await store.close()
            for trace in Self.traces { #expect(try files(in: folder, containing: trace) == [], "\(trace), after closing") }
        }
    }

    private static let traces = [
        "ann@anvil.example", "ANN@anvil.example", "Name-of-ann", "hash-of-ann", "salt-of-ann", "203.0.113.9", "Netscape",
        "friend@anvil.example",
        "wrote-to-helper",
    ]

    /// Everything that an account can leave in the tables.
    private func leaveTraces(of id: String, in store: Store) async throws {
        try await store.writer.write { db in
            try db.run("UPDATE account SET totp = 'salt-of-ann' WHERE id = ?", id)
            try db.run("INSERT INTO recovery_code (account, code) VALUES (?, 'code')", id)
            try db.run("UPDATE organisation SET proof_by = ? WHERE id = 'shared'", id)
        }
        for _ in 0..<150 {
            try await store.noteFailure(
                .wrongPassword, account: id, origin: Origin(address: "203.0.113.9", browser: "Netscape"), now: noon)
        }
        try await store.issue(
            written("reset", .reset, account: id), mail: newMail("m1", to: "ann@anvil.example", ticket: "reset"), now: noon)
        try await store.issue(written("again", .register, email: "ANN@anvil.example"), now: noon)
        try await store.issue(
            written("invite", .invite, organisation: "shared", email: "friend@anvil.example", madeBy: id),
            mail: newMail("m2", kind: "invite", to: "friend@anvil.example", ticket: "invite", facts: ["name": "Name-of-ann"]), now: noon)
        let asked = NewContribution(
            id: "c1", token: Digest32(of: [1]), assessment: "a-shared", sections: ["GOV"], name: "Our IT firm",
            expiresAt: noon.adding(days: 9))
        let member: Permit = { $0.role != nil }
        let session = try await store.comeIn(id, now: noon.after(minutes: 1))
        try await store.ask(
            asked,
            mail: newMail(
                "m3", kind: "contribute", to: "it@firm.example",
                facts: ["name": "Name-of-ann", "contribution": "c1", "x": "wrote-to-helper"]),
            session: session, permit: member, by: Actor(id, address: "203.0.113.9"), now: noon.after(minutes: 1))
    }

    @Test func `SEC-28: an organisation without other members goes along, only after it was said`() async throws {
        try await withStore { store in
            let ann = try await store.resident("ann")
            try await store.household("own", owner: "ann")
            try await store.takenIn("a-own", by: "ann", session: ann, organisation: "own")
            #expect(try store.departure(of: "ann").alone.map(\.name) == ["Firm-own"])
            await #expect(throws: StoreError.moreWouldGo) {
                try await store.erase(account: "ann", organisations: [], session: ann, by: Actor("ann"), now: noon)
            }
            #expect(try store.account(id: "ann") != nil)
            try await store.erase(account: "ann", organisations: ["own"], session: ann, by: Actor("ann"), now: noon)
            #expect(try store.organisation("own") == nil)
            #expect(try store.count("SELECT count(*) FROM assessment") == 0)
            let actions = try store.audit(organisation: "own").map(\.action)
            #expect(actions.first == "organisationErased")
        }
    }

    @Test func `SEC-28: the last owner of others, and the last administrator, must hand over first`() async throws {
        try await withStore { store in
            let ann = try await store.resident("ann", roles: [.administrator])
            try await store.resident("bob")
            await #expect(throws: StoreError.lastAdministrator) {
                try await store.erase(account: "ann", organisations: [], session: ann, by: Actor("ann"), now: noon)
            }
            try await store.setRole(.administrator, true, account: "bob", by: .console, now: noon)
            try await store.household("shared", owner: "ann", members: [("bob", .editor)])
            #expect(try store.departure(of: "ann").unled.map(\.organisation) == ["shared"])
            await #expect(throws: StoreError.lastOwner) {
                try await store.erase(account: "ann", organisations: ["shared"], session: ann, by: Actor("ann"), now: noon)
            }
            #expect(try store.organisation("shared") != nil)
            try await store.setRole(
                .owner, member: "bob", of: "shared", account: "ann", permit: { $0 == .owner }, by: Actor("ann"), now: noon)
            try await store.erase(account: "ann", organisations: [], session: ann, by: Actor("ann"), now: noon)
            #expect(try store.organisation("shared") != nil)
        }
    }

    @Test func `SEC-28: an assessment that only her session holds goes, one with a link or another holder stays`() async throws {
        try await withStore { store in
            let ann = try await store.resident("ann")
            for id in ["lost", "linked", "held"] {
                try await store.begin(sample(id), session: ann, expires: noon.adding(days: 1), now: noon)
                _ = try await store.save([FieldChange(name: "f", value: "v", base: 0)], form: "f", assessment: id, session: ann, now: noon)
            }
            try await store.setLink(someLink, assessment: "linked", session: ann, now: noon)
            let shared = Digest32(of: Array("shared".utf8))
            try await store.setLink(shared, assessment: "held", session: ann, now: noon)
            _ = try await store.open(link: shared, session: bob, expires: noon.adding(days: 1), now: noon)
            try await store.writer.write { try $0.run("UPDATE assessment SET link = NULL WHERE id = 'held'") }
            try await store.erase(account: "ann", organisations: [], session: ann, by: Actor("ann"), now: noon)
            let left = try store.read { try $0.all("SELECT id FROM assessment ORDER BY id") { try $0.text(0) } }
            #expect(left == ["held", "linked"])
        }
    }

    @Test func `SEC-28: only a whole session of the account erases it`() async throws {
        try await withStore { store in
            let ann = try await store.resident("ann")
            let stranger = try await store.resident("bob")
            for session in [stranger, alice] {
                await #expect(throws: StoreError.noAccess) {
                    try await store.erase(account: "ann", organisations: [], session: session, by: Actor("bob"), now: noon)
                }
            }
            try await store.writer.write { try $0.run("UPDATE session SET is_half = 1 WHERE account = 'ann'") }
            await #expect(throws: StoreError.noAccess) {
                try await store.erase(account: "ann", organisations: [], session: ann, by: Actor("ann"), now: noon)
            }
            #expect(try store.account(id: "ann") != nil)
        }
    }

    @Test func `SEC-28: nothing of an erased organisation is left in any file; its members stay, others' assessments too`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            let ann = try await store.resident("ann")
            let bob = try await store.resident("bob")
            try await store.household("gone", owner: "ann", members: [("bob", .reader)])
            try await store.household("kept", owner: "bob")
            try await store.takenIn("a-gone", by: "ann", session: ann, organisation: "gone")
            try await store.takenIn("a-kept", by: "bob", session: bob, organisation: "kept")
            let member: Permit = { $0.role != nil }
            let revision = try #require(try store.assessment("a-gone", session: ann, now: noon)?.revision)
            _ = try await store.submit(
                submission(of: "a-gone", revision: revision, reference: "REF-GONE", answers: #"{"x": "answers of a-gone"}"#), session: ann,
                permit: member, by: Actor("ann"), now: noon)
            try await store.issue(written("invite", .invite, organisation: "gone", email: "friend@anvil.example"), now: noon)
            for permitted in [false, true] {
                if permitted {
                    try await store.erase(organisation: "gone", account: "ann", permit: { $0 == .owner }, by: Actor("ann"), now: noon)
                } else {
                    await #expect(throws: StoreError.noAccess) {
                        try await store.erase(organisation: "gone", account: "bob", permit: { $0 == .owner }, by: Actor("bob"), now: noon)
                    }
                }
            }
            for trace in ["Firm-gone", "note of a-gone", "answers of a-gone", "friend@anvil.example"] {
                #expect(try files(in: folder, containing: trace) == [], "\(trace)")
            }
            #expect(try files(in: folder, containing: "note of a-kept") != [])
            #expect(try store.memberships(of: "bob").map(\.organisation) == ["kept"])
            #expect(try store.account(id: "ann") != nil)
            guard case .sound = try Store.verifyAudit(folder: folder) else {
                Issue.record("the audit trail is broken")
                return
            }
            await store.close()
        }
    }
}
