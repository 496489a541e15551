import Testing

@testable import Store

@Suite struct MembersTests {
    private func withAnvil(_ body: (Store) async throws -> Void) async throws {
        try await withStore { store in
            for person in ["ann", "mia", "eve"] { try await store.person(person) }
            try await store.organisation("o1", owner: "ann")
            try await store.organisation("o2", owner: "eve")
            try await body(store)
        }
    }

    @Test func `an invitation makes a member once, with the role that it names`() async throws {
        try await withAnvil { store in
            let token = try await store.invite(.reader, to: "o1", email: "mia@firm.example", id: "t1", by: "ann")
            #expect(try store.invitations(of: "o1", now: noon).map(\.email) == ["mia@firm.example"])
            #expect(try await store.join(ticket: token, account: "mia", by: Actor("mia"), now: noon) == "o1")
            #expect(try store.roles(in: "o1") == ["ann": .owner, "mia": .reader])
            #expect(try store.invitations(of: "o1", now: noon) == [])
            await #expect(throws: StoreError.ticketOver) {
                _ = try await store.join(ticket: token, account: "eve", by: Actor("eve"), now: noon)
            }
            #expect(try store.trail("o1") == ["ann organisationMade ", "ann memberInvited reader", "mia memberJoined reader"])
        }
    }

    @Test func `a member who accepts again stays what she is, and the invitation stays open`() async throws {
        try await withAnvil { store in
            let token = try await store.invite(.reader, to: "o1", email: "mia@firm.example", id: "t1", by: "ann")
            #expect(try await store.join(ticket: token, account: "ann", by: Actor("ann"), now: noon) == "o1")
            #expect(try store.roles(in: "o1") == ["ann": .owner])
            #expect(try store.invitations(of: "o1", now: noon).count == 1)
            for _ in 0..<2 { #expect(try await store.join(ticket: token, account: "mia", by: Actor("mia"), now: noon) == "o1") }
            #expect(try store.trail("o1").filter { $0.contains("memberJoined") }.count == 1)
        }
    }

    @Test func `SEC-25 an invitation that is expired, withdrawn, unknown or for something else lets nobody in`() async throws {
        try await withAnvil { store in
            let expired = try await store.invite(to: "o1", email: "mia@firm.example", id: "t1", by: "ann")
            let withdrawn = try await store.invite(to: "o1", email: "other@firm.example", id: "t2", by: "ann")
            try await store.withdrawInvitation("t2", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
            try await store.issue(
                NewTicket(id: "t3", token: digest("t3"), purpose: .proveDomain, organisation: "o1", email: "a@b.example"), now: noon)
            for (token, now) in [(expired, noon.adding(days: 7)), (withdrawn, noon), (digest("none"), noon), (digest("t3"), noon)] {
                await #expect(throws: StoreError.ticketOver) {
                    _ = try await store.join(ticket: token, account: "mia", by: Actor("mia"), now: now)
                }
            }
            #expect(try store.roles(in: "o1") == ["ann": .owner])
        }
    }

    @Test func `an invitation to the same address replaces the one before, whatever the case of its letters`() async throws {
        try await withAnvil { store in
            let first = try await store.invite(to: "o1", email: "Mia@firm.example", id: "t1", by: "ann")
            let other = try await store.invite(to: "o2", email: "mia@firm.example", id: "t2", by: "eve")
            _ = try await store.invite(.owner, to: "o1", email: "mia@firm.example", id: "t3", by: "ann")
            await #expect(throws: StoreError.ticketOver) {
                _ = try await store.join(ticket: first, account: "mia", by: Actor("mia"), now: noon)
            }
            #expect(try store.invitations(of: "o1", now: noon).map(\.id) == ["t3"])
            #expect(
                try await store.join(ticket: other, account: "mia", by: Actor("mia"), now: noon) == "o2", "another organisation's stays")
        }
    }

    @Test func `REL-13 the same invitation sent twice is one, and works`() async throws {
        try await withAnvil { store in
            for _ in 0..<2 { _ = try await store.invite(to: "o1", email: "mia@firm.example", id: "t1", by: "ann") }
            #expect(try await store.join(ticket: digest("ticket t1"), account: "mia", by: Actor("mia"), now: noon) == "o1")
        }
    }

    @Test func `SEC-11 who is not permitted invites nobody and withdraws nothing, nor in another organisation`() async throws {
        try await withAnvil { store in
            try await store.add("mia", to: "o1", as: .editor, by: "ann")
            for account in ["mia", "eve"] {
                await #expect(throws: StoreError.noAccess) {
                    _ = try await store.invite(to: "o1", email: "x@firm.example", id: "x-\(account)", by: account)
                }
            }
            _ = try await store.invite(to: "o2", email: "x@firm.example", id: "t2", by: "eve")
            for (account, organisation) in [("ann", "o2"), ("mia", "o1")] {
                await #expect(throws: StoreError.noAccess) {
                    try await store.withdrawInvitation(
                        "t2", of: organisation, account: account, permit: owners, by: Actor(account), now: noon)
                }
            }
            // Hers to manage, but the invitation is another's.
            try await store.withdrawInvitation("t2", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
            #expect(try store.invitations(of: "o2", now: noon).count == 1)
        }
    }

    @Test func `an invitation makes an account for its own address only, and signs nobody else in`() async throws {
        try await withAnvil { store in
            let token = try await store.invite(to: "o1", email: "new@firm.example", id: "t1", by: "ann")
            let account = { (email: String) in
                NewAccount(id: "new", email: email, emailKey: email, name: "New", language: "fr", password: "hash")
            }
            await #expect(throws: StoreError.ticketOver) {
                _ = try await store.join(ticket: token, account: "new", new: account("other@firm.example"), by: Actor("new"), now: noon)
            }
            #expect(
                try await store.join(ticket: token, account: "new", new: account("new@firm.example"), by: Actor("new"), now: noon) == "o1")
            #expect(try store.account(id: "new")?.email == "new@firm.example")
            #expect(try store.roles(in: "o1")["new"] == .editor)
            let taken = try await store.invite(to: "o1", email: "eve@firm.example", id: "t2", by: "ann")
            await #expect(throws: StoreError.emailTaken) {
                _ = try await store.join(
                    ticket: taken, account: "n2",
                    new: NewAccount(id: "n2", email: "eve@firm.example", emailKey: "eve@firm.example", name: "N", language: "nl"),
                    by: Actor("n2"), now: noon)
            }
            #expect(try store.invitations(of: "o1", now: noon).map(\.id) == ["t2"], "it was not used up")
        }
    }

    @Test func `SEC-11 an invitation accepted by many at once makes one member`() async throws {
        try await withAnvil { store in
            let token = try await store.invite(to: "o1", email: "mia@firm.example", id: "t1", by: "ann")
            for number in 0..<10 { try await store.person("p\(number)") }
            let joined = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        (try? await store.join(ticket: token, account: "p\(number)", by: Actor("p\(number)"), now: noon)) != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(joined == 1)
            #expect(try store.members(of: "o1").count == 2)
        }
    }

    @Test func `the last owner neither leaves nor becomes less, and a disabled one does not count`() async throws {
        try await withAnvil { store in
            try await store.add("mia", to: "o1", as: .owner, by: "ann")
            try await store.setDisabled(true, account: "mia", by: .console, now: noon)
            for role in [MemberRole.editor, .reader] {
                await #expect(throws: StoreError.lastOwner) {
                    try await store.setRole(role, member: "ann", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
                }
            }
            await #expect(throws: StoreError.lastOwner) {
                try await store.leave(member: "ann", of: "o1", account: "ann", permit: everyMember, by: Actor("ann"), now: noon)
            }
            #expect(try store.roles(in: "o1") == ["ann": .owner, "mia": .owner])
            try await store.setDisabled(false, account: "mia", by: .console, now: noon)
            try await store.leave(member: "ann", of: "o1", account: "ann", permit: everyMember, by: Actor("ann"), now: noon)
            #expect(try store.roles(in: "o1") == ["mia": .owner])
        }
    }

    @Test func `two owners who leave at the same moment leave one behind`() async throws {
        for _ in 0..<20 {
            try await withAnvil { store in
                try await store.add("mia", to: "o1", as: .owner, by: "ann")
                await withTaskGroup(of: Void.self) { group in
                    for account in ["ann", "mia"] {
                        group.addTask {
                            try? await store.leave(
                                member: account, of: "o1", account: account, permit: everyMember, by: Actor(account), now: noon)
                        }
                    }
                }
                #expect(try store.members(of: "o1").count == 1)
            }
        }
    }

    @Test func `SEC-11 nobody changes or removes members of another organisation, nor who is none`() async throws {
        try await withAnvil { store in
            try await store.add("mia", to: "o1", as: .editor, by: "ann")
            let attempts: [(member: String, of: String, by: String)] = [
                ("eve", "o2", "ann"), ("eve", "o1", "ann"), ("ann", "o1", "mia"), ("ann", "o1", "eve"), ("nobody", "o1", "ann"),
            ]
            for attempt in attempts {
                await #expect(throws: StoreError.noAccess) {
                    try await store.setRole(
                        .reader, member: attempt.member, of: attempt.of, account: attempt.by, permit: owners, by: Actor(attempt.by),
                        now: noon)
                }
                await #expect(throws: StoreError.noAccess) {
                    try await store.leave(
                        member: attempt.member, of: attempt.of, account: attempt.by, permit: owners, by: Actor(attempt.by), now: noon)
                }
            }
            #expect(try store.roles(in: "o1") == ["ann": .owner, "mia": .editor] && store.roles(in: "o2") == ["eve": .owner])
        }
    }

    @Test func `SEC-4 a former member is shut out at once, also of what her browser opened by the private link`() async throws {
        try await withAnvil { store in
            try await store.add("mia", to: "o1", as: .editor, by: "ann")
            try await store.begin()
            try await store.setLink(someLink, assessment: "a1", session: alice, now: noon)
            let key = try await store.enter("ann", replacing: alice)
            try await store.adopt(
                "a1", organisation: "o1", keepsLink: true, session: key, permit: holding, memberPermit: contributors, by: Actor("ann"),
                now: noon)
            let mia = try await store.enter("mia")
            _ = try await store.open(link: someLink, session: mia, expires: noon.adding(days: 1), now: noon)
            #expect(try store.standing(mia) == Standing(holds: true, isAdopted: true, role: .editor, account: "mia"))
            try await store.leave(member: "mia", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
            #expect(try store.standing(mia) == Standing(isAdopted: true, account: "mia"))
            await #expect(throws: StoreError.noAccess) {
                _ = try await store.save([], form: "f", assessment: "a1", session: mia, permit: editing, now: noon)
            }
        }
    }

    @Test func `with an owner go the invitations whose links she has seen`() async throws {
        for isDemoted in [true, false] {
            try await withAnvil { store in
                try await store.add("mia", to: "o1", as: .owner, by: "ann")
                let token = try await store.invite(.owner, to: "o1", email: "later@firm.example", id: "t1", by: "ann")
                if isDemoted {
                    try await store.setRole(.reader, member: "mia", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
                } else {
                    try await store.leave(member: "mia", of: "o1", account: "ann", permit: owners, by: Actor("ann"), now: noon)
                }
                await #expect(throws: StoreError.ticketOver) {
                    _ = try await store.join(ticket: token, account: "eve", by: Actor("eve"), now: noon)
                }
            }
        }
    }

    @Test(arguments: 0..<12)
    func `whatever members do in whatever order, an organisation keeps an owner, and does what a model says`(_ seed: UInt64) async throws {
        var random = Dice(seed: seed)
        try await withStore { store in
            let people = (0..<6).map { "p\($0)" }
            for person in people { try await store.person(person) }
            try await store.organisation("o1", owner: "p0")
            var model: [String: MemberRole] = ["p0": .owner]
            for step in 0..<150 {
                let (actor, other) = (random.pick(people), random.pick(people))
                let role = random.pick(MemberRole.allCases)
                let isLast = { model[$0] == .owner && model.values.filter { $0 == .owner }.count == 1 }
                var expected: StoreError?
                var next = model
                var found: StoreError?
                do {
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0:
                        expected = model[actor] == .owner ? nil : .noAccess
                        if expected == nil { next[other] = model[other] ?? role }
                        let token = try await store.invite(role, to: "o1", email: "\(other)@x.example", id: "t\(step)", by: actor)
                        _ = try await store.join(ticket: token, account: other, by: Actor(other), now: noon)
                    case 1:
                        if model[actor] != .owner || model[other] == nil {
                            expected = .noAccess
                        } else if role != .owner, isLast(other) {
                            expected = .lastOwner
                        } else {
                            next[other] = role
                        }
                        try await store.setRole(role, member: other, of: "o1", account: actor, permit: owners, by: Actor(actor), now: noon)
                    case 2:
                        expected = model[actor] == nil ? .noAccess : isLast(actor) ? .lastOwner : nil
                        next[actor] = nil
                        try await store.leave(
                            member: actor, of: "o1", account: actor, permit: everyMember, by: Actor(actor), now: noon)
                    default:
                        if actor != other, model[actor] != .owner || model[other] == nil {
                            expected = .noAccess
                        } else if model[other] == nil {
                            expected = .noAccess
                        } else if isLast(other) {
                            expected = .lastOwner
                        }
                        next[other] = nil
                        try await store.leave(member: other, of: "o1", account: actor, permit: owners, by: Actor(actor), now: noon)
                    }
                } catch let error as StoreError {
                    found = error
                }
                #expect(found == expected, "seed \(seed) step \(step)")
                if expected == nil { model = next }
                #expect(try store.roles(in: "o1") == model, "seed \(seed) step \(step)")
                #expect(model.values.contains(.owner), "seed \(seed) step \(step)")
            }
        }
    }
}

/// The same throws for the same seed.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &self)] }
}
