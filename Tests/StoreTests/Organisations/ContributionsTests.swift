import Testing

@testable import Store

extension Store {
    /// Asks somebody to fill in sections of `a1`.
    func ask(_ id: String, sections: [String], days: Int = 7, session: SessionKey = alice, assessment: String = "a1") async throws {
        try await ask(
            NewContribution(
                id: id, token: digest("contribution \(id)"), assessment: assessment, sections: sections, name: "Firm \(id)",
                expiresAt: noon.adding(days: days)),
            session: session, permit: editing, by: visitor, now: noon)
    }

    func open(_ contribution: String, session: SessionKey, now: Timestamp = noon) async throws -> String? {
        try await open(
            contribution: digest("contribution \(contribution)"), session: session, expires: now.adding(days: 1), by: visitor, now: now)
    }
}

@Suite struct ContributionsTests {
    private func withAsked(_ body: (Store) async throws -> Void) async throws {
        try await withStore { store in
            try await store.begin()
            try await store.ask("c1", sections: ["GOV", "ACC"])
            try await body(store)
        }
    }

    /// As the site's rule for a section: who sees all, or has the section.
    private func answering(_ section: String) -> Permit { { editing($0) || $0.sections[section] != nil } }

    private func save(_ store: Store, _ name: String, section: String, session: SessionKey, now: Timestamp = noon) async throws {
        _ = try await store.save(
            [FieldChange(name: name, value: "3", base: 0)], form: "f", assessment: "a1", section: section, session: session,
            permit: answering(section), now: now)
    }

    @Test func `a contributor answers in her sections, in her name, and nowhere else`() async throws {
        try await withAsked { store in
            #expect(try await store.open("c1", session: bob) == "a1")
            try await save(store, "GOV-1.practice", section: "GOV", session: bob)
            await #expect(throws: StoreError.noAccess) { try await save(store, "SUP-1.practice", section: "SUP", session: bob) }
            let fields = try #require(try store.held()?.fields)
            #expect(fields["GOV-1.practice"]?.author == "c1" && fields["SUP-1.practice"] == nil)
            #expect(try store.authors(of: "a1", session: alice, permit: holding, now: noon) == ["c1": "Firm c1"])
        }
    }

    @Test func `who had the private link loses the links that she made, when the link ends with the adoption`() async throws {
        for keepsLink in [true, false] {
            try await withAsked { store in
                try await store.person("ann")
                try await store.organisation("o1", owner: "ann")
                _ = try await store.open("c1", session: bob)
                let ann = try await store.enter("ann", replacing: alice)
                try await store.adopt(
                    "a1", organisation: "o1", keepsLink: keepsLink, session: ann, permit: holding, memberPermit: everyMember,
                    by: Actor("ann"), now: noon)
                #expect(try store.standing(bob)?.sections.isEmpty == !keepsLink)
                #expect(try await (store.open("c1", session: bob) == nil) == !keepsLink)
            }
        }
    }

