import Testing

@testable import Store

@Suite struct SessionsTests {
    @Test func `SEC-4 only the digests of cookie and link are in the files`() async throws {
        try await withFolder { folder in
            let (cookie, token) = ("cookie-of-thirty-two-random-bytes", "token-of-thirty-two-random-bytes")
            let store = try Store.open(folder: folder)
            let session = SessionKey(of: Array(cookie.utf8))
            try await store.begin("a1", session: session)
            try await store.setLink(Digest32(of: Array(token.utf8)), assessment: "a1", session: session, now: noon)
            await store.close()
            #expect(try files(in: folder, containing: cookie) == [])
            #expect(try files(in: folder, containing: token) == [])
            #expect(try files(in: folder, containing: session.hexadecimal) == ["./linchpin.sqlite"])
        }
    }

    @Test func `a session sees what it holds, and nothing else`() async throws {
        try await withStore { store in
            try await store.begin("a1", session: alice)
            try await store.begin("b1", session: bob)
            #expect(try store.held("a1", session: alice) != nil)
            #expect(try store.held("b1", session: alice) == nil)
            #expect(try store.held("none", session: alice) == nil)
        }
    }

    @Test func `every verb refuses a session that does not hold the assessment`() async throws {
        try await withStore { store in
            try await store.begin("a1", session: alice)
            try await store.begin("b1", session: bob)
            let over = noon.adding(days: 2)
            for (session, now) in [(bob, noon), (alice, over), (SessionKey(bytes: []), noon)] {
                await #expect(throws: StoreError.noAccess) {
                    try await store.save(
                        [FieldChange(name: "f", value: "v", base: 0)], form: "f", assessment: "a1", session: session, now: now)
                }
                await #expect(throws: StoreError.noAccess) {
                    try await store.setLink(someLink, assessment: "a1", session: session, now: now)
                }
                await #expect(throws: StoreError.noAccess) { try await store.markLinkKept(assessment: "a1", session: session, now: now) }
                await #expect(throws: StoreError.noAccess) { try await store.submit(submission(), session: session, now: now) }
                await #expect(throws: StoreError.noAccess) { try await store.erase(assessment: "a1", session: session, now: now) }
                #expect(try store.submissions(of: "a1", session: session, now: now).isEmpty)
                #expect(try store.submission(number: 1, of: "a1", session: session, now: now) == nil)
            }
            #expect(try store.held()?.revision == 0)
        }
    }

    @Test func `a session ends at its time, to the millisecond`() async throws {
        try await withStore { store in
            try await store.begin("a1")
            let end = noon.adding(days: 1).milliseconds
            #expect(try store.held(now: Timestamp(milliseconds: end - 1)) != nil)
            #expect(try store.held(now: Timestamp(milliseconds: end)) == nil)
        }
    }

    @Test func `SEC-4 a session that is over does not get back what it held`() async throws {
        try await withStore { store in
            try await store.begin("a1", session: alice)
            let later = noon.adding(days: 3)
            try await store.begin("a2", session: alice, now: later)
            #expect(try store.held("a1", now: later) == nil)
            #expect(try store.held("a2", now: later) != nil)
        }
    }

    @Test func `saving prolongs the session by its own lifetime, at most once in a twentieth of it`() async throws {
        try await withStore { store in
            try await store.begin("a1")
            func save(_ now: Timestamp) async throws {
                _ = try await store.save([], form: "f", assessment: "a1", session: alice, now: now)
            }
            try await save(noon.after(minutes: 71))
            #expect(try store.held(now: noon.after(hours: 24)) == nil)
            try await save(noon.after(minutes: 72))
            #expect(try store.held(now: noon.after(hours: 24)) != nil)
            #expect(try store.held(now: noon.after(minutes: 72 + 24 * 60)) == nil)
        }
    }

    @Test func `REL-19 a clock that jumps back a day shortens nothing`() async throws {
        try await withStore { store in
            try await store.begin("a1")
            _ = try await store.save([], form: "f", assessment: "a1", session: alice, now: noon.adding(days: -1))
            #expect(try store.held(now: noon.after(hours: 23)) != nil)
        }
    }
}
