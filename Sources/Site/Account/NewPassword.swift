import FoundationEssentials
import HTML
import Store

/// A field for a new password, and what is wrong with what was typed there.
enum NewPassword {
    /// The fault as a sentence; `nil` for a good password.
    static func fault(_ password: String, _ visit: Visit, hasSecondStep: Bool, email: String, name: String) -> String? {
        let words = visit.words
        let parts = email.split(whereSeparator: { "@.-_+".contains($0) }).map(String.init) + name.split(separator: " ").map(String.init)
        let context = [words[.siteName], visit.site.configuration.operatorName, email] + parts
        switch PasswordRules.check(password, hasSecondFactor: hasSecondStep, context: context, common: visit.site.commonPasswords) {
        case .tooShort(let least): return words[.passwordTooShort, ["count": String(least)]]
        case .tooLong: return words[.passwordTooLong]
        case .common: return words[.passwordCommon]
        case .context: return words[.passwordContext]
        case nil: return nil
        }
    }
}

extension HTML {
    mutating func newPasswordField(_ words: Words, hasSecondStep: Bool, error: String?) {
        let least = hasSecondStep ? PasswordRules.leastWithSecondFactor : PasswordRules.leastAlone
        textField(
            TextField(
                id: "newPassword", name: "newPassword", label: words[.passwordNew], kind: .password,
                hint: words[.passwordHint, ["count": String(least)]], error: error, autocomplete: "new-password", isSpellChecked: false))
    }

    mutating func currentPasswordField(_ label: String, error: String?) {
        textField(
            TextField(
                id: "password", name: "password", label: label, kind: .password, error: error, autocomplete: "current-password",
                isSpellChecked: false))
    }
}

extension CommonPasswords {
    init(file: String) throws {
        guard let data = FileManager.default.contents(atPath: file) else { throw StartFault.missingFile(file) }
        do { try self.init(data) } catch { throw StartFault.passwordList(file: file, reason: "\(error)") }
    }
}
