/// Who may call a route. Every route names its rule when it is declared.
public enum AccessRule: String, Sendable, CaseIterable {
    case anyone
    /// A browser that began this assessment or opened it with its private link.
    case holder
}

/// The kinds of visitors that the access table is drawn up for.
public enum Viewer: String, Sendable, CaseIterable {
    case anonymous
    /// Holds another assessment, not this one.
    case holderOfAnother
    case holder
    /// Held it with a link or session that has ended.
    case withdrawn
}

extension AccessRule {
    public func allows(_ viewer: Viewer) -> Bool {
        switch self {
        case .anyone: true
        case .holder: viewer == .holder
        }
    }
}
