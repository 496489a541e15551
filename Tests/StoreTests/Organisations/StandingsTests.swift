import Testing

@testable import Store

@Suite struct StandingsTests {
    @Test func `SEC-11 who began an assessment holds it; others, ended sessions and missing assessments have no standing`() async throws {
        try await withStore { store in
            try await store.begin()
            #expect(try store.standing(alice) == Standing(holds: true))
            #expect(try store.standing(bob) == nil)
            #expect(try store.standing(alice, "a2") == nil)
            #expect(try store.standing(alice, now: noon.adding(days: 1)) == nil)
            try await store.begin("a2", session: bob)
            #expect(try store.standing(alice, "a2") == Standing())
        }
    }

    @Test(arguments: MemberRole.allCases)
    func `SEC-11 a member stands by her role, but only where she is signed in with everything that takes`(_ role: MemberRole) async throws {
        try await withStore { store in
            for person in ["ann", "mia", "eve"] { try await store.person(person) }
            try await store.organisation("o1", owner: "ann")
            try await store.organisation("o2", owner: "eve")
            try await store.add("mia", to: "o1", as: role, by: "ann")
            try await store.begin(sample(), organisation: "o1", account: "ann", permit: contributors, by: Actor("ann"), now: noon)
            let whole = try await store.enter("mia")
            #expect(try store.standing(whole) == Standing(isAdopted: true, role: role, account: "mia"))
            let half = try await store.enter("mia", isHalf: true, replacing: alice)
            #expect(try store.standing(half) == Standing(isAdopted: true))
            let stranger = try await store.enter("eve")
            #expect(try store.standing(stranger) == Standing(isAdopted: true, account: "eve"))
        }
    }

    @Test func `SEC-4 what a browser opened before signing in goes along, under another key`() async throws {
        try await withStore { store in
            try await store.person("ann")
            try await store.begin()
            let key = try await store.enter("ann", replacing: alice)
            #expect(try store.standing(key) == Standing(holds: true, account: "ann"))
            #expect(try store.standing(alice) == nil)
        }
    }

    @Test func `SEC-11 a contributor has the sections of her links, while they work`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.ask("c1", sections: ["GOV", "ACC"], days: 7)
            try await store.ask("c2", sections: ["SUP"], days: 30)
            for id in ["c1", "c2"] { _ = try await store.open(id, session: bob) }
            #expect(try store.standing(bob) == Standing(sections: ["GOV": "c1", "ACC": "c1", "SUP": "c2"]))
            let later = noon.adding(days: 7)
            _ = try await store.open("c2", session: bob, now: later)
            #expect(try store.standing(bob, now: later) == Standing(sections: ["SUP": "c2"]))
            try await store.withdraw(
                contribution: "c2", assessment: "a1", session: try await store.reopened(now: later), permit: holding, by: visitor,
                now: later)
            #expect(try store.standing(bob, now: later) == Standing())
        }
    }

    @Test(arguments: [
        (Standing(holds: true), "GOV", ""), (Standing(holds: true, account: "ann"), "GOV", "ann"),
        (Standing(isAdopted: true, role: .editor, account: "ann"), "GOV", "ann"),
        (Standing(sections: ["GOV": "c1", "SUP": "c2"]), "SUP", "c2"), (Standing(sections: ["GOV": "c1"], account: "eve"), "GOV", "c1"),
        (Standing(holds: true, sections: ["GOV": "c1"]), "GOV", ""),
    ])
    func `an answer is by the account, else by nobody known, else by the contribution`(
        _ standing: Standing, _ section: String, _ author: String
    ) {
        #expect(standing.author(section: section) == author)
    }
}

extension Store {
    /// A later session of the one who began `a1`.
    fileprivate func reopened(now: Timestamp) async throws -> SessionKey {
        let key = digest("later")
        try await writer.write { try $0.grantAccess(to: "a1", session: key, expires: now.adding(days: 1), now: now) }
        return key
    }
}
