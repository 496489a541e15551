import Testing

@testable import Store

@Suite struct AccountsTests {
    @Test func `an address belongs to one account, whatever its capitals`() async throws {
        try await withStore { store in
            try await store.add(person("an", email: "An@Anvil.example"))
            for taken in ["an@anvil.example", "AN@ANVIL.EXAMPLE"] {
                await #expect(throws: StoreError.emailTaken) { try await store.add(person("other", email: taken)) }
            }
            #expect(try store.account(id: "other") == nil)
            // The link of the account that was not made does not exist either.
            #expect(try !store.works("first of other"))
            #expect(try store.account(emailKey: "an@anvil.example")?.email == "An@Anvil.example")
        }
    }

    @Test func `SEC-2: whoever gets a role and has no second step must set it up before going on`() async throws {
        try await withStore { store in
            try await store.add(person("an"))
            try await store.signIn(account: "an", session("laptop"), now: noon)
            try await store.signIn(account: "an", session("phone"), now: noon)
            #expect(try store.signed("laptop")?.isHalf == false)
            try await store.setRole(.analyst, true, account: "an", by: .console, now: noon)
            #expect(try store.signed("laptop")?.isHalf == true && store.signed("phone")?.isHalf == true)
            #expect(try store.signed("phone")?.account.roles == [.analyst])
        }
    }

