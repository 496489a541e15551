import Testing

@testable import Store

@Suite struct SubmissionsTests {
    @Test func `a submission freezes answers, scorecard and facts, and is numbered per assessment`() async throws {
        try await withStore { store in
            try await store.begin("a1")
            try await store.begin("a2")
            guard case .accepted(let first) = try await store.submit(submission(), session: alice, now: noon) else {
                Issue.record("refused")
                return
            }
            #expect(first.number == 1 && first.reference == "LP-0001" && first.at == noon && first.facts.name == "Anvil")
            try await store.save("f", "v", form: "f")
            let later = submission(form: "s2", revision: 1, reference: "LP-0002", answers: #"{"answers":{"f":1}}"#)
            guard case .accepted(let second) = try await store.submit(later, session: alice, now: noon.after(minutes: 1)) else {
                Issue.record("refused")
                return
            }
            guard
                case .accepted(let other) = try await store.submit(
                    submission(of: "a2", reference: "LP-0003"), session: alice, now: noon)
            else {
                Issue.record("refused")
                return
            }
            #expect(second.number == 2 && other.number == 1)
            #expect(try store.submissions(of: "a1", session: alice, now: noon) == [second, first])
            #expect(try store.submission(number: 1, of: "a1", session: alice, now: noon) == first)
            #expect(try store.submission(number: 3, of: "a1", session: alice, now: noon) == nil)
            let last = try store.lastSubmission(of: "a1", session: alice, now: noon)
            #expect(last == LastSubmission(number: 2, reference: "LP-0002", at: noon.after(minutes: 1), revision: 1))
        }
    }

    @Test func `REL-13 fifty parallel replays of one form make one submission`() async throws {
        try await withStore { store in
            try await store.begin()
            let outcomes = try await withThrowingTaskGroup(of: SubmitOutcome.self) { group in
                for attempt in 0..<50 {
                    group.addTask {
                        try await store.submit(
                            submission(reference: "LP-\(attempt)"), session: alice, now: noon.after(minutes: Int64(attempt)))
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var accepted: [Submission] = []
            var replayed: [Submission] = []
            for outcome in outcomes {
                switch outcome {
                case .accepted(let submission): accepted.append(submission)
                case .replayed(let submission): replayed.append(submission)
                case .changedMeanwhile: Issue.record("changed")
                }
            }
            #expect(accepted.count == 1 && replayed.count == 49 && Set(replayed) == Set(accepted))
            #expect(try store.submissions(of: "a1", session: alice, now: noon).count == 1)
        }
    }

    @Test func `REL-13 a replay gets the first result even after the answers changed`() async throws {
        try await withStore { store in
            try await store.begin()
            let first = try await store.submit(submission(), session: alice, now: noon)
            try await store.save("f", "v", form: "f")
            guard case (.accepted(let one), .replayed(let two)) = (first, try await store.submit(submission(), session: alice, now: noon))
            else {
                Issue.record("no replay")
                return
            }
            #expect(one == two)
        }
    }

    @Test func `REL-13 a form id means nothing at another assessment`() async throws {
        try await withStore { store in
            try await store.begin("a1", session: alice)
            try await store.begin("b1", session: bob)
            _ = try await store.submit(submission(), session: alice, now: noon)
            let theirs = try await store.submit(submission(of: "b1", reference: "LP-0002"), session: bob, now: noon)
            guard case .accepted(let submission) = theirs else {
                Issue.record("\(theirs)")
                return
            }
            #expect(submission.number == 1)
        }
    }

    @Test func `answers that changed since they were scored are not submitted`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "v", form: "f")
            #expect(try await store.submit(submission(revision: 0), session: alice, now: noon) == .changedMeanwhile(revision: 1))
            try await store.save("g", "v", form: "f")
            #expect(try await store.submit(submission(revision: 1), session: alice, now: noon) == .changedMeanwhile(revision: 2))
            #expect(try store.submissions(of: "a1", session: alice, now: noon).isEmpty)
        }
    }

    @Test func `a reference is unique`() async throws {
        try await withStore { store in
            try await store.begin("a1")
            try await store.begin("a2")
            _ = try await store.submit(submission(), session: alice, now: noon)
            await #expect(throws: StoreError.referenceTaken) { try await store.submit(submission(of: "a2"), session: alice, now: noon) }
        }
    }

    @Test(
        arguments: [
            "UPDATE submission SET answers = 'forged'", "UPDATE OR REPLACE submission SET number = 7", "DELETE FROM submission",
            "INSERT OR REPLACE INTO submission SELECT * FROM submission",
            "REPLACE INTO submission SELECT * FROM submission", "DELETE FROM assessment WHERE id = 'a1'",
        ] as [ConstantSQL])
    func `a submission cannot be changed or removed by SQL`(_ statement: ConstantSQL) async throws {
        try await withStore { store in
            try await store.begin()
            _ = try await store.submit(submission(), session: alice, now: noon)
            let before = try store.submissions(of: "a1", session: alice, now: noon)
            await #expect(throws: StoreError.self) { try await store.writer.write { try $0.run(statement) } }
            #expect(try store.submissions(of: "a1", session: alice, now: noon) == before)
        }
    }
}
