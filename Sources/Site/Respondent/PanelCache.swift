import HTML
import QuestionnaireFiles
import Synchronization

/// Drawn questions, as they look with nothing typed in. There are only so many: each question in four languages,
/// at each level, with each choice (some 15 MB if all are ever shown).
final class PanelCache: Sendable {
    struct Key: Hashable {
        let edition: String
        let language: Language
        let level: Int
        let number: String
        let question: String
        /// The chosen value per aspect, checked before it was stored.
        let choices: [String]
    }

    private let panels = Mutex<[Key: DrawnQuestion]>([:])

    func panel(_ key: Key, draw: () -> QuestionPanel) -> DrawnQuestion {
        if let drawn = panels.withLock({ $0[key] }) { return drawn }
        let drawn = DrawnQuestion(draw())
        panels.withLock { $0[key] = drawn }
        return drawn
    }
}
