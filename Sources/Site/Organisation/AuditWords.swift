import Store

extension AuditAction {
    /// What was done, in words.
    func words(_ words: Words) -> String { words[word] }

    private var word: Word {
        switch self {
        case .accountMade: .auditAccountMade
        case .accountDisabled: .auditAccountDisabled
        case .accountEnabled: .auditAccountEnabled
        case .accountErased: .auditAccountErased
        case .accountExported: .auditAccountExported
        case .accountReset: .auditAccountReset
        case .emailChanged: .auditEmailChanged
        case .passwordChanged: .auditPasswordChanged
        case .secondStepOn: .auditSecondStepOn
        case .secondStepOff: .auditSecondStepOff
        case .recoveryCodesMade: .auditRecoveryCodesMade
        case .recoveryCodeUsed: .auditRecoveryCodeUsed
        case .roleGiven: .auditRoleGiven
        case .roleTaken: .auditRoleTaken
        case .signedIn: .auditSignedIn
        case .signedOut: .auditSignedOut
        case .sessionEnded: .auditSessionEnded
        case .organisationMade: .auditOrganisationMade
        case .organisationChanged: .auditOrganisationChanged
        case .organisationErased: .auditOrganisationErased
        case .organisationExported: .auditOrganisationExported
        case .proofChanged: .auditProofChanged
        case .buyerAdmitted: .auditBuyerAdmitted
        case .buyerDismissed: .auditBuyerDismissed
        case .memberInvited: .auditMemberInvited
        case .invitationWithdrawn: .auditInvitationWithdrawn
        case .memberJoined: .auditMemberJoined
        case .memberRoleChanged: .auditMemberRoleChanged
        case .memberLeft: .auditMemberLeft
        case .assessmentBegun: .auditAssessmentBegun
        case .assessmentAdopted: .auditAssessmentAdopted
        case .assessmentErased: .auditAssessmentErased
        case .assessmentConfirmed: .auditAssessmentConfirmed
        case .resultSeen: .auditResultSeen
        case .linkMade: .auditLinkMade
        case .linkOpened: .auditLinkOpened
        case .linkWithdrawn: .auditLinkWithdrawn
        case .contributorInvited: .auditContributorInvited
        case .contributorOpened: .auditContributorOpened
        case .contributorWithdrawn: .auditContributorWithdrawn
        }
    }
}

extension AuditEntry {
    /// What was done, in words; as it is stored where a newer version of this program wrote it.
    func did(_ words: Words) -> String { AuditAction(rawValue: action)?.words(words) ?? action }

    /// The one more word of a row, where it says something to people.
    func remark(_ words: Words) -> String {
        switch AuditAction(rawValue: action) {
        case .memberInvited, .memberJoined, .memberRoleChanged: MemberRole(rawValue: detail).map { words[$0.word] } ?? ""
        case .proofChanged:
            switch OrganisationProof(rawValue: detail) {
            case .selfDeclared: words[.trailProofSelf]
            case .staff: words[.trailProofStaff]
            case .mail: words[.trailProofMail]
            case nil: ""
            }
        case .assessmentConfirmed: detail
        default: ""
        }
    }
}
