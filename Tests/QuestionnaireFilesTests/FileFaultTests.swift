import Foundation
import QuestionnaireFiles
import Testing

/// Files that cannot be taken as they are.
@Suite struct FileFaultTests {
    static let file = "sample/nl.yaml"

    @Test(arguments: [
        Change(
            file, "title: Sample in Nederlands", "title: \"Sample",
            "2: invalid YAML: did not find expected key; correct it (text with \": \" or a symbol in front needs quotes)"),
        Change(
            file, "summary: The least.", "summary: The least: this.",
            "4: invalid YAML: did not find expected ',' or '}'; correct it (text with \": \" or a symbol in front needs quotes)"),
        Change(
            file, "why: Nobody can guess them.", "why: &a Nobody",
            "30: anchors (&) are not allowed; write the text out, or put it in quotes"),
        Change(
            file, "why: Nobody can guess them.", "why: *a",
            "30: aliases (*) are not allowed; write the text out, or put it in quotes"),
        Change(
            file, "why: Nobody can guess them.", "why: !!binary aGk=",
            "30: tags (!) are not allowed; remove it, or put the text in quotes"),
        Change(file, "why: Nobody can guess them.", "why: \u{7}", "30: control character U+0007; remove it"),
        Change(file, "why: Nobody can guess them.", "why: a\u{2028}b", "30: control character U+2028; remove it"),
        Change(file, "why: Nobody can guess them.", "why: a\rb", "30: control character U+000D; remove it"),
        Change(file, "why: Nobody can guess them.", "? [a]\n    : b", "30: a key must be text; write \"key: value\""),
        Change(file, "title: Sample", "---\na: b\n---\ntitle: Sample", "3: a second document begins; keep one per file"),
        Change(
            file, "why: Nobody can guess them.", "why: " + String(repeating: "[", count: 40) + String(repeating: "]", count: 40),
            "30: nested deeper than 32 levels; flatten it"),
    ])
    func `YAML that is refused`(change: Change) throws { try change.check() }

    @Test func `CR LF line ends and a byte order mark are fine`() throws {
        var sample = Sample()
        let text = try #require(sample.files[Self.file])
        sample.files[Self.file] = "\u{FEFF}" + text.replacing("\n", with: "\r\n")
        #expect(sample.faults() == [])
    }

    @Test func `an alias bomb is refused before it goes off`() {
        var sample = Sample()
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            bomb += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        sample.files[Self.file] = bomb
        let elapsed = ContinuousClock().measure {
            #expect(sample.faults() == ["sample/nl.yaml:1: anchors (&) are not allowed; write the text out, or put it in quotes"])
        }
        #expect(elapsed < .seconds(1))
    }

    @Test func `more entries than memory should hold`() {
        var sample = Sample()
        sample.files[Self.file] = String(repeating: "-\n", count: 200_000)
        #expect(sample.faults() == ["sample/nl.yaml:100000: the file has more than 100000 entries; split it"])
    }

    @Test func `deep nesting in four megabytes`() {
        var sample = Sample()
        sample.files[Self.file] = String(repeating: "[", count: 4_000_000)
        #expect(sample.faults() == ["sample/nl.yaml:1: nested deeper than 32 levels; flatten it"])
        sample.files[Self.file] = String(repeating: "- ", count: 2_000_000)
        #expect(sample.faults() == ["sample/nl.yaml:1: nested deeper than 32 levels; flatten it"])
    }

    @Test func `a file over 4 MiB`() {
        var sample = Sample()
        sample.files[Self.file] = String(repeating: "#", count: (4 << 20) + 1)
        #expect(sample.faults() == ["sample/nl.yaml:1: the file is over 4 MiB; make it smaller"])
    }

    @Test(arguments: ["", "\u{FEFF}", "# only a comment\n"])
    func `an empty file`(text: String) {
        var sample = Sample()
        sample.files[Self.file] = text
        #expect(sample.faults() == ["sample/nl.yaml:1: the file is empty; fill it or remove it"])
    }

