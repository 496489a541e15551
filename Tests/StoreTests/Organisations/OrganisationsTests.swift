import Testing

@testable import Store

@Suite struct OrganisationsTests {
    private let anvil = OrganisationFacts(number: "0417497106", name: "Anvil", sector: "25", sizeClass: "small", region: "BE21")

    private func withAnvil(_ body: (Store) async throws -> Void) async throws {
        try await withStore { store in
            for person in ["ann", "mia", "eve"] { try await store.person(person) }
            try await store.make(anvil, id: "o1", owner: "ann", by: Actor("ann"), now: noon)
            try await body(store)
        }
    }

    @Test func `an organisation has its facts, is self-declared, and its maker owns it`() async throws {
        try await withAnvil { store in
            let found = try #require(try store.organisation("o1", account: "ann"))
            #expect(found.role == .owner && found.organisation.facts == anvil)
            #expect(found.organisation.proof == .selfDeclared && found.organisation.proofAt == nil && found.organisation.buyerAt == nil)
            #expect(try store.memberships(of: "ann") == [Membership(organisation: "o1", name: "Anvil", role: .owner, since: noon)])
            #expect(try store.trail("o1") == ["ann organisationMade "])
        }
    }

    @Test func `SEC-11 to who is no member there is no organisation, as where there is none`() async throws {
        try await withAnvil { store in
            for id in ["o1", "o9"] {
                let found = try store.organisation(id, account: "eve")
                #expect(found == nil)
            }
            #expect(try store.memberships(of: "eve") == [])
        }
    }

    @Test func `REL-13 the same id again makes nothing`() async throws {
        try await withAnvil { store in
            try await store.make(OrganisationFacts(name: "Other"), id: "o1", owner: "eve", by: Actor("eve"), now: noon)
            #expect(try store.organisation("o1")?.facts == anvil)
            #expect(try store.roles(in: "o1") == ["ann": .owner])
        }
    }