    @Test func `SEC-2: whoever gets a role and has a second step goes on`() async throws {
        try await withStore { store in
            try await store.add(person("an"))
            try await store.signIn(account: "an", session("old"), now: noon)
            #expect(
                try await store.setSecondStep(
                    salt: "salt", step: 1, recoveryCodes: [], account: "an",
                    NewSession(
                        key: SessionKey(of: Array("new".utf8)), replacing: SessionKey(of: Array("old".utf8)), isHalf: false,
                        lifetime: 1_000,
                        limit: 1_000, origin: Origin()), now: noon))
            try await store.setRole(.administrator, true, account: "an", by: .console, now: noon)
            #expect(try store.signed("new")?.isHalf == false)
        }
    }

    @Test func `SEC-2: members of an organisation that becomes a buyer must set it up too, and those who join later`() async throws {
        try await withStore { store in
            for id in ["an", "bo", "co"] {
                try await store.add(person(id))
                try await store.signIn(account: id, session(id), now: noon)
            }
            try await store.make(OrganisationFacts(name: "Anvil"), id: "firm", owner: "an", by: .console, now: noon)
            try await store.setBuyer(true, organisation: "firm", by: .console, now: noon)
            #expect(try store.signed("an")?.isHalf == true && store.signed("bo")?.isHalf == false)
            var invitation = newTicket("invitation", .invite, account: "bo")
            invitation.account = nil
            invitation.organisation = "firm"
            invitation.role = .reader
            try await store.issue(invitation, now: noon)
            _ = try await store.join(ticket: invitation.token, account: "bo", by: .console, now: noon)
            #expect(try store.signed("bo")?.isHalf == true && store.signed("co")?.isHalf == false)
            try await store.setBuyer(false, organisation: "firm", by: .console, now: noon)
            #expect(try store.account(id: "bo")?.roles == [])
            #expect(try store.signed("an")?.isHalf == false && store.signed("bo")?.isHalf == false, "nothing asks for it any more")
        }
    }

    @Test func `SEC-2: who leaves a buyer, or whose buyer is erased, goes on without a second step`() async throws {
        for isErased in [true, false] {
            try await withStore { store in
                for id in ["an", "bo"] {
                    try await store.add(person(id))
                    try await store.signIn(account: id, session(id), now: noon)
                }
                try await store.make(OrganisationFacts(name: "Anvil"), id: "firm", owner: "an", by: .console, now: noon)
                try await store.writer.write { try $0.join("firm", account: "bo", role: .reader, now: noon) }
                try await store.setBuyer(true, organisation: "firm", by: .console, now: noon)
                #expect(try store.signed("an")?.isHalf == true && store.signed("bo")?.isHalf == true)
                if isErased {
                    try await store.writer.write { try $0.erase(organisation: "firm", by: .console, now: noon) }
                } else {
                    try await store.leave(member: "bo", of: "firm", account: "bo", permit: { _ in false }, by: .console, now: noon)
                }
                #expect(try store.signed("bo")?.isHalf == false && store.signed("an")?.isHalf == !isErased)
            }
        }
    }

    @Test func `SEC-4: disabling ends the sessions at once, and what began before it cannot go on`() async throws {
        try await withStore { store in
            try await store.add(person("an"))
            try await store.add(person("bo"))
            try await store.signIn(account: "an", session("half", isHalf: true), now: noon)
            try await store.signIn(account: "an", session("whole"), now: noon)
            try await store.signIn(account: "bo", session("other"), now: noon)
            try await store.setDisabled(true, account: "an", by: .console, now: noon)
            #expect(try store.signed("half") == nil && store.signed("whole") == nil)
            #expect(try store.signed("other") != nil)
            // Her password was checked a moment before.
            await #expect(throws: StoreError.noAccess) { try await store.signIn(account: "an", session("late"), now: noon) }
            // Links to choose a password do nothing for her either.
            await #expect(throws: StoreError.ticketOver) {
                try await store.setPassword(
                    "x", ticket: newTicket("first of an", account: "an").token, purpose: .welcome, from: Origin(), now: noon)
            }
            await #expect(throws: StoreError.noAccess) { try await store.reset(newTicket("t", account: "an"), by: .console, now: noon) }
            try await store.setDisabled(false, account: "an", by: .console, now: noon)
            try await store.signIn(account: "an", session("again"), now: noon)
            #expect(try store.signed("again") != nil)
        }
    }

    /// A random walk over four accounts beside a model of who can run the installation.
    @Test(arguments: 0..<8)
    func `an administrator who can sign in is always left, whatever is done in whatever order`(_ seed: UInt64) async throws {
        try await withStore { store in
            var random = Numbers(seed: seed)
            let ids = ["an", "bo", "co", "du"]
            for id in ids { try await store.add(person(id, roles: id == "an" ? [.administrator] : [])) }
            var (administrators, disabled): (Set<String>, Set<String>) = (["an"], [])
            for _ in 0..<150 {
                let id = ids[Int(random.next() % 4)]
                let (isDisabling, isOn) = (random.next() & 1 == 0, random.next() & 1 == 0)
                var (nextAdministrators, nextDisabled) = (administrators, disabled)
                switch (isDisabling, isOn) {
                case (true, true): nextDisabled.insert(id)
                case (true, false): nextDisabled.remove(id)
                case (false, true): nextAdministrators.insert(id)
                case (false, false): nextAdministrators.remove(id)
                }
                let isRefused = nextAdministrators.subtracting(nextDisabled).isEmpty
                do {
                    if isDisabling {
                        try await store.setDisabled(isOn, account: id, by: .console, now: noon)
                    } else {
                        try await store.setRole(.administrator, isOn, account: id, by: .console, now: noon)
                    }
                    #expect(!isRefused)
                    (administrators, disabled) = (nextAdministrators, nextDisabled)
                } catch StoreError.lastAdministrator {
                    #expect(isRefused)
                }
                for id in ids {
                    let account = try #require(try store.account(id: id))
                    #expect(account.roles.contains(.administrator) == administrators.contains(id))
                    #expect((account.disabledAt != nil) == disabled.contains(id))
                }
            }
        }
    }

    @Test func `taking a role from a disabled administrator is allowed while another one is left`() async throws {
        try await withStore { store in
            for id in ["an", "bo"] { try await store.add(person(id, roles: [.administrator])) }
            try await store.setDisabled(true, account: "bo", by: .console, now: noon)
            try await store.setRole(.administrator, false, account: "bo", by: .console, now: noon)
            await #expect(throws: StoreError.lastAdministrator) {
                try await store.setRole(.administrator, false, account: "an", by: .console, now: noon)
            }
        }
    }

    @Test func `SEC-25: a new link to choose a password ends the ones before, and only its maker is shown it`() async throws {
        try await withStore { store in
            for id in ["an", "chief", "boss"] { try await store.add(person(id)) }
            try await store.issue(newTicket("forgot", .reset, account: "an"), now: noon)
            try await store.reset(newTicket("one", account: "an", madeBy: "chief"), by: Actor("chief"), now: noon)
            #expect(try !store.works("forgot") && !store.works("first of an") && store.works("one"))
            #expect(try store.works("first of chief"))
            try await store.reset(newTicket("two", account: "an", madeBy: "chief"), by: Actor("chief"), now: noon)
            #expect(try !store.works("one") && store.works("two"))
            #expect(try store.passwordLink(of: "an", madeBy: "chief", now: noon)?.id == "two")
            #expect(try store.passwordLink(of: "an", madeBy: "boss", now: noon) == nil)
            #expect(try store.passwordLink(of: "an", madeBy: "chief", now: noon.adding(days: 7)) == nil)
            try await store.setPassword("x", ticket: newTicket("two", account: "an").token, purpose: .welcome, from: Origin(), now: noon)
            #expect(try store.passwordLink(of: "an", madeBy: "chief", now: noon) == nil)
            await #expect(throws: StoreError.ticketOver) {
                try await store.setPassword(
                    "y", ticket: newTicket("two", account: "an").token, purpose: .welcome, from: Origin(), now: noon)
            }
        }
    }

    @Test func `a lost second step is taken away with its recovery codes, and every session ends`() async throws {
        try await withStore { store in
            try await store.add(person("an", roles: [.analyst]))
            try await store.signIn(account: "an", session("old", isHalf: true), now: noon)
            let new = NewSession(
                key: SessionKey(of: Array("new".utf8)), replacing: SessionKey(of: Array("old".utf8)), isHalf: false, lifetime: 9_000,
                limit: 9_000, origin: Origin())
            #expect(try await store.setSecondStep(salt: "salt", step: 1, recoveryCodes: [someLink], account: "an", new, now: noon))
            #expect(try store.recoveryCodesLeft(account: "an") == 1)
            try await store.dropSecondStep(account: "an", by: Actor("chief"), now: noon)
            #expect(try store.account(id: "an")?.totp == nil)
            #expect(try store.recoveryCodesLeft(account: "an") == 0)
            #expect(try store.signed("new") == nil)
            #expect(try store.audit().first.map { [$0.actor, $0.action, $0.object] } == ["chief", "secondStepOff", "an"])
        }
    }

    @Test func `accounts are found by part of a name or address, newest first, a part at a time`() async throws {
        try await withStore { store in
            for (minute, id) in ["an", "bo", "co", "du"].enumerated() {
                try await store.add(
                    person(id, email: "\(id)@\(minute < 2 ? "anvil" : "bellows").example", name: "Name 100% of_\(id)"),
                    now: noon.after(minutes: Int64(minute)))
            }
            #expect(try await store.accounts().map(\.id) == ["du", "co", "bo", "an"])
            #expect(try await store.accounts(limit: 2, offset: 1).map(\.id) == ["co", "bo"])
            #expect(try await store.accounts(search: "ANVIL").map(\.id) == ["bo", "an"])
            #expect(try await store.accounts(search: "OF_CO").map(\.id) == ["co"])
            // No sign of the search is a pattern.
            #expect(try await store.accounts(search: "%").count == 4)
            #expect(try await store.accounts(search: "%of").isEmpty)
            #expect(try await store.accounts(search: "'").isEmpty)
            #expect(try await store.accounts(after: "", limit: 3).map(\.id) == ["an", "bo", "co"])
            #expect(try await store.accounts(after: "bo@anvil.example", limit: 3).map(\.id) == ["co", "du"])
        }
    }

    @Test func `an organisation is confirmed only as it was looked at`() async throws {
        try await withStore { store in
            try await store.add(person("an"))
            try await store.make(OrganisationFacts(number: "0403227515", name: "Anvil"), id: "firm", owner: "an", by: .console, now: noon)
            func confirm(_ number: String, _ name: String) async throws -> Bool {
                try await store.prove(.staff, by: "chief", organisation: "firm", ifStill: (number, name), by: Actor("chief"), now: noon)
            }
            #expect(try await !confirm("0403227515", "Anvil Bank"))
            #expect(try await !confirm("", "Anvil"))
            #expect(try store.organisation("firm")?.proof == .selfDeclared)
            #expect(try await confirm("0403227515", "Anvil"))
            #expect(try store.organisation("firm")?.proof == .staff)
            // Another one with the same number stays as it says itself.
            try await store.make(OrganisationFacts(number: "0403227515", name: "Copy"), id: "copy", owner: "an", by: .console, now: noon)
            await #expect(throws: StoreError.numberProven) {
                try await store.prove(.staff, by: "chief", organisation: "copy", by: Actor("chief"), now: noon)
            }
            #expect(try store.organisation("copy")?.proof == .selfDeclared)
        }
    }

    @Test func `counts and names are those of the moment`() async throws {
        try await withStore { store in
            try await store.add(person("an", name: "An Peeters"))
            try await store.make(OrganisationFacts(name: "Anvil"), id: "firm", owner: "an", by: .console, now: noon)
            for id in ["m1", "m2"] {
                try await store.send(NewMail(id: id, kind: "reset", language: "nl", email: "x@y.example"), now: noon)
            }
            try await store.note(.failed(detail: ""), mail: "m1", now: noon)
            #expect(try await store.counts() == InstallationCounts(accounts: 1, organisations: 1, waitingMail: 1, failedMail: 1))
            let names = try store.names(of: ["an", "firm", "gone"])
            #expect(names.accounts == ["an": "An Peeters"] && names.organisations == ["firm": "Anvil"])
            #expect(try store.lastSignIn(of: "an") == nil)
            try await store.signIn(account: "an", session("s"), now: noon.after(hours: 1))
            #expect(try store.lastSignIn(of: "an") == noon.after(hours: 1))
        }
    }
}

/// The same numbers for the same seed (SplitMix64).
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
