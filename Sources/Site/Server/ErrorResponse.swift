import HTTPTypes
import Hummingbird
import Store

/// Turns whatever was thrown into a page that says what happened, what to do, and whether anything was saved (UX-17).
enum ErrorResponse {
    static func make(_ error: any Error, visit: Visit, route: String) -> Response {
        switch error {
        case let error as SiteError: return known(error, visit)
        case let error as FormFault: return ErrorPage(visit: visit, kind: kind(of: error)).response()
        case is PasswordPool.Busy: return ErrorPage(visit: visit, kind: .busy).response()
        case StoreError.ticketOver: return ErrorPage(visit: visit, kind: .ticketOver).response()
        case let error as StoreError:
            visit.site.log.event(.error, "store", at: visit.now, cause: "\(error)", id: visit.id, route: route)
            return ErrorPage(visit: visit, kind: .unavailable).response()
        default:
            visit.site.log.event(.error, "failure", at: visit.now, cause: "\(error)", id: visit.id, route: route)
            return ErrorPage(visit: visit, kind: .failure).response()
        }
    }

    private static func known(_ error: SiteError, _ visit: Visit) -> Response {
        switch error {
        case .notFound: return ErrorPage(visit: visit, kind: .notFound).response()
        case .wrongMethod(let allowed):
            var response = ErrorPage(visit: visit, kind: .wrongMethod).response()
            response.headers[.allow] = allowed.joined(separator: ", ")
            return response
        case .fileTooLarge: return ErrorPage(visit: visit, kind: .fileTooLarge).response()
        case .uploadsFull: return ErrorPage(visit: visit, kind: .uploadsFull).response()
        case .tooLarge: return ErrorPage(visit: visit, kind: .tooLarge).response()
        case .brokenBody: return ErrorPage(visit: visit, kind: .brokenBody).response()
        case .otherSite: return ErrorPage(visit: visit, kind: .otherSite).response()
        case .unknownAction: return ErrorPage(visit: visit, kind: .badForm).response()
        case .noCookie: return ErrorPage(visit: visit, kind: .noCookie).response()
        case .signInFirst(let form): return signInFirst(visit, form)
        case .secondStepFirst(let account, let form): return secondStepFirst(visit, account, form)
        case .roleTooLow: return ErrorPage(visit: visit, kind: .role).response()
        case .doneBefore(let place): return visit.redirect(to: visit.path(place))
        case .tooMany(let seconds): return ErrorPage(visit: visit, kind: .tooMany(seconds: seconds)).response()
        case .ticketOver: return ErrorPage(visit: visit, kind: .ticketOver).response()
        case .closed(let form): return KeptFormPage(visit: visit, form: form, isHeld: false).response()
        case .staleForm(let form): return KeptFormPage(visit: visit, form: form, isHeld: true).response()
        }
    }

    /// A page asked for leads to the sign-in and from there back; a form is kept on the page of the sign-in (UX-24).
    private static func signInFirst(_ visit: Visit, _ form: PostedForm?) -> Response {
        let kept = KeptForm(visit, form: form)
        guard form != nil else { return visit.redirect(to: visit.path("/sign-in?to=\(Base64URL.percentEncoded(kept.place))")) }
        return SignInPage(visit: visit, kept: kept).response(status: .forbidden)
    }

    /// What was typed goes along with the code, or through setting the second step up (UX-24).
    private static func secondStepFirst(_ visit: Visit, _ account: Account, _ form: PostedForm?) -> Response {
        guard let form else { return visit.redirect(to: visit.path("/sign-in/code")) }
        let kept = KeptForm(visit, form: form)
        guard account.totp == nil else { return CodePage(visit: visit, kept: kept).response(status: .forbidden) }
        do {
            return try SecondStepPage(visit, account, kept: kept).response(status: .forbidden)
        } catch {
            return make(error, visit: visit, route: "")
        }
    }

    private static func kind(of fault: FormFault) -> ErrorPage.Kind {
        switch fault {
        case .notAForm: .notAForm
        case .brokenText: .brokenText
        case .tooManyFields: .tooManyFields
        case .repeated, .unknown: .badForm
        }
    }
}