    @Test func `only who is permitted changes the facts`() async throws {
        try await withAnvil { store in
            try await store.add("mia", to: "o1", as: .editor, by: "ann")
            for account in ["mia", "eve", "nobody"] {
                await #expect(throws: StoreError.noAccess) {
                    try await store.change(
                        OrganisationFacts(name: "Taken"), of: "o1", account: account, permit: owners, by: Actor(account), now: noon)
                }
            }
            await #expect(throws: StoreError.noAccess) {
                try await store.change(
                    OrganisationFacts(name: "Taken"), of: "o9", account: "ann", permit: owners, by: Actor("ann"), now: noon)
            }
            #expect(try store.organisation("o1")?.facts == anvil)
        }
    }

    @Test func `an owner who is disabled at the same moment changes nothing more`() async throws {
        try await withAnvil { store in
            try await store.setDisabled(true, account: "ann", by: .console, now: noon)
            await #expect(throws: StoreError.noAccess) {
                try await store.change(
                    OrganisationFacts(name: "Late"), of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
            }
        }
    }

    @Test func `NOT-8 another name or number is no longer confirmed; another region still is`() async throws {
        for (change, stays) in [
            ({ (facts: inout OrganisationFacts) in facts.region = "BE10" }, true), ({ $0.name = "Amboss" }, false),
            ({ $0.number = "0403227515" }, false),
        ] {
            try await withAnvil { store in
                try await store.prove(.staff, by: "staff", organisation: "o1", by: Actor("staff"), now: noon)
                var facts = anvil
                change(&facts)
                try await store.change(facts, of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
                let now = try #require(try store.organisation("o1"))
                #expect(now.facts == facts)
                #expect(now.proof == (stays ? .staff : .selfDeclared) && (now.proofAt != nil) == stays)
                #expect(try store.trail("o1").contains("ann proofChanged self") == !stays)
            }
        }
    }

    @Test func `NOT-8 of two organisations with one number only one is confirmed, and staff overrule a mail`() async throws {
        try await withAnvil { store in
            try await store.make(anvil, id: "o2", owner: "eve", by: Actor("eve"), now: noon)
            try await store.prove(.mail, by: "anvil.example", organisation: "o2", by: visitor, now: noon)
            await #expect(throws: StoreError.numberProven) {
                try await store.prove(.mail, by: "other.example", organisation: "o1", by: visitor, now: noon)
            }
            try await store.prove(.staff, by: "staff", organisation: "o1", by: Actor("staff"), now: noon)
            #expect(try store.organisation("o1")?.proof == .staff && store.organisation("o2")?.proof == .selfDeclared)
            #expect(try store.trail("o2").contains("staff proofChanged self"))
            for proof in [OrganisationProof.mail, .staff] {
                await #expect(throws: StoreError.numberProven) {
                    try await store.prove(proof, by: "x", organisation: "o2", by: Actor("staff"), now: noon)
                }
            }
        }
    }

    @Test func `NOT-8 without a number any number of organisations can be confirmed`() async throws {
        try await withAnvil { store in
            for id in ["o2", "o3"] {
                try await store.organisation(id, owner: "eve")
                try await store.prove(.mail, by: "\(id).example", organisation: id, by: visitor, now: noon)
                #expect(try store.organisation(id)?.proof == .mail)
            }
        }
    }

    @Test func `NOT-8 a link in a mail confirms once, not after its day, and not over a member of staff`() async throws {
        try await withAnvil { store in
            for (id, at) in [("t1", noon), ("t2", noon), ("t3", noon)] {
                try await store.issue(
                    NewTicket(
                        id: id, token: digest(id), purpose: .proveDomain, organisation: "o1", email: "ann@anvil.example", madeBy: "ann"),
                    now: at)
            }
            let prove = { (id: String, now: Timestamp) in
                try await store.proveDomain(ticket: digest(id), domain: "anvil.example", by: visitor, now: now)
            }
            #expect(try await prove("t1", noon) == "o1")
            let proven = try #require(try store.organisation("o1"))
            #expect(proven.proof == .mail && proven.proofBy == "anvil.example" && proven.proofAt == noon)
            await #expect(throws: StoreError.ticketOver) { _ = try await prove("t1", noon) }
            await #expect(throws: StoreError.ticketOver) { _ = try await prove("t2", noon.adding(days: 1)) }
            try await store.prove(.staff, by: "staff", organisation: "o1", by: Actor("staff"), now: noon)
            _ = try await prove("t3", noon)
            #expect(try store.organisation("o1")?.proof == .staff)
        }
    }

    @Test func `NOT-8 where the number is confirmed elsewhere, the link in the mail is not used up`() async throws {
        try await withAnvil { store in
            try await store.make(anvil, id: "o2", owner: "eve", by: Actor("eve"), now: noon)
            try await store.prove(.staff, by: "staff", organisation: "o2", by: Actor("staff"), now: noon)
            try await store.issue(
                NewTicket(id: "t1", token: digest("t1"), purpose: .proveDomain, organisation: "o1", email: "ann@anvil.example"), now: noon)
            for _ in 0..<2 {
                await #expect(throws: StoreError.numberProven) {
                    _ = try await store.proveDomain(ticket: digest("t1"), domain: "anvil.example", by: visitor, now: noon)
                }
            }
        }
    }

    @Test func `SEC-2 the members of a buyer need a second step from that moment on`() async throws {
        try await withAnvil { store in
            let key = try await store.enter("ann")
            try await store.setBuyer(true, organisation: "o1", by: .console, now: noon)
            let signed = try #require(try store.signedIn(key, now: noon))
            #expect(signed.isHalf && signed.account.roles == [.buyer])
            let mia = try await store.enter("mia")
            try await store.add("mia", to: "o1", as: .reader, by: "ann")
            #expect(try store.signedIn(mia, now: noon)?.isHalf == true)
            try await store.setBuyer(false, organisation: "o1", by: .console, now: noon)
            #expect(try store.account(id: "ann")?.roles == [])
        }
    }

    @Test func `administrators find an organisation by its number or a part of its name`() async throws {
        try await withAnvil { store in
            try await store.organisation("o2", owner: "eve", name: "Bellows")
            let found = { (search: String) in try await store.organisations(search: search).map(\.id).sorted() }
            #expect(try await found("") == ["o1", "o2"])
            #expect(try await found("0417497106") == ["o1"])
            #expect(try await found("eLLo") == ["o2"])
            #expect(try await found("%") == [])
        }
    }

    @Test func `the trail names people who are or were in the organisation, and nobody else`() async throws {
        try await withAnvil { store in
            try await store.person("staff", roles: [.administrator])
            try await store.add("mia", to: "o1", as: .editor, by: "ann")
            try await store.prove(.staff, by: "staff", organisation: "o1", by: Actor("staff"), now: noon)
            try await store.leave(member: "mia", of: "o1", account: "mia", permit: everyMember, by: Actor("mia"), now: noon)
            try await store.begin(sample(), organisation: "o1", account: "ann", permit: contributors, by: Actor("ann"), now: noon)
            try await store.organisation("o2", owner: "eve")
            let rows = try store.audit(organisation: "o1")
            let names = try store.auditNames(of: "o1", rows: 1...(rows.first?.number ?? 1))
            #expect(names.names["ann"] == "Ann" && names.names["mia"] == "Mia")
            #expect(names.names["staff"] == nil && names.staff == ["staff"])
            #expect(names.names["eve"] == nil && names.questionnaires == ["a1": "supply-chain"])
            #expect(names.names.values.contains("mia@firm.example"), "whom the invitation was for")
            #expect(try store.auditNames(of: "o2", rows: 1...99).names == ["eve": "Eve"])
        }
    }
}
