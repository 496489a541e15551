import HTML
import Store

extension EmailFault {
    func sentence(_ words: Words) -> String {
        switch self {
        case .empty: words[.emailMissing]
        case .noAt, .severalAts: words[.emailNoAt]
        case .localPart, .domain: words[.emailBroken]
        case .notASCII: words[.emailNotASCII]
        case .tooLong: words[.emailTooLong]
        }
    }
}

extension NameFault {
    /// - Parameter missing: What to say where nothing was typed.
    func sentence(_ words: Words, missing: Word = .nameMissing) -> String {
        switch self {
        case .empty: words[missing]
        case .tooLong: words[.nameTooLong, ["limit": String(DisplayName.limit)]]
        case .control, .mixedScripts, .marks: words[.nameBroken]
        }
    }
}

extension HTML {
    mutating func emailField(_ label: String, value: String, error: String?) {
        textField(
            TextField(
                id: "email", name: "email", label: label, value: value, kind: .email, error: error, autocomplete: "email",
                isSpellChecked: false))
    }

    mutating func nameField(_ words: Words, value: String, error: String?) {
        textField(
            TextField(
                id: "name", name: "name", label: words[.registerName], value: value, hint: words[.registerNameHint], error: error,
                autocomplete: "name", isSpellChecked: false))
    }
}
