import Testing

@testable import Store

@Suite struct AssessmentsTests {
    @Test func `a new assessment is empty and knows what it was begun with`() async throws {
        try await withStore { store in
            try await store.begin(sample(fields: ["GOV-1.practice": "3"]), session: alice, expires: noon.adding(days: 1), now: noon)
            let open = try #require(try store.held())
            #expect(open.questionnaire == "supply-chain" && open.edition == "2026-11" && open.language == "nl")
            #expect(open.revision == 1 && open.createdAt == noon && open.changedAt == noon)
            #expect(!open.hasLink && open.link?.keptAt == nil)
            #expect(open.fields == ["GOV-1.practice": StoredField(value: "3", version: 1, form: "", changedAt: noon, author: "")])
        }
    }

    @Test func `an id that is taken is refused, and its assessment stays as it was`() async throws {
        try await withStore { store in
            try await store.begin("a1", session: alice)
            await #expect(throws: StoreError.assessmentExists) { try await store.begin("a1", session: bob) }
            #expect(try store.held("a1", session: bob) == nil)
        }
    }

    @Test func `fields are kept as typed, whatever was typed`() async throws {
        try await withStore { store in
            try await store.begin()
            for (number, odd) in ["'; DROP TABLE field; --", "\u{0}\u{1F9FF}e\u{301}", "<b>\"Anvil\" & Söhne</b>"].enumerated() {
                try await store.save("f\(number)", odd, form: "f")
                let kept = try #require(try store.held()?.fields["f\(number)"]?.value)
                #expect(kept.utf8.elementsEqual(odd.utf8))
            }
        }
    }

    @Test func `a link opens the assessment for another browser until it is revoked or replaced`() async throws {
        try await withStore { store in
            try await store.begin()
            let day = noon.adding(days: 1)
            try await store.setLink(someLink, assessment: "a1", session: alice, now: noon)
            #expect(try store.held()?.link == StoredLink(digest: someLink, madeAt: noon, keptAt: nil))
            try await store.markLinkKept(assessment: "a1", session: alice, now: noon.after(minutes: 1))
            try await store.markLinkKept(assessment: "a1", session: alice, now: noon.after(minutes: 9))
            #expect(try store.held()?.link?.keptAt == noon.after(minutes: 1))
            #expect(try await store.open(link: someLink, session: bob, expires: day, now: noon) == "a1")
            #expect(try store.held(session: bob) != nil)

            let other = Digest32(of: Array("other".utf8))
            try await store.setLink(other, assessment: "a1", session: alice, now: noon)
            #expect(try store.held(session: bob) == nil, "who came in by the old link is shut out")
            #expect(try await store.open(link: other, session: bob, expires: day, now: noon) == "a1")
            #expect(try store.held()?.link?.keptAt == nil)
            let carol = SessionKey(of: Array("carol".utf8))
            #expect(try await store.open(link: someLink, session: carol, expires: day, now: noon) == nil)
            try await store.setLink(nil, assessment: "a1", session: alice, now: noon)
            #expect(try await store.open(link: other, session: carol, expires: day, now: noon) == nil)
            #expect(try store.held()?.hasLink == false)
            #expect(try store.held(session: carol) == nil)
            #expect(try store.held(session: bob) == nil)
            #expect(try store.held() != nil)
        }
    }
}
