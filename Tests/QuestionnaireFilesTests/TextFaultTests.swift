import Testing

/// Faults of a language's wording.
@Suite struct TextFaultTests {
    static let file = "sample/nl.yaml"

    @Test(arguments: [
        Change(file, "    why: Nobody can guess them.\n", "", "27: question GOV-2 has no \"why\", which en.yaml has; add it"),
        Change(file, "title: Sample in Nederlands\n", "", "1: the file has no \"title\"; add it"),
        Change(file, "topics:\n  TEC-A: {title: Backups}\n", "", "1: the file has no \"topics\"; add it"),
        Change(file, "  standard: {title: Standard, summary: All of it.}\n", "", "3: level standard has no text; add it"),
        Change(file, "  TEC: {title: Technology, short: Technology, summary: What runs.}\n", "", "12: domain TEC has no text; add it"),
        Change(file, "aspects: {practice: Practice}", "aspects: {}", "6: aspect practice has no text; add it"),
        Change(file, "    hint: For example the owner.\n", "", "19: question GOV-1 has no \"hint\", which en.yaml has; add it"),
        Change(
            file, "title: Rules", "hint: Only here.\n    title: Rules",
            "sample/de.yaml:27: question GOV-2 has no \"hint\", which nl.yaml has; add it",
            "sample/en.yaml:27: question GOV-2 has no \"hint\", which nl.yaml has; add it",
            "sample/fr.yaml:27: question GOV-2 has no \"hint\", which nl.yaml has; add it"),
    ])
    func `a missing translation`(change: Change) throws { try change.check() }

    @Test(arguments: [
        Change(
            file, "    why: Nobody can guess them.\n", "    wy: Nobody can guess them.\n",
            "27: question GOV-2 has no \"why\", which en.yaml has; add it",
            "30: question GOV-2 has an unknown key \"wy\"; remove it or use one of title, ask, step, firstStep, hint, why, inPlace, evidence"
        ),
        Change(
            file, "  TEC-A: {title: Backups}", "  TEC-A: {title: Backups}\n  GOV: {title: Rules}",
            "18: topic GOV is not in questionnaire.yaml; remove it or correct its id"),
        Change(
            file, "    step: Write a page\n", "    step: Write a page\n    step: Again\n",
            "33: duplicate key \"step\", first on line 32; remove one of them"),
        Change(
            file, "    step: Write a page\n", "    step: [Write, a page]\n",
            "32: \"step\" of question GOV-2 must be text; write it on one line"),
        Change(
            file, "aspects: {practice: Practice}", "aspects: [Practice]",
            "6: the texts of each aspect must stand under its id; write them as \"id: …\""),
    ])
    func `the form of the file`(change: Change) throws { try change.check() }

    @Test(arguments: [
        Change(file, "summary: The least.", "summary: \"  \"", "4: \"summary\" of level starter is empty; write it"),
        Change(file, "practice: Practice", "practice: ", "6: the name of aspect practice is empty; write it"),
        Change(file, "why: Nobody can guess them.", "why: null", "30: \"why\" of question GOV-2 is empty; write it"),
        Change(
            file, "why: Nobody can guess them.", "why: \"Bell\\a\"",
            "30: \"why\" of question GOV-2 has the control character U+0007; remove it"),
        Change(
            file, "why: Nobody can guess them.", "why: \"\\u202Eesrever\"",
            "30: \"why\" of question GOV-2 has the control character U+202E; remove it"),
        Change(
            file, "why: Nobody can guess them.", "why: |\n      Two\n      lines",
            "30: \"why\" of question GOV-2 has the control character U+000A; write it on one line, or with >-"),
    ])
    func `empty text and control characters`(change: Change) throws { try change.check() }

    @Test(arguments: [
        ("title", 45), ("ask", 190), ("hint", 160), ("why", 260), ("inPlace", 300), ("step", 70), ("firstStep", 300),
    ])
    func `a text over its limit`(key: String, limit: Int) throws {
        let lines = ["title": 20, "ask": 21, "hint": 22, "why": 23, "inPlace": 24, "step": 25, "firstStep": 26]
        for (length, isTooLong) in [(limit, false), (limit + 1, true)] {
            var sample = Sample()
            let texts = try #require(sample.files[Self.file]).split(separator: "\n", omittingEmptySubsequences: false)
            let line = try #require(lines[key]) - 1
            let changed = texts.enumerated().map { index, text in
                index == line ? "    \(key): " + String(repeating: "é", count: length) : String(text)
            }
            sample.files[Self.file] = changed.joined(separator: "\n")
            let expected = "\(Self.file):\(line + 1): \"\(key)\" of question GOV-1 has \(length) characters; shorten it to \(limit)"
            #expect(sample.faults() == (isTooLong ? [expected] : []))
        }
    }

    @Test(arguments: [
        Change(file, "short: Governance", "short: Governance and so", "13: \"short\" of domain GOV has 17 characters; shorten it to 16"),
        Change(
            file, "title: Rules", "title: Are there rules?",
            "28: \"title\" of question GOV-2 has a question mark; write a name, not a question"),
        Change(
            file, "    - {name: Partly, meaning: Sometimes.}\n", "",
            "8: the scale of aspect practice has 2 steps for 3 scores; write one per score"),
        Change(file, "{name: Partly, meaning: Sometimes.}", "{name: Partly}", "10: step 2 of aspect practice has no \"meaning\"; add it"),
    ])
    func `short names, titles and steps`(change: Change) throws { try change.check() }
}
