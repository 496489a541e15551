import Foundation
import QuestionnaireFiles
import Testing

@testable import Site

@Suite struct PseudoLocaleTests {
    /// A copy of `Web` whose every text stands between ⟦ and ⟧.
    private func pseudoWeb() throws -> String {
        let folder = NSTemporaryDirectory() + "linchpin-pseudo-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: "\(TestSite.projectFolder)/Web", toPath: folder)
        for (language, words) in try Words.load(folder: "\(TestSite.projectFolder)/Web/Text") {
            var lines: [String] = []
            var group = ""
            for word in Word.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
                let path = word.rawValue.split(separator: ".").map(String.init)
                var text = JSONText()
                text.array { $0.element("⟦\(words[word])⟧") }
                let value = text.text.dropFirst().dropLast()
                if path.count == 2, path[0] != group { lines.append("\"\(path[0])\":") }
                group = path.count == 2 ? path[0] : ""
                lines.append("\(path.count == 2 ? "  " : "")\"\(path.last ?? "")\": \(value)")
            }
            try lines.joined(separator: "\n").write(toFile: "\(folder)/Text/\(language.rawValue).yaml", atomically: true, encoding: .utf8)
        }
        return folder
    }

    /// Every text that comes from the questionnaire or the classifications in English.
    private func contents() throws -> Set<String> {
        let catalogue = try TestSite.catalogue.get()
        var all: Set<String> = ["Test Coalition", "help@test.example", "https://test.example"]
        for questionnaire in catalogue.questionnaires {
            let text = questionnaire.text(.en)
            all.formUnion([text.title, text.summary])
            for level in text.levels.values { all.formUnion([level.title, level.summary]) }
            for step in text.scale.values.joined() { all.formUnion([step.name, step.meaning]) }
            for domain in text.domains.values { all.formUnion([domain.title, domain.short, domain.summary]) }
            for question in text.questions.values {
                all.formUnion([
                    question.title, question.ask, question.hint ?? "", question.why, question.inPlace, question.step, question.firstStep,
                ])
            }
        }
        let classes = catalogue.classifications
        for section in classes.sectors {
            all.insert("\(section.id) \(section.names[.en] ?? "")")
            for division in section.divisions { all.formUnion([division.names[.en] ?? "", "\(division.id) \(division.names[.en] ?? "")"]) }
        }
        all.formUnion(classes.sizes.compactMap { $0.names[.en] } + classes.regions.flatMap(\.parts).compactMap { $0.names[.en] })
        all.formUnion(Language.allCases.map(\.ownName))
        return all
    }

    @Test func `UX-31: no page shows a text that is not in the catalogue`() async throws {
        let web = try pseudoWeb()
        defer { try? FileManager.default.removeItem(atPath: web) }
        let browser = Browser(try TestSite { $0.webFolder = web })
        let (path, submission) = try await browser.finish()
        let contents = try contents()
        var pages = ["/en", "/en/help", "/en/open", "/en/deleted", "/en/none"]
        pages += ["", "/facts", "/link", "/check", "/deletion", "/sections/GOV", "/sections/GOV?one=1", "?saved=later"].map { path + $0 }
        pages += ["", "/confirmation", "/plan", "/why", "/answers"].map { submission + $0 }
        for page in pages {
            // A text in brackets may hold others in its placeholders; take whole bracketed texts out, innermost first.
            var text = try await browser.get(page).body.replacing(/<svg.*?<\/svg>/.dotMatchesNewlines(), with: "")
            while let range = text.firstRange(of: /⟦[^⟦⟧]*⟧/) { text.removeSubrange(range) }
            for node in text.replacing(/<[^>]*>/, with: "\u{1}").split(separator: "\u{1}").map({
                unescaped(String($0)).trimmingCharacters(in: .whitespaces)
            }) {
                guard node.contains(where: \.isLetter), !contents.contains(node) else { continue }
                let parts = node.components(separatedBy: " · ").flatMap { $0.components(separatedBy: " – ") }
                let isMade = parts.allSatisfy { part in
                    let whole = part.trimmingCharacters(in: .whitespaces)
                    let part = whole.trimmingCharacters(in: CharacterSet(charactersIn: " .–0123456789"))
                    return part.isEmpty || contents.contains(whole) || contents.contains(part) || contents.contains(part + ".")
                        || part.contains("GV.") || part.contains("A.")
                        || whole.wholeMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}/) != nil || !part.contains(where: \.isLetter)
                        || Self.isReference(part)
                }
                #expect(isMade, "\(page): \(node)")
            }
        }
    }

    /// A line of framework ids.
    private static func isReference(_ text: String) -> Bool { text.contains(/\d|[A-Z]{2}\.[A-Z]{2}/) && text.contains(/[A-Z]/) }

    private func unescaped(_ text: String) -> String {
        text.replacing("&#34;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
            .replacing("&amp;", with: "&")
    }
}
