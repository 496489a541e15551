/// One thing that is wrong in a file, with what to do about it.
public struct Fault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Path of the file or folder, as reached from the folder that was loaded.
    public let file: String
    /// Counted from 1; 1 where the whole file is meant.
    public let line: Int
    public let message: String

    public init(file: String, line: Int, message: String) {
        self.file = file
        self.line = line
        self.message = message
    }

    public var description: String { "\(file):\(line): \(message)" }
}

/// Why files were refused: every fault, sorted by file and line.
public struct LoadFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let faults: [Fault]

    init(_ faults: [Fault]) {
        self.faults = faults.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
    }

    public var description: String { faults.map(\.description).joined(separator: "\n") }
}
