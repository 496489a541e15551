import HTTPTypes
import Hummingbird
import QuestionnaireFiles

/// Which language a first visit gets: the browser's wish where we have it, else a page to choose (UX-32).
enum LanguageChoice {
    static func preferred(_ request: Request) -> Language? {
        request.headers[.acceptLanguage].flatMap(preferred)
    }

    /// Reads an `Accept-Language` value: highest weight first, order of appearance among equals.
    static func preferred(_ header: String) -> Language? {
        var best: (language: Language, weight: Double)?
        for item in header.split(separator: ",").prefix(20) {
            let parts = item.split(separator: ";").map { $0.filter { $0 != " " } }
            guard let range = parts.first, let primary = range.split(separator: "-").first,
                let language = Language(rawValue: primary.lowercased())
            else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            if weight > 0 && weight <= 1 && weight > best?.weight ?? 0 { best = (language, weight) }
        }
        return best?.language
    }
}
