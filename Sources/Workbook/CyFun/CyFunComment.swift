import Assessment

/// What stands in a cell for comments: the note to a requirement, before it why it does not apply, and in a cell that several
/// requirements share, which each is for. What comes out of it again is what went in.
enum CyFunComment {
    /// Between the reason and the note.
    private static let gap = "\n\n"

    static func text(_ answer: Answer?, note: String?) -> String? {
        var parts = [note].compactMap { $0 }
        if case .notApplicable(let reason) = answer { parts.insert(reason, at: 0) }
        return parts.isEmpty ? nil : parts.joined(separator: gap)
    }

    /// Of a requirement that does not apply. The workbook asks for no reason; ours must have one.
    static func reasonAndNote(_ text: String) -> (reason: String, note: String) {
        let parts = text.split(separator: gap, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let reason = parts.first ?? ""
        return reason.allSatisfy(\.isWhitespace) ? ("N/A", parts.dropFirst().first ?? "") : (reason, parts.dropFirst().first ?? "")
    }

    /// - Parameter isShared: By requirements that have no comment, too.
    static func joined(_ texts: [(id: String, text: String)], isShared: Bool) -> String {
        texts.map { isShared ? "\($0.id): \($0.text)" : $0.text }.joined(separator: "\n")
    }

    /// By requirement, where each begins a line; `nil` for what nobody joined.
    static func parted(_ text: String, among ids: [String]) -> [String: String]? {
        var parts: [String: String] = [:]
        var last: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let id = ids.first(where: { line.hasPrefix("\($0): ") && parts[$0] == nil }) {
                parts[id] = String(line.dropFirst(id.count + 2))
                last = id
            } else {
                guard let last else { return nil }
                parts[last]? += "\n" + line
            }
        }
        return parts
    }
}
