import Dispatch

@testable import Store

let noon = Timestamp(milliseconds: 1_795_435_200_000)
let alice = SessionKey(of: Array("alice".utf8))
let bob = SessionKey(of: Array("bob".utf8))
let someLink = Digest32(of: Array("link".utf8))

func sample(_ id: String = "a1", checksum: String = "c1", fields: [String: String] = [:]) -> NewAssessment {
    NewAssessment(
        id: id, questionnaire: "supply-chain", edition: "2026-11", checksum: checksum, language: "nl", fields: fields)
}

let visitor = Actor.visitor(address: "192.0.2.1")
let holding: Permit = { $0.holds }

/// The verbs as a browser with the private link uses them.
extension Store {
    func save(
        _ changes: [FieldChange], form: String, assessment: String, selection: FieldSelection = .all, session: SessionKey, now: Timestamp
    ) async throws -> SaveOutcome {
        try await save(changes, form: form, assessment: assessment, selection: selection, session: session, permit: holding, now: now)
    }

    func setLink(_ token: Digest32?, assessment: String, session: SessionKey, now: Timestamp) async throws {
        try await setLink(token, assessment: assessment, session: session, permit: holding, by: visitor, now: now)
    }

    func markLinkKept(assessment: String, session: SessionKey, now: Timestamp) async throws {
        try await markLinkKept(assessment: assessment, session: session, permit: holding, now: now)
    }

    @discardableResult
    func submit(_ new: NewSubmission, session: SessionKey, now: Timestamp) async throws -> SubmitOutcome {
        try await submit(new, session: session, permit: holding, by: visitor, now: now)
    }

    @discardableResult
    func erase(assessment: String, session: SessionKey, now: Timestamp) async throws -> Erasure {
        try await erase(assessment: assessment, session: session, permit: holding, by: visitor, now: now)
    }

    func lastSubmission(of assessment: String, session: SessionKey, now: Timestamp) throws -> LastSubmission? {
        try lastSubmission(of: assessment, session: session, permit: holding, now: now)
    }

    func submissions(of assessment: String, session: SessionKey, now: Timestamp) throws -> [Submission] {
        try submissions(of: assessment, session: session, permit: holding, now: now)
    }

    func submission(number: Int, of assessment: String, session: SessionKey, now: Timestamp) throws -> Submission? {
        try submission(number: number, of: assessment, session: session, permit: holding, now: now)
    }
}

extension Timestamp {
    func after(minutes: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds + minutes * 60_000) }
    func after(hours: Int64) -> Timestamp { after(minutes: hours * 60) }
}

extension Store {
    /// Begins an assessment for a session that lasts a day.
    func begin(_ id: String = "a1", session: SessionKey = alice, now: Timestamp = noon) async throws {
        try await begin(sample(id), session: session, expires: now.adding(days: 1), now: now)
    }

    @discardableResult
    func save(
        _ name: String, _ value: String, base: Int64 = 0, form: String, assessment: String = "a1", session: SessionKey = alice
    ) async throws -> SaveOutcome {
        try await save(
            [FieldChange(name: name, value: value, base: base)], form: form, assessment: assessment, session: session, permit: holding,
            now: noon)
    }

    func held(_ id: String = "a1", session: SessionKey = alice, now: Timestamp = noon) throws -> OpenAssessment? {
        try assessment(id, session: session, now: now).flatMap { $0.standing.holds ? $0 : nil }
    }

    @discardableResult
    func backup(to path: String) throws -> Backup { try Store.backup(folder: folder.path, to: path) }

    /// Keeps the writing connection busy until `open` is called, so that writes have to wait together.
    func gate() async -> Gate {
        let gate = Gate()
        let entered = AsyncStream<Void>.makeStream()
        gate.task = Task {
            try await writer.alone { _ in
                entered.continuation.finish()
                gate.semaphore.wait()
            }
        }
        for await _ in entered.stream {}
        return gate
    }

    /// Waits until so many writes wait behind a gate.
    func waitForQueue(_ count: Int) async throws {
        while writer.waitingCount < count { try await Task.sleep(for: .milliseconds(1)) }
    }
}

final class Gate: @unchecked Sendable {
    let semaphore = DispatchSemaphore(value: 0)
    var task: Task<Void, any Error>?
    func open() { semaphore.signal() }
}

func submission(
    form: String = "s1", of assessment: String = "a1", revision: Int64 = 0, reference: String = "LP-0001",
    answers: String = #"{"answers":{}}"#
) -> NewSubmission {
    NewSubmission(
        assessment: assessment, formID: form, revision: revision, edition: "2026-11", level: "starter", language: "nl",
        facts: Facts(sector: "C20", sizeClass: "small", region: "BE2", name: "Anvil", enterpriseNumber: "0417497106"),
        answers: answers, scorecard: #"{"total":3}"#, reference: reference)
}