    @Test func `the links of a member end with her membership, and with her right to change answers`() async throws {
        for isDismissed in [true, false] {
            try await withAsked { store in
                for name in ["ann", "rob"] { try await store.person(name) }
                try await store.organisation("o1", owner: "ann")
                let ann = try await store.enter("ann", replacing: alice)
                try await store.adopt(
                    "a1", organisation: "o1", keepsLink: false, session: ann, permit: holding, memberPermit: everyMember, by: Actor("ann"),
                    now: noon)
                try await store.add("rob", to: "o1", as: .editor, by: "ann")
                let rob = try await store.enter("rob")
                try await store.ask(
                    NewContribution(
                        id: "c2", token: digest("contribution c2"), assessment: "a1", sections: ["GOV"], name: "Self",
                        expiresAt: noon.adding(days: 90)), session: rob, permit: editing, by: Actor("rob"), now: noon)
                #expect(try await store.open("c2", session: bob) == "a1")
                if isDismissed {
                    try await store.leave(member: "rob", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
                } else {
                    try await store.setRole(.reader, member: "rob", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
                }
                #expect(try store.standing(bob)?.sections == [:])
                #expect(try await store.open("c2", session: bob) == nil)
            }
        }
    }

    @Test func `a withdrawn or expired link opens nothing, and what it opened is closed at once`() async throws {
        try await withAsked { store in
            _ = try await store.open("c1", session: bob)
            try await store.withdraw(contribution: "c1", assessment: "a1", session: alice, permit: editing, by: visitor, now: noon)
            await #expect(throws: StoreError.noAccess) { try await save(store, "GOV-1.practice", section: "GOV", session: bob) }
            #expect(try await store.open("c1", session: bob) == nil)
            try await store.ask("c2", sections: ["GOV"], days: 7)
            let late = noon.adding(days: 7)
            #expect(try await store.open("c2", session: bob, now: late.adding(days: -1)) == "a1")
            await #expect(throws: StoreError.noAccess) { try await save(store, "GOV-1.practice", section: "GOV", session: bob, now: late) }
            #expect(try await store.open("c2", session: bob, now: late) == nil)
            #expect(try await store.open("none", session: bob) == nil)
        }
    }

    @Test func `SEC-11 only who may ask asks, sees who was asked, and withdraws, and only for her own assessment`() async throws {
        try await withAsked { store in
            try await store.begin("a2", session: bob)
            await #expect(throws: StoreError.noAccess) { try await store.ask("c2", sections: ["GOV"], session: bob) }
            await #expect(throws: StoreError.noAccess) { try await store.ask("c2", sections: ["GOV"], session: digest("nobody")) }
            #expect(throws: StoreError.noAccess) {
                _ = try store.contributions(to: "a1", session: bob, permit: editing, now: noon)
            }
            #expect(throws: StoreError.noAccess) { _ = try store.authors(of: "a1", session: bob, permit: editing, now: noon) }
            await #expect(throws: StoreError.noAccess) {
                try await store.withdraw(contribution: "c1", assessment: "a1", session: bob, permit: editing, by: visitor, now: noon)
            }
            // Hers to ask for, but the contribution is to another assessment.
            try await store.withdraw(contribution: "c1", assessment: "a2", session: bob, permit: editing, by: visitor, now: noon)
            #expect(try store.contributions(to: "a1", session: alice, permit: editing, now: noon).map(\.withdrawnAt) == [nil])
        }
    }

    @Test func `REL-13 the same request sent twice asks once`() async throws {
        try await withAsked { store in
            try await store.ask("c1", sections: ["SUP"])
            let asked = try store.contributions(to: "a1", session: alice, permit: editing, now: noon)
            #expect(asked.map(\.sections) == [["GOV", "ACC"]])
        }
    }

    @Test func `a link says what it is for before it is opened, and opening nothing is all that looking does`() async throws {
        try await withStore { store in
            try await store.person("ann")
            try await store.organisation("o1", owner: "ann")
            try await store.begin(sample(), organisation: "o1", account: "ann", permit: contributors, by: Actor("ann"), now: noon)
            let ann = try await store.enter("ann")
            try await store.ask(
                NewContribution(
                    id: "c1", token: digest("contribution c1"), assessment: "a1", sections: ["GOV"], name: "Our IT firm",
                    expiresAt: noon.adding(days: 7)), session: ann, permit: editing, by: Actor("ann"), now: noon)
            let offer = try #require(try store.contribution(digest("contribution c1")))
            #expect(offer.organisation == "Anvil" && offer.asker == "Ann" && offer.contribution.sections == ["GOV"])
            #expect(offer.questionnaire == "supply-chain" && offer.contribution.works(at: noon))
            #expect(try store.contribution(digest("none")) == nil)
            #expect(try store.standing(bob) == nil)
            _ = try await store.open("c1", session: bob)
            try await store.withdraw(contribution: "c1", assessment: "a1", session: ann, permit: editing, by: Actor("ann"), now: noon)
            #expect(try store.contribution(digest("contribution c1"))?.contribution.works(at: noon) == false)
            #expect(
                try store.trail("o1").suffix(3) == ["ann contributorInvited a1", "c1 contributorOpened a1", "ann contributorWithdrawn a1"])
        }
    }

    @Test func `what nobody adopted leaves no row in the trail`() async throws {
        try await withAsked { store in
            _ = try await store.open("c1", session: bob)
            #expect(try store.audit() == [])
        }
    }

    @Test func `SEC-28 links for others go with their assessment`() async throws {
        try await withAsked { store in
            _ = try await store.open("c1", session: bob)
            try await store.erase(assessment: "a1", session: alice, now: noon)
            #expect(try await store.open("c1", session: bob) == nil)
            #expect(try store.contribution(digest("contribution c1")) == nil)
        }
    }
}
