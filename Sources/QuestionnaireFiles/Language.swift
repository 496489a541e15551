/// A language that every questionnaire, classification and page exists in.
public enum Language: String, CaseIterable, Sendable {
    case nl, fr, de, en

    /// What its speakers call it, for the language switch.
    public var ownName: String {
        switch self {
        case .nl: "Nederlands"
        case .fr: "Français"
        case .de: "Deutsch"
        case .en: "English"
        }
    }

    /// The order in which files are compared: English is written first and translated from.
    static let byOrigin: [Language] = [.en, .nl, .fr, .de]

    var fileName: String { rawValue + ".yaml" }
}
