/// What the database knows of a visitor with regard to one assessment. Whether that is enough for what she wants to do is
/// for the site's access rules to say.
public struct Standing: Sendable, Hashable {
    /// The browser began the assessment or opened it with its private link.
    public var holds = false
    /// The assessment belongs to an organisation.
    public var isAdopted = false
    /// Her role in that organisation, where she is signed in with everything that takes.
    public var role: MemberRole?
    /// Which sections links for contributors opened to the browser: each with the contribution's id.
    public var sections: [String: String] = [:]
    /// Who is signed in.
    public var account: String?

    public init(
        holds: Bool = false, isAdopted: Bool = false, role: MemberRole? = nil, sections: [String: String] = [:], account: String? = nil
    ) {
        self.holds = holds
        self.isAdopted = isAdopted
        self.role = role
        self.sections = sections
        self.account = account
    }

    /// Who wrote a field of one of these sections: an account, a contribution, or nobody that is known.
    func author(section: String?) -> String {
        if let account, holds || role != nil { return account }
        if holds { return "" }
        return section.flatMap { sections[$0] } ?? sections.values.min() ?? ""
    }
}

/// Decides by a standing. Asked again inside the transaction that writes, so that a right that ended meanwhile counts for nothing.
public typealias Permit = @Sendable (Standing) -> Bool
