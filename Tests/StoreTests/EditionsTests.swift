import Testing

@testable import Store

@Suite struct EditionsTests {
    @Test func `an edition is recorded when first answered, and known by its checksum from then on`() async throws {
        try await withStore { store in
            #expect(try store.knownEditions().isEmpty)
            try await store.begin("a1")
            try await store.begin("a2")
            #expect(try store.knownEditions() == [KnownEdition(questionnaire: "supply-chain", edition: "2026-11", checksum: "c1")])
        }
    }

    @Test func `an edition that changed after it was answered is refused with both checksums`() async throws {
        try await withStore { store in
            try await store.begin("a1")
            await #expect(throws: StoreError.editionChanged(old: "c1", new: "c2")) {
                try await store.begin(sample("a2", checksum: "c2"), session: alice, expires: noon.adding(days: 1), now: noon)
            }
            #expect(try store.held("a2") == nil)
            #expect(try store.knownEditions().map(\.checksum) == ["c1"])
        }
    }
}
