import Store

/// Who asks, as far as rules need to know.
struct Viewer: Sendable, Hashable {
    enum SignIn: String, Sendable, Hashable, CaseIterable {
        case none
        /// The second step is still to come.
        case half
        case whole
    }

    var signIn = SignIn.none
    var roles: Set<InstallationRole> = []
    /// With regard to the assessment of the route; `nil` where the session is over or there is no such assessment.
    var standing: Standing?
    /// The section of the route.
    var section: String?
    /// In the organisation of the route.
    var memberRole: MemberRole?
}

/// Who may do what: pure functions, and the only place that decides it.
enum Access {
    static func decide(_ rule: AccessRule, _ viewer: Viewer) -> Decision {
        switch rule {
        case .anyone: return .allowed
        case .assessment(let action): return decide(action, viewer)
        case .halfSignedIn: return viewer.signIn == .none ? .refused(.signIn) : .allowed
        case .signedIn: return signedIn(viewer)
        case .organisation(let action):
            guard signedIn(viewer) == .allowed else { return signedIn(viewer) }
            guard let role = viewer.memberRole else { return .refused(.unknown) }
            return allows(action, role) ? .allowed : .refused(.role)
        case .role(let role):
            guard signedIn(viewer) == .allowed else { return signedIn(viewer) }
            // What staff can do is nobody else's to know.
            return viewer.roles.contains(role) ? .allowed : .refused(.unknown)
        }
    }

    static func allows(_ action: OrganisationAction, _ role: MemberRole) -> Bool {
        switch action {
        case .see: true
        case .contribute: role != .reader
        case .manage: role == .owner
        }
    }

    private static func signedIn(_ viewer: Viewer) -> Decision {
        switch viewer.signIn {
        case .none: .refused(.signIn)
        case .half: .refused(.secondStep)
        case .whole: .allowed
        }
    }

    private static func decide(_ action: AssessmentAction, _ viewer: Viewer) -> Decision {
        guard let standing = viewer.standing else { return .refused(.unknown) }
        let isKnown = standing.holds || standing.role != nil
        // Who has the private link of an adopted assessment can answer like an editor; it is the organisation's now.
        let canEdit = standing.holds || standing.role == .owner || standing.role == .editor
        let canManage = standing.role == .owner || standing.holds && !standing.isAdopted
        switch action {
        case .enter: return isKnown || !standing.sections.isEmpty ? .allowed : .refused(.unknown)
        case .answer:
            if canEdit { return .allowed }
            if let section = viewer.section, standing.sections[section] != nil { return .allowed }
            return .refused(isKnown ? .role : .unknown)
        case .see: return isKnown ? .allowed : .refused(.unknown)
        case .edit, .confirm, .ask: return canEdit ? .allowed : .refused(isKnown ? .role : .unknown)
        case .manage: return canManage ? .allowed : .refused(isKnown ? .role : .unknown)
        case .adopt:
            guard isKnown else { return .refused(.unknown) }
            guard !standing.isAdopted else { return .refused(.done) }
            return standing.account == nil ? .refused(.signIn) : .allowed
        }
    }
}

extension AssessmentAction {
    /// The same decision for the store, which asks again inside the transaction that writes.
    func permit(section: String? = nil) -> Permit {
        { standing in Access.decide(.assessment(self), Viewer(standing: standing, section: section)) == .allowed }
    }
}

extension OrganisationAction {
    var permit: MemberPermit { { role in Access.allows(self, role) } }
}
