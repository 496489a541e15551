import FoundationEssentials
import Testing

@testable import QuestionnaireFiles

/// Whether each language is written by itself, and says one word for one idea.
@Suite struct CyFunTextTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    private static let catalogue = Result<Catalogue, any Error> {
        try Catalogue.load(folder: folder.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Questionnaires").path)
    }
    private static let ids = ["cyfun-2023", "cyfun-2025", "cyfun-small"]

    private static func text(_ id: String, _ language: Language) throws -> QuestionnaireText {
        let catalogue = try catalogue.get()
        return try #require(catalogue.current(id)).text(language)
    }

    /// Whole sentences of one question, by what they are.
    private static func sentences(_ text: QuestionText) -> [String: String] {
        var all = ["ask": text.ask, "step": text.step, "firstStep": text.firstStep, "title": text.title]
        for (key, value) in [("why", text.why), ("hint", text.hint), ("evidence", text.evidence)] { all[key] = value }
        for (aspect, value) in text.inPlace.enumerated() { all["inPlace \(aspect)"] = value }
        return all
    }

    @Test(arguments: Language.allCases) func `one word per idea, as the glossary has it`(_ language: Language) throws {
        let lines = try String(contentsOf: Self.folder.appending(path: "Fixtures/glossary.txt"), encoding: .utf8).split(separator: "\n")
        var words: [(word: String, better: String)] = []
        for line in lines where line.hasPrefix("\(language.rawValue) ") {
            let sides = line.dropFirst(3).split(separator: " → ", maxSplits: 1)
            words.append((String(sides[0]).lowercased(), String(sides[1])))
        }
        #expect(words.count > 10)
        for id in Self.ids {
            for (question, text) in try Self.text(id, language).questions {
                for (key, sentence) in Self.sentences(text) {
                    let plain = " " + String(sentence.lowercased().map { $0.isLetter || $0 == "-" ? $0 : " " }) + " "
                    for (word, better) in words where plain.contains(" \(word) ") {
                        Issue.record("\(id) \(language) \(question) \(key): \(word), say \(better)")
                    }
                }
            }
        }
    }

    @Test(arguments: [Language.nl, .fr, .de]) func `no sentence is left in English`(_ language: Language) throws {
        for id in Self.ids {
            let english = try Self.text(id, .en).questions
            for (question, text) in try Self.text(id, language).questions {
                let own = Self.sentences(text)
                for (key, sentence) in Self.sentences(try #require(english[question])) where key != "title" {
                    #expect(own[key] != sentence, "\(id) \(language) \(question) \(key)")
                    #expect(own[key]?.isEmpty == false)
                }
                for word in [" the ", " your ", " with ", " which "] {
                    #expect(!own.values.contains { $0.contains(word) }, "\(id) \(language) \(question):\(word)")
                }
            }
        }
    }

    @Test(arguments: Language.allCases) func `questions are told apart by their titles, and end as questions do`(_ language: Language)
        throws
    {
        for id in Self.ids {
            let texts = try Self.text(id, language).questions
            #expect(Set(texts.values.map(\.title)).count > texts.count * 95 / 100, "\(id) \(language)")
            #expect(Set(texts.values.map(\.ask)).count == texts.count)
            for (question, text) in texts {
                #expect(text.ask.hasSuffix("?"), "\(id) \(language) \(question)")
                if language == .fr { #expect(!text.ask.contains(" ?"), "a blank that does not break: \(id) \(question)") }
                for (key, sentence) in Self.sentences(text) where !["title", "step", "ask"].contains(key) {
                    #expect(
                        [".", "!", "?", "”", "“", "»", "’", ")"].contains { sentence.hasSuffix($0) }, "\(id) \(language) \(question) \(key)"
                    )
                }
            }
        }
    }
}
