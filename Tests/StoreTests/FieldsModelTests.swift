import Testing

@testable import Store

/// REL-15 against a model, and against people who work at the same time.
@Suite struct FieldsModelTests {
    private struct Actor {
        var form = ""
        var shown: [String: StoredField] = [:]
    }

    @Test(arguments: [2, 3, 5])
    func `REL-15 random interleavings of several people lose no update`(people: Int) async throws {
        try await withStore { store in
            try await store.begin()
            var random = Numbers(seed: UInt64(people))
            var actors = [Actor](repeating: Actor(), count: people)
            var model: [String: StoredField] = [:]
            var conflicts = 0
            for step in 0..<3_400 {
                let who = Int.random(in: 0..<people, using: &random)
                if actors[who].form.isEmpty || Int.random(in: 0..<3, using: &random) == 0 {
                    actors[who] = Actor(form: "form \(step)", shown: try #require(try store.held()).fields)
                    #expect(actors[who].shown == model)
                    continue
                }
                let actor = actors[who]
                let names = ["f", "g", "h", "i"].shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
                let changes = names.map { name in
                    FieldChange(name: name, value: "\(Int.random(in: 0..<5, using: &random))", base: actor.shown[name]?.version ?? 0)
                }
                let now = noon.after(minutes: Int64(step))
                let outcome = try await store.save(changes, form: actor.form, assessment: "a1", session: alice, now: now)
                conflicts += outcome.conflicts.count
                for change in changes {
                    let before = model[change.name]
                    let hasSeen = (before?.version ?? 0) == change.base || before?.form == actor.form
                    let isSame = (before?.value ?? "") == change.value
                    #expect(outcome.saved.contains(change.name) == (hasSeen || isSame))
                    #expect(outcome.conflicts.contains { $0.name == change.name && $0.theirs == before?.value } == !(hasSeen || isSame))
                    if hasSeen && !isSame {
                        model[change.name] = StoredField(
                            value: change.value, version: (before?.version ?? 0) + 1, form: actor.form, changedAt: now,
                            author: "")
                    }
                }
                #expect(outcome.fields == model)
            }
            #expect(conflicts > 100)
            #expect(try store.held()?.fields == model)
        }
    }

    /// Each appends its own words to one shared text, and settles conflicts by appending to theirs: every word is there
    /// once in the end, in each one's order, or an update was lost.
    @Test(arguments: [2, 5])
    func `REL-15 people who write the same field at the same time lose no word`(people: Int) async throws {
        try await withStore { store in
            try await store.begin()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for person in 0..<people {
                    group.addTask {
                        for word in 0..<100 {
                            var shown = try #require(try store.held()).fields["text"].map { ($0.value, $0.version) } ?? ("", 0)
                            var attempt = 0
                            while true {
                                let outcome = try await store.save(
                                    "text", shown.0 + "\(person)-\(word) ", base: shown.1, form: "\(person)-\(word)-\(attempt)")
                                guard let conflict = outcome.conflicts.first else { break }
                                shown = (conflict.theirs, conflict.theirsVersion)
                                attempt += 1
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let words = try #require(try store.held()?.fields["text"]).value.split(separator: " ")
            #expect(words.count == people * 100)
            for person in 0..<people {
                #expect(words.filter { $0.hasPrefix("\(person)-") } == (0..<100).map { "\(person)-\($0)" })
            }
            #expect(try store.held()?.revision == Int64(people * 100))
        }
    }
}

/// A generator that repeats itself, so that a failure can be looked at (SplitMix64).
private struct Numbers: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
