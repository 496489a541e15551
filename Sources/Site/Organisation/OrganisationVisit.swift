import HTML
import Store

/// A visit to an organisation by a member who may do there what the route does.
struct OrganisationVisit {
    let signed: SignedVisit
    let organisation: Organisation
    let role: MemberRole

    init(_ signed: SignedVisit) throws(SiteError) {
        self.signed = signed
        (organisation, role) = try signed.organisation()
    }

    var id: String { organisation.id }
    var name: String { organisation.facts.name }
    var visit: Visit { signed.visit }
    var site: Site { signed.site }
    var words: Words { signed.words }

    func may(_ action: OrganisationAction) -> Bool { Access.allows(action, role) }

    /// Behind the language.
    func place(_ place: String = "") -> String { "/organisations/\(id)\(place)" }
    func path(_ place: String = "") -> String { signed.path(self.place(place)) }

    var back: TextLink { TextLink(words[.organisationBack], Link(path: path())) }
    var backToMembers: TextLink { TextLink(words[.memberTitle], Link(path: path("/members"))) }
}

extension MemberRole {
    var word: Word {
        switch self {
        case .owner: .memberOwner
        case .editor: .memberEditor
        case .reader: .memberReader
        }
    }

    /// What it allows, in a sentence.
    var explanation: Word {
        switch self {
        case .owner: .memberOwnerMay
        case .editor: .memberEditorMay
        case .reader: .memberReaderMay
        }
    }
}

extension HTML {
    mutating func roleChoice(_ words: Words, legend: String, error: String?, selected: String?) {
        choiceList(
            ChoiceList(
                id: "role", name: "role", legend: legend, error: error,
                choices: MemberRole.allCases.map {
                    ChoiceItem(value: $0.rawValue, label: words[$0.word], description: words[$0.explanation])
                }, selected: [selected].compactMap { $0 }))
    }
}
