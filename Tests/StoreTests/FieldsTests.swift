import Testing

@testable import Store

@Suite struct FieldsTests {
    @Test func `REL-15 a field that nobody else touched is written, and versions and revision count up`() async throws {
        try await withStore { store in
            try await store.begin()
            let first = try await store.save("f", "1", base: 0, form: "one")
            #expect(first.saved == ["f"] && first.conflicts.isEmpty && first.revision == 1)
            #expect(first.fields == ["f": StoredField(value: "1", version: 1, form: "one", changedAt: noon, author: "")])
            let second = try await store.save("f", "2", base: 1, form: "two")
            #expect(second.revision == 2 && second.fields["f"]?.version == 2)
            #expect(try store.held()?.fields == second.fields)
        }
    }

    @Test func `REL-15 a field changed by two shows both, and theirs stays`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "theirs", form: "one")
            let mine = try await store.save(
                [FieldChange(name: "f", value: "mine", base: 0), FieldChange(name: "g", value: "untouched", base: 0)],
                form: "two", assessment: "a1", session: alice, now: noon.after(minutes: 1))
            #expect(mine.saved == ["g"] && mine.revision == 2)
            #expect(
                mine.conflicts == [Conflict(name: "f", mine: "mine", theirs: "theirs", theirsVersion: 1, changedAt: noon)])
            #expect(mine.fields["f"]?.value == "theirs")
        }
    }

    @Test func `REL-15 a conflict is settled by saving on top of theirs`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "theirs", form: "one")
            let conflict = try #require(try await store.save("f", "mine", form: "two").conflicts.first)
            let settled = try await store.save("f", "mine", base: conflict.theirsVersion, form: "three")
            #expect(settled.conflicts.isEmpty && settled.fields["f"]?.value == "mine" && settled.fields["f"]?.version == 2)
        }
    }

    @Test func `a page reads the fields of its spans only, and a save within them is the same save`() async throws {
        try await withStore { store in
            let names = ["GOV-1.note", "GOV-1.practice", "GOV-10.note", "GOV-2.practice", "GOW.note", "firm.level", "firm/", "firm."]
            try await store.begin(
                sample(fields: Dictionary(uniqueKeysWithValues: names.map { ($0, "x") })), session: alice, expires: noon.adding(days: 1),
                now: noon)
            let (section, facts) = (FieldSpan(from: "GOV-1.", before: "GOV-2/"), FieldSpan(from: "firm.", before: "firm/"))
            let read = { try store.assessment("a1", session: alice, now: noon, fields: $0)?.fields.keys.sorted() }
            let both = ["GOV-1.note", "GOV-1.practice", "GOV-10.note", "GOV-2.practice", "firm.", "firm.level"]
            #expect(try read(FieldSelection(section, facts)) == both)
            #expect(try read(FieldSelection(facts, section)) == both)
            #expect(try read(FieldSelection(FieldSpan(from: "x", before: "y"))) == [])
            #expect(try read(.all) == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
            #expect(try store.assessment("a1", session: bob, now: noon, fields: FieldSelection(facts, section))?.standing.holds != true)
            let save = { (value: String, base: Int64) in
                try await store.save(
                    [FieldChange(name: "GOV-1.note", value: value, base: base)], form: value, assessment: "a1",
                    selection: FieldSelection(section, facts), session: alice,
                    now: noon)
            }
            #expect(try await save("y", 1).fields["GOV-1.note"]?.version == 2)
            #expect(try await save("z", 1).conflicts.map(\.theirs) == ["y"])
        }
    }

    @Test func `REL-13 a double click, and Back with another answer, are the same form and no conflict`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "1", form: "one")
            let again = try await store.save("f", "1", form: "one")
            #expect(again.saved == ["f"] && again.revision == 1 && again.fields["f"]?.version == 1)
            let back = try await store.save("f", "2", form: "one")
            #expect(back.conflicts.isEmpty && back.fields["f"]?.version == 2)
        }
    }

    @Test func `REL-13 going back and undoing is a change of the same form; a value left as shown is none`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "3", form: "zero")
            try await store.save("f", "4", base: 1, form: "one")
            let asShown = [FieldChange(name: "f", value: "3", base: 1, isAsShown: true)]
            let undone = try await store.save(asShown, form: "one", assessment: "a1", session: alice, now: noon)
            #expect(undone.saved == ["f"] && undone.fields["f"]?.value == "3" && undone.fields["f"]?.version == 3)
            try await store.save("f", "5", base: 3, form: "theirs")
            let other = try await store.save(asShown, form: "one", assessment: "a1", session: alice, now: noon)
            #expect(other.conflicts.isEmpty && other.saved.isEmpty && other.fields["f"]?.value == "5")
        }
    }

    @Test func `REL-15 a form is not the same once somebody else wrote in between`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "1", form: "one")
            try await store.save("f", "2", base: 1, form: "two")
            let late = try await store.save("f", "1", form: "one")
            #expect(late.conflicts.map(\.theirs) == ["2"] && late.saved.isEmpty && late.revision == 2)
        }
    }

    @Test func `a form without an id never counts as the same form`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "1", form: "")
            #expect(try await store.save("f", "2", form: "").conflicts.count == 1)
        }
    }

    @Test func `two who type the same agree`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "same", form: "one")
            let second = try await store.save("f", "same", form: "two")
            #expect(second.saved == ["f"] && second.conflicts.isEmpty && second.revision == 1)
        }
    }

    @Test func `a cleared field keeps counting, and clearing what never was writes nothing`() async throws {
        try await withStore { store in
            try await store.begin()
            #expect(try await store.save("f", "", form: "one").fields.isEmpty)
            try await store.save("f", "1", form: "one")
            let cleared = try await store.save("f", "", base: 1, form: "two")
            #expect(cleared.fields["f"]?.value == "" && cleared.fields["f"]?.version == 2)
            #expect(try await store.save("f", "again", base: 1, form: "three").conflicts.map(\.theirs) == [""])
        }
    }

    @Test func `text comes back byte for byte: é is not e with an accent`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "\u{E9}", form: "one")
            let second = try await store.save("f", "e\u{301}", base: 1, form: "two")
            #expect(second.revision == 2)
            let stored = try #require(try store.held()?.fields["f"]?.value)
            #expect(stored.utf8.elementsEqual("e\u{301}".utf8))
            for (index, text) in ["a\u{0}b", "\r\n", String(repeating: "\u{1F469}\u{200D}\u{1F469}", count: 1_000), "'\"<>&"].enumerated() {
                try await store.save("t\(index)", text, form: "one")
                #expect(try store.held()?.fields["t\(index)"]?.value.utf8.elementsEqual(text.utf8) == true)
            }
        }
    }

    @Test func `a save of nothing changes nothing and tells all fields`() async throws {
        try await withStore { store in
            try await store.begin()
            try await store.save("f", "1", form: "one")
            let outcome = try await store.save([], form: "two", assessment: "a1", session: alice, now: noon)
            #expect(outcome.saved.isEmpty && outcome.revision == 1 && outcome.fields.count == 1)
        }
    }
}
