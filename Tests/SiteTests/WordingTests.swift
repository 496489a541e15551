import Foundation
import QuestionnaireFiles
import Testing

@testable import Site

@Suite struct WordingTests {
    private let wordings = Result { try Words.load(folder: "\(TestSite.projectFolder)/Web/Text") }

    @Test func `UX-31: every language has every text, with the same placeholders`() throws {
        #expect(try wordings.get().count == Language.allCases.count)
    }

    @Test func `UX-31: a key that is missing, or a placeholder that differs, is a fault with file and line`() throws {
        let folder = NSTemporaryDirectory() + "linchpin-words-\(UUID().uuidString)"
        try FileManager.default.copyItem(atPath: "\(TestSite.projectFolder)/Web/Text", toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = "\(folder)/nl.yaml"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacing("{count}", with: "{number}").write(toFile: file, atomically: true, encoding: .utf8)
        let failure = #expect(throws: LoadFailure.self) { try Words.load(folder: folder) }
        #expect(failure?.faults.allSatisfy { $0.file.hasSuffix("nl.yaml") && $0.line > 1 } == true)
    }

    private static let buttons: [Word] = [
        .saveContinue, .saveLater, .homeStart, .factsFindButton, .linkKept, .linkNew, .linkWithdraw, .linkMake, .openButton, .checkConfirm,
        .confirmationSee, .resultAgainButton, .deletionButton, .keptSave, .accountDeletionButton, .organisationDeletionButton,
    ]

    @Test func `UX-31: no button is more than 1.6 times as long as in English, but for the shortest`() throws {
        let wordings = try wordings.get()
        for button in Self.buttons {
            let limit = max(Double(wordings[.en]?[button].count ?? 0) * 1.6, 24)
            for (language, words) in wordings { #expect(Double(words[button].count) <= limit, "\(language) \(button)") }
        }
    }

    @Test func `UX-8, UX-3: no pleading, no jargon, no empty words on buttons and messages`() throws {
        let banned = [
            Language.en: ["please", "sorry", "valid", "invalid", "forbidden", "oops", "this field is required"],
            .nl: ["gelieve", "sorry", "geldig", "ongeldig", "verboden", "oeps", "verplicht veld"],
            .fr: ["veuillez", "désolé", "valide", "invalide", "interdit", "oups", "champ obligatoire"],
            .de: ["bitte", "leider", "gültig", "ungültig", "verboten", "hoppla", "pflichtfeld"],
        ]
        for (language, words) in try wordings.get() {
            for word in Word.allCases {
                let text = words[word].lowercased()
                let tokens = text.split { !$0.isLetter }.map(String.init)
                for bad in banned[language] ?? [] {
                    #expect(bad.contains(" ") ? !text.contains(bad) : !tokens.contains(bad), "\(language) \(word): \(bad)")
                }
            }
            for button in Self.buttons { #expect(!["Next", "OK", "Submit", "Send"].contains(words[button])) }
        }
    }

    @Test func `UX-4: no label carries an asterisk`() throws {
        for (language, words) in try wordings.get() {
            for word in Word.allCases { #expect(!words[word].contains("*"), "\(language) \(word)") }
        }
    }

    @Test func `placeholders are filled, unknown ones vanish, braces in values stay`() {
        let words = Words(language: .en, texts: [.siteName: "a {x} b {y}{z}"])
        #expect(words[.siteName, ["x": "{y}", "y": "1"]] == "a {y} b 1")
    }
}
