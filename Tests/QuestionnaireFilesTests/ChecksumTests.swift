import QuestionnaireFiles
import Testing

@Suite struct ChecksumTests {
    static let structure = "sample/questionnaire.yaml"

    private func checksum(_ sample: Sample) throws -> String {
        try #require(try sample.load().current("sample")).checksum
    }

    /// Stored with submissions: a new way to compute it would refuse every edition that was answered.
    @Test func `it stays what it is`() throws {
        let checksum = try checksum(Sample())
        #expect(checksum == "c3635adf22ff18c50ccb97f7c957fef28078c0e662e81099085ccc59d102ba0f")
    }

    @Test(arguments: [
        ("aspects: [practice]", "aspects:\n  - \"practice\"   # one"),
        ("id: sample\n", "# A comment\n\nid: 'sample'\n"),
        ("aspects: [practice]\nscale: {lowest: 1, highest: 3}", "scale: {highest: 3, lowest: 1}\naspects: [practice]"),
    ])
    func `comments, quotes and the order of keys do not matter`(old: String, new: String) throws {
        var sample = Sample()
        try sample.replace(old, with: new, in: Self.structure)
        #expect(try checksum(sample) == checksum(Sample()))
    }

    @Test(arguments: [
        (structure, "effort: small", "effort: large"), (structure, "[21.2.a, \"20\"]", "[\"20\", 21.2.a]"),
        (structure, "atMost: 10%", "atMost: 11%"), ("sample/fr.yaml", "Nobody can guess", "No one can guess"),
        ("sample/de.yaml", "why: Else nobody is.", "why: Else nobody is"),
    ])
    func `any text or structure does`(file: String, old: String, new: String) throws {
        var sample = Sample()
        try sample.replace(old, with: new, in: file)
        #expect(try checksum(sample) != checksum(Sample()))
    }

    @Test func `texts that change languages change it`() throws {
        var sample = Sample()
        (sample.files["sample/nl.yaml"], sample.files["sample/fr.yaml"]) =
            (sample.files["sample/fr.yaml"], sample.files["sample/nl.yaml"])
        #expect(try checksum(sample) != checksum(Sample()))
    }
}
