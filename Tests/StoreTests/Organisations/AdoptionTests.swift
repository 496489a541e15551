import Testing

@testable import Store

@Suite struct AdoptionTests {
    private let adopting: Permit = { $0.holds && !$0.isAdopted && $0.account != nil }

    /// Ann owns o1 and has begun a1, which also Bob opened by its link.
    private func withAdopter(_ body: (Store, SessionKey) async throws -> Void) async throws {
        try await withStore { store in
            for person in ["ann", "mia", "eve"] { try await store.person(person) }
            try await store.organisation("o1", owner: "ann")
            try await store.organisation("o2", owner: "eve")
            try await store.begin()
            try await store.setLink(someLink, assessment: "a1", session: alice, now: noon)
            _ = try await store.open(link: someLink, session: bob, expires: noon.adding(days: 1), now: noon)
            try await body(store, try await store.enter("ann", replacing: alice))
        }
    }

    private func adopt(
        _ store: Store, _ assessment: String = "a1", into organisation: String = "o1", keepsLink: Bool = true, session: SessionKey,
        by account: String = "ann"
    ) async throws {
        try await store.adopt(
            assessment, organisation: organisation, keepsLink: keepsLink, session: session, permit: adopting, memberPermit: contributors,
            by: Actor(account), now: noon)
    }

    @Test func `members come to an adopted assessment by their role, others by the link that goes on working`() async throws {
        try await withAdopter { store, ann in
            try await store.add("mia", to: "o1", as: .reader, by: "ann")
            try await adopt(store, session: ann)
            #expect(try store.standing(ann) == Standing(holds: true, isAdopted: true, role: .owner, account: "ann"))
            let mia = try await store.enter("mia")
            #expect(try store.standing(mia)?.role == .reader)
            #expect(try store.standing(bob) == Standing(holds: true, isAdopted: true))
            #expect(try store.assessments(of: "o1").map(\.id) == ["a1"])
            #expect(try store.trail("o1").last == "ann assessmentAdopted link kept")
        }
    }

    @Test func `with the link goes everybody who came in by it, and it opens nothing more`() async throws {
        try await withAdopter { store, ann in
            try await adopt(store, keepsLink: false, session: ann)
            #expect(try store.standing(bob) == Standing(isAdopted: true))
            #expect(try store.standing(ann) == Standing(isAdopted: true, role: .owner, account: "ann"))
            #expect(try await store.open(link: someLink, session: bob, expires: noon.adding(days: 1), now: noon) == nil)
            #expect(try store.assessment("a1", session: ann, now: noon)?.link == nil)
        }
    }

    @Test func `an assessment is adopted once, also by two at the same moment`() async throws {
        try await withAdopter { store, ann in
            let eve = try await store.enter("eve", replacing: bob)
            let adopted = await withTaskGroup(of: Bool.self) { group in
                group.addTask { (try? await adopt(store, session: ann)) != nil }
                group.addTask { (try? await adopt(store, into: "o2", session: eve, by: "eve")) != nil }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(adopted == 1)
            await #expect(throws: StoreError.noAccess) { try await adopt(store, session: ann) }
            await #expect(throws: StoreError.noAccess) { try await adopt(store, into: "o2", session: eve, by: "eve") }
            #expect(try store.assessments(of: "o1").count + store.assessments(of: "o2").count == 1)
        }
    }

    @Test func `SEC-11 nobody adopts what she does not hold, nor into an organisation where she may not`() async throws {
        try await withAdopter { store, ann in
            try await store.begin("a2", session: digest("somebody"))
            await #expect(throws: StoreError.noAccess) { try await adopt(store, "a2", session: ann) }
            await #expect(throws: StoreError.noAccess) { try await adopt(store, "a9", session: ann) }
            await #expect(throws: StoreError.noAccess) { try await adopt(store, session: bob) }
            await #expect(throws: StoreError.noAccess) { try await adopt(store, into: "o2", session: ann) }
            await #expect(throws: StoreError.noAccess) { try await adopt(store, into: "o9", session: ann) }
            try await store.add("ann", to: "o2", as: .reader, by: "eve")
            await #expect(throws: StoreError.noAccess) { try await adopt(store, into: "o2", session: ann) }
            let half = try await store.enter("ann", isHalf: true, replacing: ann)
            await #expect(throws: StoreError.noAccess) { try await adopt(store, session: half) }
            #expect(try store.assessments(of: "o1") == [] && store.assessments(of: "o2") == [])
        }
    }

    @Test func `an assessment begun in an organisation is its members' alone`() async throws {
        try await withAdopter { store, ann in
            let begin = { (account: String, organisation: String) in
                try await store.begin(
                    sample("a3", fields: ["firm.level": "starter"]), organisation: organisation, account: account, permit: contributors,
                    by: Actor(account), now: noon)
            }
            await #expect(throws: StoreError.noAccess) { try await begin("mia", "o1") }
            await #expect(throws: StoreError.noAccess) { try await begin("ann", "o2") }
            try await begin("ann", "o1")
            await #expect(throws: StoreError.assessmentExists) { try await begin("ann", "o1") }
            #expect(try store.standing(ann, "a3") == Standing(isAdopted: true, role: .owner, account: "ann"))
            #expect(try store.standing(bob, "a3") == Standing(isAdopted: true))
            let listed = try #require(try store.assessments(of: "o1").first)
            #expect(listed.id == "a3" && listed.level == "starter" && listed.revision == 1 && listed.last == nil)
            #expect(try store.trail("o1").last == "ann assessmentBegun ")
        }
    }

    @Test func `the list of an organisation names the newest result of each assessment, the last changed first`() async throws {
        try await withAdopter { store, ann in
            try await adopt(store, session: ann)
            try await store.begin(sample("a3"), organisation: "o1", account: "ann", permit: contributors, by: Actor("ann"), now: noon)
            for number in 1...2 {
                try await store.submit(
                    submission(form: "s\(number)", of: "a1", reference: "LP-\(number)"), session: ann,
                    now: noon.after(minutes: Int64(number)))
            }
            _ = try await store.save(
                [FieldChange(name: "firm.level", value: "standard", base: 0)], form: "f", assessment: "a1", session: ann,
                now: noon.after(minutes: 5))
            let list = try store.assessments(of: "o1")
            #expect(list.map(\.id) == ["a1", "a3"])
            #expect(list[0].last?.reference == "LP-2" && list[0].last?.number == 2 && list[0].last?.revision == 0)
            #expect(list[0].revision == 1 && list[0].level == "standard" && list[1].level == "")
        }
    }
}
