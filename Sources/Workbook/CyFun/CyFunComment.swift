import Assessment

/// What stands in a cell for comments: the note to a requirement, before it why it does not apply, and in a cell that several
/// requirements share, which each is for. What comes out of it again is what went in.
enum CyFunComment {
    /// Between the reason and the note.
    private static let gap = "\n\n"

    static func text(_ answer: Answer?, note: String?) -> String? {
        let parts = [answer?.reason, note].compactMap { $0 }
        return parts.isEmpty ? nil : parts.joined(separator: gap)
    }

    /// Of a requirement that does not apply. The workbook asks for no reason; ours must have one.
    static func reasonAndNote(_ text: String) -> (reason: String, note: String) {
        let parts = text.split(separator: gap, maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // It is one line in our forms.
        let reason = (parts.first ?? "").split(whereSeparator: \.isNewline).joined(separator: " ")
        return reason.allSatisfy(\.isWhitespace) ? ("N/A", parts.dropFirst().first ?? "") : (reason, parts.dropFirst().first ?? "")
    }

    /// - Parameter ids: Of all requirements that share the cell, also those without a comment.
    static func joined(_ texts: [(id: String, text: String)], among ids: [String]) -> String {
        guard ids.count > 1 else { return texts.map(\.text).joined() }
        return texts.map { id, text in
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            // A later line that looks like the beginning of a comment is told from one by a mark.
            return "\(id): "
                + (lines.prefix(1) + lines.dropFirst().map { begins($0.drop { $0 == mark }, among: ids) == nil ? $0 : "\(mark)\($0)" })
                .joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static let mark: Character = ">"

    private static func begins(_ line: Substring, among ids: [String]) -> String? { ids.first { line.hasPrefix("\($0): ") } }

    /// By requirement, where each begins a line; `nil` for what nobody joined.
    static func parted(_ text: String, among ids: [String]) -> [String: String]? {
        var parts: [String: String] = [:]
        var last: String?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let id = begins(line, among: ids), parts[id] == nil {
                parts[id] = String(line.dropFirst(id.count + 2))
                last = id
            } else {
                guard let last else { return nil }
                let isMarked = line.first == mark && begins(line.drop { $0 == mark }, among: ids) != nil
                parts[last]? += "\n" + (isMarked ? line.dropFirst() : line)
            }
        }
        return parts
    }
}
