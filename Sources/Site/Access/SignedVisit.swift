import HTTPTypes
import HummingbirdCore
import QuestionnaireFiles
import Store

/// A visit by somebody who signed in.
final class SignedVisit: Sendable {
    let visit: Visit
    let key: SessionKey
    let signed: SignedIn
    /// The posted form, already checked, where the request has one.
    let form: PostedForm?
    /// The organisation of the route and her role in it.
    private let place: (organisation: Organisation, role: MemberRole)?

    init(_ visit: Visit, rule: AccessRule) async throws {
        let form: PostedForm?
        do {
            form = visit.request.method == .post ? try await visit.form() : nil
        } catch SiteError.noCookie(let orphan) {
            throw SiteError.signInFirst(form: orphan)
        }
        let key = visit.secret.key
        guard let signed = try visit.signedIn() else {
            throw SiteError.signInFirst(form: form)
        }
        let place = try visit.parameters.get("organisation").flatMap {
            try visit.site.store.organisation($0, account: signed.account.id)
        }
        let viewer = Viewer(signIn: signed.isHalf ? .half : .whole, roles: signed.account.roles, memberRole: place?.role)
        switch Access.decide(rule, viewer) {
        case .allowed: break
        case .refused(.unknown): throw SiteError.notFound
        case .refused(.signIn): throw SiteError.signInFirst(form: form)
        case .refused(.secondStep): throw SiteError.secondStepFirst(signed.account, form: form)
        case .refused(.role), .refused(.done): throw SiteError.roleTooLow
        }
        self.visit = visit
        self.key = key
        self.signed = signed
        self.form = form
        self.place = place
    }

    /// The organisation of the route. Only routes of organisations have one.
    func organisation() throws(SiteError) -> (organisation: Organisation, role: MemberRole) {
        guard let place else { throw .notFound }
        return place
    }

    /// The posted form, with no other fields than these.
    func fields(_ allowed: Set<String>) throws -> PostedForm {
        guard let form else { throw SiteError.unknownAction }
        try Saving.refuseForeignFields(form, allowed: allowed)
        return form
    }

    var account: Account { signed.account }
    var actor: Actor { visit.actor(account: account.id) }
    var site: Site { visit.site }
    var words: Words { visit.words }
    var now: Timestamp { visit.now }
    func path(_ place: String) -> String { visit.path(place) }
}

extension Visit {
    /// Who is signed in with this browser, if only half.
    func signedIn() throws -> SignedIn? { isSecretNew ? nil : try site.store.signedIn(secret.key, now: now) }
}
