import Foundation
import Testing

@testable import Store

@Suite struct ErasureTests {
    @Test func `SEC-28 nothing of an erased assessment is left in any file`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            let ids = (0..<12).map { "assessment-\($0)-\(String(UInt64.random(in: 0 ... .max), radix: 36))" }
            for id in ids { try await store.begin(id) }
            // Saves of many firms in turn split and move pages, which is where copies could stay behind.
            var random = SystemRandomNumberGenerator()
            for round in 0..<40 {
                for id in ids.shuffled(using: &random) {
                    let length = Int.random(in: 0...(round % 9 == 0 ? 6_000 : 400), using: &random)
                    try await store.save(
                        "GOV-\(Int.random(in: 0..<60, using: &random)).note",
                        "secret of \(id) " + String(repeating: "\(round)x", count: length), form: "form", assessment: id)
                }
            }
            for (number, id) in ids.enumerated() {
                try await store.setLink(Digest32(of: Array(id.utf8)), assessment: id, session: alice, now: noon)
                try await store.save("firm.name", "firm of \(id)", form: "form", assessment: id)
                let revision = try #require(try store.held(id)?.revision)
                let new = submission(
                    of: id, revision: revision, reference: "reference \(id)",
                    answers: "answers of \(id)" + String(repeating: "y", count: 9_000))
                guard case .accepted = try await store.submit(new, session: alice, now: noon) else {
                    Issue.record("submission \(number) refused")
                    return
                }
            }
            #expect(try files(in: folder, containing: ids[0]).count > 0)
            for (number, id) in ids.enumerated() where number % 2 == 0 {
                #expect(try await store.erase(assessment: id, session: alice, now: noon) == .complete)
                #expect(try files(in: folder, containing: id) == [])
                #expect(try files(in: folder, containing: Digest32(of: Array(id.utf8)).hexadecimal) == [])
                #expect(try store.held(id) == nil)
                #expect(try store.held(ids[number + 1]) != nil)
            }
            await store.close()
            for (number, id) in ids.enumerated() where number % 2 == 0 { #expect(try files(in: folder, containing: id) == []) }
        }
    }

    @Test func `SEC-28 sessions that hold nothing else end with the assessment, others stay`() async throws {
        try await withStore { store in
            try await store.begin("a1", session: alice)
            try await store.begin("a2", session: bob)
            try await store.setLink(someLink, assessment: "a1", session: alice, now: noon)
            _ = try await store.open(link: someLink, session: bob, expires: noon.adding(days: 1), now: noon)
            try await store.erase(assessment: "a1", session: bob, now: noon)
            #expect(try store.held("a1", session: alice) == nil)
            #expect(try store.held("a2", session: bob) != nil)
            #expect(try await store.open(link: someLink, session: bob, expires: noon.adding(days: 1), now: noon) == nil)
            let sessions = try store.read { try $0.all("SELECT key FROM session") { try $0.text(0) } }
            #expect(sessions == [bob.hexadecimal])
        }
    }

    @Test func `SEC-28 erasing needs access, and the edition stays known`() async throws {
        try await withStore { store in
            try await store.begin()
            await #expect(throws: StoreError.noAccess) { try await store.erase(assessment: "a1", session: bob, now: noon) }
            try await store.erase(assessment: "a1", session: alice, now: noon)
            await #expect(throws: StoreError.noAccess) { try await store.erase(assessment: "a1", session: alice, now: noon) }
            #expect(try store.knownEditions().count == 1)
        }
    }

    @Test func `SEC-28 a process that dies between erasing and sweeping sweeps at its next start`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await store.begin("a-secret-id")
            for number in 0..<300 { try await store.save("f\(number)", "secret words \(number)", form: "f", assessment: "a-secret-id") }
            try await store.begin("a2")
            // What `erase` does first, without what it does next.
            try await store.writer.write { db in
                try db.run("DELETE FROM access WHERE assessment = 'a-secret-id'")
                try db.run("DELETE FROM field WHERE assessment = 'a-secret-id'")
                try db.run("DELETE FROM assessment WHERE id = 'a-secret-id'")
                try db.oweSweep()
            }
            #expect(try shell("mkdir '\(folder)/dead' && cp '\(folder)'/linchpin.sqlite* '\(folder)/dead/'").status == 0)
            await store.close()
            #expect(try files(in: folder + "/dead", containing: "a-secret-id") != [])
            let reopened = try Store.open(folder: folder + "/dead")
            #expect(try files(in: folder + "/dead", containing: "a-secret-id") == [])
            #expect(try files(in: folder + "/dead", containing: "secret words") == [])
            #expect(try reopened.held("a2") != nil)
            await reopened.close()
        }
    }

    @Test func `many who erase at once share sweeps, and saving goes on`() async throws {
        try await withStore { store in
            for number in 0..<40 { try await store.begin("a\(number)") }
            try await store.begin("kept", session: bob)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask { try await #expect(store.erase(assessment: "a\(number)", session: alice, now: noon) == .complete) }
                }
                for number in 0..<40 {
                    group.addTask { try await store.save("f\(number)", "v", form: "f", assessment: "kept", session: bob) }
                }
                try await group.waitForAll()
            }
            #expect(try store.held("kept", session: bob)?.fields.count == 40)
            let left = try store.read { try $0.first("SELECT COUNT(*) FROM assessment") { try $0.count(0) } }
            #expect(left == 1)
        }
    }

    @Test func `a purge removes sessions that are over and assessments that were never answered`() async throws {
        try await withStore { store in
            try await store.begin("empty")
            try await store.begin(
                sample("prefilled", fields: ["GOV-1.practice": "3"]), session: alice, expires: noon.adding(days: 90), now: noon)
            try await store.begin("answered", session: alice)
            try await store.save("f", "v", form: "f", assessment: "answered")
            try await store.begin("submitted", session: alice)
            _ = try await store.submit(submission(of: "submitted"), session: alice, now: noon)
            #expect(try await store.purge(now: noon.adding(days: 29)) == Purged(sessions: 1, assessments: 0))
            #expect(try await store.purge(now: noon.adding(days: 30)) == Purged(sessions: 0, assessments: 2))
            let left = try store.read { try $0.all("SELECT id FROM assessment ORDER BY id") { try $0.text(0) } }
            #expect(left == ["answered", "submitted"])
        }
    }
}
