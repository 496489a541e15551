import HTML
import Hummingbird
import Store

/// When the database cannot take a save: the operator gets a line with the cause, the visitor the same page again
/// with everything typed still in it, and the truth (REL-12).
enum NotSaved {
    static func response(_ error: StoreError, held: HeldVisit, page: () -> Response) -> Response {
        held.site.log.event(.error, "notSaved", at: held.now, cause: "\(error)", id: held.visit.id)
        var response = page()
        response.headers[.retryAfter] = "30"
        return response
    }
}

extension HTML {
    mutating func notSaved(_ words: Words) {
        notice(Notice(.warning, title: words[.notSavedTitle], text: words[.notSavedText]))
    }
}
