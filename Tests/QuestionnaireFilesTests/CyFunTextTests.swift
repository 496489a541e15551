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

    /// All that is written, by where it stands: questions, and what stands around them.
    private static func sentences(_ text: QuestionnaireText) -> [String: String] {
        var all = ["summary": text.summary, "disclaimer": text.disclaimer ?? ""]
        for (id, level) in text.levels { all["level \(id)"] = "\(level.title). \(level.summary)" }
        for (id, domain) in text.domains { all["domain \(id)"] = "\(domain.title). \(domain.short). \(domain.summary)" }
        for (id, topic) in text.topics { all["topic \(id)"] = topic.title }
        for (id, name) in text.groups { all["group \(id)"] = name }
        for (aspect, steps) in text.scale {
            for step in steps { all["\(aspect) \(step.name)"] = "\(step.name): \(step.meaning) \(step.example ?? "")" }
        }
        for (id, question) in text.questions { for (key, value) in sentences(question) { all["\(id) \(key)"] = value } }
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
            for (place, sentence) in Self.sentences(try Self.text(id, language)) {
                let plain = " " + String(sentence.lowercased().map { $0.isLetter || $0 == "-" ? $0 : " " }) + " "
                for (word, better) in words where plain.contains(" \(word) ") {
                    Issue.record("\(id) \(language) \(place): \(word), say \(better)")
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
            }
            let all = Self.sentences(try Self.text(id, language))
            for (place, sentence) in Self.sentences(try Self.text(id, .en)) where sentence.split(separator: " ").count > 4 {
                #expect(all[place] != sentence, "\(id) \(language) \(place)")
            }
            for (place, sentence) in Self.sentences(try Self.text(id, language)) {
                for word in [" the ", " your ", " with ", " which "] {
                    #expect(!sentence.contains(word), "\(id) \(language) \(place):\(word)")
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

    @Test(arguments: Language.allCases) func `every requirement of 2025 says what both aspects mean, and what proves it`(
        _ language: Language
    )
        throws
    {
        let texts = try Self.text("cyfun-2025", language).questions
        #expect(texts.count == 218)
        for (question, text) in texts {
            #expect(text.inPlace.count == 2 && Set(text.inPlace).count == 2, "\(question)")
            #expect(text.evidence?.isEmpty == false && !text.firstStep.isEmpty, "\(question)")
        }
        #expect(Set(texts.values.flatMap(\.inPlace)).count > 400, "written for each")
        #expect(try Self.text("cyfun-2023", language).questions.count == 219)
        #expect(try Self.text("cyfun-small", language).questions.count == 8)
    }

    @Test(arguments: Language.allCases)
    func `each says that it is no label, and one scale is worded once for both editions`(_ language: Language) throws {
        for id in Self.ids {
            let disclaimer = try #require(try Self.text(id, language).disclaimer)
            #expect(disclaimer.contains("CyFun®") && disclaimer.contains("CCB"), "\(id)")
        }
        let scale = try Self.text("cyfun-2025", language).scale
        #expect(try scale == Self.text("cyfun-2023", language).scale)
        #expect(Set(scale.keys) == ["documentation", "implementation"])
        #expect(scale.values.allSatisfy { $0.count == 5 && $0.allSatisfy { $0.example?.isEmpty == false } })
    }

    @Test(arguments: Language.allCases) func `no sentence has more than 28 words`(_ language: Language) throws {
        for id in Self.ids {
            for (place, text) in Self.sentences(try Self.text(id, language)) {
                for sentence in text.split(separator: /[.!?:;]\s+/) {
                    let words = sentence.split(whereSeparator: \.isWhitespace).count { $0.contains(where: { $0.isLetter || $0.isNumber }) }
                    #expect(words <= 28, "\(id) \(language) \(place): \(words) words: \(sentence)")
                }
            }
        }
    }
}
