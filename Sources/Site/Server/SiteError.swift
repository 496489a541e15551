import QuestionnaireFiles
import Store

/// Why a request got no page of its own. Each becomes an error page in the visitor's language.
enum SiteError: Error {
    case notFound
    /// The path exists, not for this method.
    case wrongMethod(allowed: [String])
    case tooLarge
    /// A file over the limit.
    case fileTooLarge
    /// As many files are in memory as may be.
    case uploadsFull
    /// The connection ended within the form.
    case brokenBody
    /// The browser says that another site made it send this form.
    case otherSite
    /// A form came without our cookie: cookies are off, or the session ended.
    case noCookie(PostedForm)
    /// A form carries the proof of another session.
    case staleForm(PostedForm)
    /// This browser has not opened the assessment, or there is none: no difference is shown.
    case closed(form: PostedForm?)
    /// The action makes no sense for this form.
    case unknownAction
    /// Nobody is signed in, or the session is over.
    case signInFirst(form: PostedForm?)
    /// The second step is still to come, or to be set up.
    case secondStepFirst(Account, form: PostedForm?)
    /// Her role is not enough for this.
    case roleTooLow
    /// What can be done once was done before, by her or somebody else; the page that shows it.
    case doneBefore(place: String)
    /// Too many attempts; how many seconds to wait.
    case tooMany(seconds: Int64)
    /// A link that worked once, or never.
    case ticketOver
}
