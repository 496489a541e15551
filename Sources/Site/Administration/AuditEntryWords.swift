import Store

extension AuditEntry {
    /// What was done, with the one more word that the row has.
    func words(_ words: Words) -> String {
        let what = AuditAction(rawValue: action)?.words(words) ?? action
        return detail.isEmpty ? what : words[.labelled, ["label": what, "value": Self.detail(detail, words)]]
    }

    /// Who did it, where that is nobody with an account: in words, or as it stands there.
    static func actor(_ id: String, _ words: Words) -> String {
        switch id {
        case Actor.visitor(address: "").id: words[.auditVisitor]
        case Actor.console.id: words[.auditConsole]
        case Actor.service.id: words[.auditService]
        default: id
        }
    }

    /// Roles, a proof or an outcome in words; a number as it is.
    private static func detail(_ text: String, _ words: Words) -> String {
        switch text {
        case "link kept": words[.auditLinkKept]
        case "link ended": words[.auditLinkEnded]
        default: text.split(separator: " ").map { word(String($0), words) }.joined(separator: ", ")
        }
    }

    private static func word(_ text: String, _ words: Words) -> String {
        InstallationRole(rawValue: text)?.words(words) ?? MemberRole(rawValue: text).map { words[$0.word] }
            ?? OrganisationProof(rawValue: text)?.words(words) ?? SignInRecord.Outcome(rawValue: text).map { words[$0.word] } ?? text
    }
}
