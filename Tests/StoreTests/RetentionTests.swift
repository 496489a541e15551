import Testing

@testable import Store

/// Every limit a millisecond before and at it.
@Suite struct RetentionTests {
    private static let end = Retention.end(after: noon)
    private static let notice: RetentionNotice = { account, end in
        newMail("notice \(account.id) \(end.milliseconds)", kind: "retention", to: account.email)
    }

    @Test func `SEC-30: an account goes 24 months after the last sign-in where no mail is sent`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            #expect(try await store.purge(now: Self.end.adding(milliseconds: -1)).accounts == 0)
            #expect(try await store.purge(now: Self.end).accounts == 1)
            #expect(try store.account(id: "ann") == nil)
            let row = try store.audit().first
            #expect(row?.action == "accountErased" && row?.actor == "service")
        }
    }

    @Test func `SEC-30: with mail, its owner is told once, 30 days before, and it goes on the day that was said`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            let told = Self.end.adding(days: -30)
            #expect(try await store.purge(now: told.adding(milliseconds: -1), notice: Self.notice).notices == 0)
            #expect(try await store.purge(now: told, notice: Self.notice).notices == 1)
            let ids = try store.dueMail(now: told).map(\.id)
            #expect(ids == ["notice ann \(Self.end.milliseconds)"])
            #expect(try await store.purge(now: told.after(hours: 1), notice: Self.notice) == Purged())
            #expect(try await store.purge(now: Self.end.adding(milliseconds: -1), notice: Self.notice) == Purged())
            #expect(try await store.purge(now: Self.end, notice: Self.notice).accounts == 1)
            #expect(try store.count("SELECT count(*) FROM outbox") == 0)
        }
    }

    @Test func `SEC-30: no account goes less than 30 days after its notice, however late that was`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            let late = Self.end.adding(days: 100)
            #expect(try await store.purge(now: late, notice: Self.notice) == Purged(sessions: 1, notices: 1))
            #expect(try store.dueMail(now: late).map(\.id) == ["notice ann \(late.adding(days: 30).milliseconds)"])
            #expect(try await store.purge(now: late.adding(days: 30).adding(milliseconds: -1), notice: Self.notice).accounts == 0)
            #expect(try await store.purge(now: late.adding(days: 30), notice: Self.notice).accounts == 1)
        }
    }

    @Test func `SEC-30: nobody who signed in after the notice loses anything, and is told anew two years later`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            let told = Self.end.adding(days: -30)
            try await store.purge(now: told, notice: Self.notice)
            let back = Self.end.adding(milliseconds: -1)
            try await store.comeIn("ann", now: back)
            #expect(try await store.purge(now: Self.end.adding(days: 40), notice: Self.notice).accounts == 0)
            let again = Retention.end(after: back)
            #expect(try await store.purge(now: again, notice: Self.notice) == Purged(notices: 1))
            #expect(try await store.purge(now: again.adding(days: 30), notice: Self.notice).accounts == 1)
        }
    }

    @Test func `SEC-30: an organisation lives as long as a member signs in or an assessment changes`() async throws {
        try await withStore { store in
            let ann = try await store.resident("ann")
            try await store.resident("bob")
            try await store.household("firm", owner: "ann", members: [("bob", .reader)])
            try await store.takenIn("a1", by: "ann", session: ann, organisation: "firm")
            // Ann leads it alone: Bob's sign-ins keep both.
            let bob = noon.adding(months: 6)
            try await store.comeIn("bob", now: bob)
            #expect(try await store.purge(now: Retention.end(after: bob).adding(milliseconds: -1)).accounts == 0)
            // A change by a private link keeps them, too.
            let change = noon.adding(months: 12)
            try await store.writer.write { _ = try $0.countRevision(of: "a1", now: change) }
            #expect(try await store.purge(now: Retention.end(after: bob)).accounts == 1)
            #expect(try store.members(of: "firm").map(\.account) == ["ann"])
            #expect(try await store.purge(now: Retention.end(after: change).adding(milliseconds: -1)).accounts == 0)
            #expect(try await store.purge(now: Retention.end(after: change)).accounts == 1)
            #expect(try store.organisation("firm") == nil)
            #expect(try store.count("SELECT count(*) FROM assessment") == 0)
        }
    }

    @Test func `SEC-30: with mail, an organisation does not go before all its members were told 30 days ago`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            try await store.resident("bob")
            try await store.household("firm", owner: "ann", members: [("bob", .editor)])
            let late = Self.end.adding(days: 1)
            #expect(try await store.purge(now: late, notice: Self.notice).notices == 2)
            try await store.writer.write { db in
                try db.run("UPDATE account SET noticed_at = ? WHERE id = 'bob'", late.adding(days: 5).milliseconds)
            }
            #expect(try await store.purge(now: late.adding(days: 30), notice: Self.notice).accounts == 0)
            #expect(try await store.purge(now: late.adding(days: 35), notice: Self.notice).accounts == 2)
            #expect(try store.organisation("firm") == nil)
        }
    }

    @Test func `SEC-30: a notice that was overtaken by a colleague does not count for the next time`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            try await store.resident("bob")
            try await store.household("firm", owner: "ann", members: [("bob", .reader)])
            let told = Self.end.adding(days: -30)
            #expect(try await store.purge(now: told, notice: Self.notice).notices == 2)
            try await store.comeIn("bob", now: told.after(hours: 1))
            #expect(try await store.purge(now: Self.end, notice: Self.notice) == Purged(sessions: 1))
            let later = Retention.end(after: told.after(hours: 1))
            #expect(try await store.purge(now: later, notice: Self.notice).notices == 2)
            #expect(try store.account(id: "ann") != nil)
            #expect(try await store.purge(now: later.adding(days: 30), notice: Self.notice).accounts == 2)
        }
    }

    @Test func `SEC-30: the last administrator never goes`() async throws {
        try await withStore { store in
            try await store.resident("ann", roles: [.administrator])
            #expect(try await store.purge(now: Self.end.adding(days: 1_000)).accounts == 0)
            #expect(try await store.purge(now: Self.end.adding(days: 1_000), notice: Self.notice).notices == 0)
        }
    }

    @Test func `SEC-30: an assessment of no organisation goes 24 months after its last change`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "v", form: "f")
            #expect(try await store.purge(now: Self.end.adding(milliseconds: -1)).assessments == 0)
            #expect(try await store.purge(now: Self.end).assessments == 1)
            #expect(try store.count("SELECT count(*) FROM field") == 0)
        }
    }

    @Test func `SEC-30: a line of the sign-in history goes after 180 days`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            let end = noon.adding(days: 180)
            for now in [end.adding(milliseconds: -1), end] {
                try await store.purge(now: now)
                #expect(try store.signInHistory(of: "ann").isEmpty == (now == end))
            }
        }
    }

    @Test func `SEC-30: thousands of old lines and addresses go at once, in small writes, and newer ones stay`() async throws {
        try await withStore { store in
            try await store.resident("ann")
            try await store.writer.write { db in
                for number in Int64(2)...2_501 {
                    try db.run(
                        "INSERT INTO signin (account, number, at, outcome, address, browser) VALUES ('ann', ?, ?, 'signedIn', 'x', '')",
                        number,
                        noon.milliseconds)
                    try db.audit(.signedIn, "ann", by: Actor("ann", address: "192.0.2.7"), now: noon)
                }
            }
            let later = noon.adding(months: 12)
            try await store.comeIn("ann", now: later)
            try await store.purge(now: later)
            #expect(try store.signInHistory(of: "ann", limit: 10_000).count == 1)
            #expect(try store.count("SELECT count(*) FROM audit_origin") == 1)
        }
    }

    @Test func `SEC-30: an address in the audit trail goes after 12 months, and the chain stays sound`() async throws {
        try await withFolder { folder in
            let store = try Store.open(folder: folder)
            try await store.resident("ann")
            let end = noon.adding(months: 12)
            try await store.purge(now: end.adding(milliseconds: -1))
            #expect(try store.audit().map(\.address).contains("192.0.2.7"))
            try await store.purge(now: end)
            #expect(try store.audit().allSatisfy { $0.address.isEmpty })
            guard case .sound = try Store.verifyAudit(folder: folder) else {
                Issue.record("the audit trail is broken")
                return
            }
            await store.close()
        }
    }

    @Test func `SEC-30: links go 30 days after their end, and messages 30 days after they failed`() async throws {
        try await withStore { store in
            try await store.issue(written("t", .register, email: "x@y.example"), now: noon)
            try await store.send(newMail("m", to: "x@y.example"), now: noon)
            try await store.note(.failed(detail: "550"), mail: "m", now: noon)
            try await store.send(newMail("waiting", to: "x@y.example"), now: noon)
            let mailEnd = noon.adding(days: 30)
            try await store.purge(now: mailEnd.adding(milliseconds: -1))
            #expect(try store.mailStates().count == 2)
            try await store.purge(now: mailEnd)
            #expect(try store.mailStates().map(\.id) == ["waiting"])
            let linkEnd = noon.adding(days: 31)
            try await store.purge(now: linkEnd.adding(milliseconds: -1))
            #expect(try store.ticket(id: "t") != nil)
            try await store.purge(now: linkEnd)
            #expect(try store.ticket(id: "t") == nil)
        }
    }

    @Test func `an assessment that a member began stays although nobody has answered it yet`() async throws {
        try await withStore { store in
            let ann = try await store.resident("ann")
            try await store.household("firm", owner: "ann")
            try await store.begin(sample("a1"), session: ann, expires: noon.adding(days: 1), now: noon)
            try await store.adopt(
                "a1", organisation: "firm", keepsLink: false, session: ann, permit: holding, memberPermit: { _ in true }, by: Actor("ann"),
                now: noon)
            #expect(try await store.purge(now: noon.adding(days: 31)).assessments == 0)
        }
    }
}
