import Store

extension InstallationRole {
    func words(_ words: Words) -> String {
        switch self {
        case .administrator: words[.administrationAdministrator]
        case .analyst: words[.administrationAnalyst]
        case .buyer: words[.administrationBuyer]
        }
    }
}

extension OrganisationProof {
    func words(_ words: Words) -> String {
        switch self {
        case .selfDeclared: words[.adminFirmsProofSelf]
        case .staff: words[.adminFirmsProofStaff]
        case .mail: words[.adminFirmsProofMail]
        }
    }
}

extension Account {
    /// What she may do in the installation, or nothing.
    func roles(_ words: Words) -> String {
        InstallationRole.allCases.filter(roles.contains).map { $0.words(words) }.joined(separator: ", ")
    }

    /// Whether she can sign in.
    func state(_ words: Words) -> String {
        words[disabledAt != nil ? .adminAccountsDisabled : password == nil ? .adminAccountsNoPassword : .adminAccountsActive]
    }
}
