/// One field of a form as it was last saved.
public struct StoredField: Sendable, Hashable {
    public let value: String
    /// 1 when first written, one more with each change.
    public let version: Int64
    /// The id of the form that wrote it.
    public let form: String
    public let changedAt: Timestamp
    /// Who wrote it: an account's or a contribution's id; empty for somebody with the private link.
    public let author: String
}

/// Fields whose names lie between two texts, in byte order.
public struct FieldSpan: Sendable, Hashable {
    public let first: String
    /// The first text that lies behind.
    public let end: String

    public init(from first: String, before end: String) {
        self.first = first
        self.end = end
    }
}

/// What one page needs of an assessment's fields: those of two spans that do not overlap.
public struct FieldSelection: Sendable, Hashable {
    public let one: FieldSpan
    public let other: FieldSpan

    public init(_ one: FieldSpan, _ other: FieldSpan = FieldSpan(from: "", before: "")) {
        self.one = one
        self.other = other
    }

    public static let all = FieldSelection(FieldSpan(from: "", before: "\u{10FFFF}"))
}

/// A field as a form sends it.
public struct FieldChange: Sendable, Hashable {
    public let name: String
    /// Empty when cleared.
    public let value: String
    /// The version that the form showed; 0 for none.
    public let base: Int64
    /// The value is the one that the form showed. Then it means something only where this form wrote another one since:
    /// the visitor went back and undid that.
    public let isAsShown: Bool

    public init(name: String, value: String, base: Int64, isAsShown: Bool = false) {
        self.name = name
        self.value = value
        self.base = base
        self.isAsShown = isAsShown
    }
}

/// A field that somebody else changed meanwhile (REL-15). `theirs` stays on disk.
public struct Conflict: Sendable, Hashable {
    public let name: String
    public let mine: String
    public let theirs: String
    public let theirsVersion: Int64
    public let changedAt: Timestamp

    public init(name: String, mine: String, theirs: String, theirsVersion: Int64, changedAt: Timestamp) {
        self.name = name
        self.mine = mine
        self.theirs = theirs
        self.theirsVersion = theirsVersion
        self.changedAt = changedAt
    }
}

/// What became of a save.
public struct SaveOutcome: Sendable, Hashable {
    /// The fields that now have the caller's value.
    public let saved: [String]
    public internal(set) var conflicts: [Conflict]
    public let revision: Int64
    /// The fields that the save looked at, as they are now.
    public let fields: [String: StoredField]

    /// With conflicts of an earlier save that are still open.
    public func with(_ open: [Conflict]) -> SaveOutcome {
        var outcome = self
        outcome.conflicts += open
        return outcome
    }
}
