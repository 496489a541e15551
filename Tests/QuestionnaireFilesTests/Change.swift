import Testing

/// One change to the sample folder, and exactly what is reported for it.
struct Change: Sendable, CustomTestStringConvertible {
    let file: String
    let old: String
    let new: String
    let expected: [String]

    /// - Parameter expected: without the file's name where it is the file that was changed.
    init(_ file: String, _ old: String, _ new: String, _ expected: String...) {
        self.file = file
        self.old = old
        self.new = new
        self.expected = expected.map { $0.first?.isNumber == true ? "\(file):\($0)" : $0 }
    }

    var testDescription: String { expected.first ?? "\(old) → \(new)" }

    /// - Parameter part: where the change also puts other files at fault, the one that is meant.
    func check(only part: String = "") throws {
        var sample = Sample()
        try sample.replace(old, with: new, in: file)
        let expected = expected.filter { $0.hasPrefix(part) }
        #expect(sample.faults().filter { $0.hasPrefix(part) } == expected)
    }
}
