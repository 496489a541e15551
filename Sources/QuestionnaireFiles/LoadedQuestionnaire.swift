import Assessment

/// One edition of a questionnaire: its structure, and its wording in every language. A class, as every request holds one.
public final class LoadedQuestionnaire: Sendable {
    public let definition: Questionnaire
    /// Every language.
    public var texts: [Language: QuestionnaireText] { [.nl: nl, .fr: fr, .de: de, .en: en] }
    /// SHA-256 in hexadecimal over the meaning of the five files. An edition that has been answered keeps it.
    public let checksum: String
    /// As reached from the folder that was loaded.
    public let folder: String
    private let nl, fr, de, en: QuestionnaireText

    /// `nil` where a language is missing.
    init?(definition: Questionnaire, texts: [Language: QuestionnaireText], checksum: String, folder: String) {
        guard let nl = texts[.nl], let fr = texts[.fr], let de = texts[.de], let en = texts[.en] else { return nil }
        self.definition = definition
        self.checksum = checksum
        self.folder = folder
        (self.nl, self.fr, self.de, self.en) = (nl, fr, de, en)
    }

    public func text(_ language: Language) -> QuestionnaireText {
        switch language {
        case .nl: nl
        case .fr: fr
        case .de: de
        case .en: en
        }
    }
}
