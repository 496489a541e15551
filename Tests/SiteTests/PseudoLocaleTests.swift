import Foundation
import QuestionnaireFiles
import Store
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
                all.formUnion(
                    [
                        question.title, question.ask, question.hint ?? "", question.why ?? "", question.evidence ?? "", question.step,
                        question.firstStep,
                    ] + question.inPlace)
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
        var pages = ["/en", "/en/help", "/en/open", "/en/deleted", "/en/none", "/en/privacy", "/en/accessibility", "/en/account/deleted"]
        pages += ["", "/facts", "/link", "/check", "/deletion", "/sections/GOV", "/sections/GOV?one=1", "?saved=later"].map { path + $0 }
        pages += ["", "/confirmation", "/plan", "/why", "/answers"].map { submission + $0 }
        try await expectOnlyCatalogue(pages.map { (browser, $0) }, contents)
    }

    @Test func `UX-31: no page about an organisation and its people shows a text that is not in the catalogue`() async throws {
        let web = try pseudoWeb()
        defer { try? FileManager.default.removeItem(atPath: web) }
        let test = try TestSite { $0.webFolder = web }
        let (ann, mia) = (try await test.colleague("Ann"), try await test.colleague("Mia"))
        let path = try await ann.organisation()
        try await ann.add(mia, to: path, as: .editor)
        let join = try await ann.invite("new@anvil.example", to: path)
        let assessment = try await ann.begin(in: path)
        try await ann.browser.save("\(assessment)/sections/GOV", [("GOV-1.practice", "3")])
        let asked = try await ann.send("\(assessment)/colleagues", [("name", "Our IT firm"), ("section.GOV", "GOV")]).location
        let address = try #require(try await ann.get(asked).body.firstMatch(of: /https:[^< ]*\/contribute\/[A-Za-z0-9_-]+/)?.0)
        let firm = Browser(test)
        try await firm.send(String(address.dropFirst("https://test.example".count)))
        let held = try await ann.browser.beginWithFacts()
        let invitation = try #require(try await ann.get("\(path)/invitations").body.firstMatch(of: /\/invitations\/[A-Za-z0-9_-]+/)?.0)
        let own = ["", "/facts", "/members", "/members/\(mia.id)", "/invitations", "/assessments", "/departure", "/proof", "/audit"]
        var pages = (own + [String(invitation)]).map { (ann.browser, path + $0) }
        pages += ["/en/organisations/new", "\(held)/adoption", "\(assessment)/colleagues", asked].map { (ann.browser, $0) }
        pages += ["\(assessment)/authors", assessment].map { (ann.browser, $0) }
        pages += [(Browser(test), join), (mia.browser, join), (firm, assessment)]
        let names = ["Ann", "Mia", "Our IT firm", "Anvil & Sons", "ann@anvil.example", "mia@anvil.example", "new@anvil.example"]
        try await expectOnlyCatalogue(pages, try contents().union(names + ["https://test.example\(join)", String(address)]))
    }

    private func expectOnlyCatalogue(_ pages: [(browser: Browser, path: String)], _ contents: Set<String>) async throws {
        for (browser, page) in pages {
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
                    let part = whole.trimmingCharacters(in: CharacterSet(charactersIn: " .–·0123456789"))
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