    @Test func `broken UTF-8`() {
        let folder = TemporaryFolder()
        for (path, text) in Sample().files { folder.write(Array(text.utf8), to: path) }
        folder.write(Array("title: x\nsummary: ".utf8) + [0xC3, 0x28], to: Self.file)
        #expect(folder.faults() == ["sample/nl.yaml:2: broken UTF-8; save the file as UTF-8"])
    }

    @Test func `missing and unknown files`() {
        var sample = Sample()
        sample.files[Self.file] = nil
        sample.files["sample/nl.yml"] = "title: x"
        sample.files["sample/README.md"] = "Notes"
        sample.files["classifications/nis2.yaml"] = nil
        #expect(
            sample.faults() == [
                "classifications/nis2.yaml:1: missing; add it",
                "sample/nl.yaml:1: missing; add it",
                "sample/nl.yml:1: unknown file; remove it or use one of questionnaire.yaml, en.yaml, nl.yaml, fr.yaml, de.yaml",
            ])
    }

    @Test func `folders without files`() throws {
        var sample = Sample()
        sample.files = sample.files.filter { $0.key.hasPrefix("classifications") }
        sample.files["other/README.md"] = "Notes"
        #expect(sample.faults() == ["other:1: the folder has no questionnaire.yaml; add it, or remove the folder"])
        sample.files["other/README.md"] = nil
        #expect(sample.faults() == [":1: the folder has no questionnaire; add one"])
        sample.files = Sample().files.filter { $0.key.hasPrefix("sample") }
        #expect(sample.faults() == ["classifications:1: missing; add it"])
    }

    @Test func `no such folder`() {
        let folder = TemporaryFolder()
        let reports = folder.reports { () throws(LoadFailure) in _ = try Catalogue.load(folder: folder.path + "/none") }
        #expect(reports == ["none:1: there is no such folder; give the path of one"])
    }

    @Test func `what is no file`() throws {
        let folder = TemporaryFolder()
        for (path, text) in Sample().files where path != Self.file { folder.write(Array(text.utf8), to: path) }
        try FileManager.default.createDirectory(atPath: folder.path + "/" + Self.file, withIntermediateDirectories: true)
        #expect(folder.faults() == ["sample/nl.yaml:1: this is no file; replace it by one"])
        try FileManager.default.removeItem(atPath: folder.path + "/" + Self.file)
        try #require(mkfifo(folder.path + "/" + Self.file, 0o600) == 0)
        #expect(folder.faults() == ["sample/nl.yaml:1: this is no file; replace it by one"])
    }

    @Test func `links stay within the folder`() throws {
        let (folder, elsewhere) = (TemporaryFolder(), TemporaryFolder())
        for (path, text) in Sample().files where path != Self.file { folder.write(Array(text.utf8), to: path) }
        elsewhere.write(Array(Sample.texts.utf8), to: "nl.yaml")
        func link(_ name: String, to target: String) throws {
            try? FileManager.default.removeItem(atPath: folder.path + "/" + name)
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
        }
        try link(Self.file, to: elsewhere.path + "/nl.yaml")
        #expect(folder.faults() == ["sample/nl.yaml:1: a link out of the folder; put the file itself here"])
        try link(Self.file, to: "/dev/zero")
        #expect(folder.faults() == ["sample/nl.yaml:1: a link out of the folder; put the file itself here"])
        try link(Self.file, to: "en.yaml")
        #expect(folder.faults() == [])
        try link(Self.file, to: "nl.yaml")
        #expect(folder.faults() == ["sample/nl.yaml:1: cannot be read (Too many levels of symbolic links); correct that"])
        try link(Self.file, to: "en.yaml")
        try link("other", to: elsewhere.path)
        #expect(folder.faults() == ["other:1: a link out of the folder; put the file itself here"])
        try link("other", to: "nowhere")
        #expect(folder.faults() == [])
    }

    @Test(.disabled(if: geteuid() == 0, "root reads everything"))
    func `a file without permission`() throws {
        let folder = TemporaryFolder()
        for (path, text) in Sample().files { folder.write(Array(text.utf8), to: path) }
        try #require(chmod(folder.path + "/" + Self.file, 0) == 0)
        #expect(folder.faults() == ["sample/nl.yaml:1: cannot be read (Permission denied); correct that"])
    }
}
