import QuestionnaireFiles
import Testing

@Suite struct WordingTests {
    static let keys = ["start.title", "start.time", "footer"]

    private func reports(_ changes: [String: String], keys: [String] = keys) -> [String] {
        let folder = TemporaryFolder()
        for name in ["en", "nl", "fr", "de"] {
            let text = changes[name] ?? "start:\n  title: \"Start: \(name)\"\n  time: About {minutes} minutes\nfooter: By {operator}\n"
            folder.write(Array(text.utf8), to: name + ".yaml")
        }
        return folder.reports { () throws(LoadFailure) in
            let wording = try Wording.load(folder: folder.path, keys: keys)
            #expect(wording.count == 4)
            #expect(wording[.fr] == ["start.title": "Start: fr", "start.time": "About {minutes} minutes", "footer": "By {operator}"])
        }
    }

    @Test func `maps are flattened to dotted keys`() { #expect(reports([:]) == []) }

    @Test func `every language has exactly the keys`() {
        #expect(
            reports(["nl": "start:\n  title: x\n  tme: About {minutes} minutes\n"]) == [
                "nl.yaml:1: \"footer\" is missing; add it",
                "nl.yaml:1: \"start.time\" is missing; add it",
                "nl.yaml:3: unknown key \"start.tme\"; remove it or correct it",
            ])
        #expect(reports(["nl": "footer: By {operator}\n\nstart:\n  title: x\n"]) == ["nl.yaml:3: \"start.time\" is missing; add it"])
        #expect(
            reports(["nl": "footer: By {operator}\nstart: x\n"]) == [
                "nl.yaml:1: \"start.time\" is missing; add it",
                "nl.yaml:1: \"start.title\" is missing; add it",
                "nl.yaml:2: unknown key \"start\"; remove it or correct it",
            ])
    }

    @Test func `duplicates, empty texts and other types`() {
        #expect(
            reports(["de": "start:\n  title: x\n  title: y\n  time: \"{minutes}\"\nstart.title: z\nfooter: \"{operator}\"\n"]) == [
                "de.yaml:3: duplicate key \"title\", first on line 2; remove one of them",
                "de.yaml:5: duplicate key \"start.title\", first on line 2; remove one of them",
            ])
        #expect(
            reports(["de": "start:\n  title: \"\"\n  time: [x]\nfooter: By {operator}\n"]) == [
                "de.yaml:1: \"start.time\" is missing; add it",
                "de.yaml:2: \"start.title\" is empty; write it",
                "de.yaml:3: \"start.time\" must be text, not a list; write it on one line",
            ])
        #expect(reports(["de": "hello"]).first == "de.yaml:1: \"footer\" is missing; add it")
    }

    @Test func `placeholders are the same in every language`() {
        #expect(
            reports(["fr": "start:\n  title: \"Start: fr\"\n  time: \"{minutos} minutes\"\nfooter: By {operator}\n"]) == [
                "fr.yaml:3: \"start.time\" lacks {minutes} and has {minutos}, unlike en.yaml; use the same placeholders"
            ])
        #expect(
            reports(["fr": "start:\n  title: \"Start: fr\"\n  time: \"{minutes}, {minutes}\"\nfooter: By {operator\n"]) == [
                "fr.yaml:4: \"footer\" has a brace that belongs to no placeholder; write it like {name}",
                "fr.yaml:4: \"footer\" lacks {operator}, unlike en.yaml; use the same placeholders",
            ])
    }

    @Test func `a language that is missing`() {
        let folder = TemporaryFolder()
        folder.write(Array("a: b".utf8), to: "en.yaml")
        let reports = folder.reports { () throws(LoadFailure) in _ = try Wording.load(folder: folder.path, keys: ["a"]) }
        #expect(reports == ["de", "fr", "nl"].map { "\($0).yaml:1: missing; add it" })
    }
}
