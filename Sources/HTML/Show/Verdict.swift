/// The result in a figure and a sentence.
public struct VerdictPanel: Sendable {
    public enum Outcome: Sendable { case met, notMet, incomplete }
    public var outcome: Outcome
    /// "2.80"; nil when there is none yet.
    public var figure: String?
    /// "of 5".
    public var scale: String
    public var title: String
    public var text: String
    public init(outcome: Outcome, figure: String?, scale: String, title: String, text: String) {
        self.outcome = outcome
        self.figure = figure
        self.scale = scale
        self.title = title
        self.text = text
    }
}

extension HTML {
    public mutating func verdict(_ panel: VerdictPanel) {
        let look: StaticString =
            switch panel.outcome {
            case .met: "verdict met"
            case .notMet: "verdict"
            case .incomplete: "verdict incomplete"
            }
        element(.div, .class(look)) { box in
            if let figure = panel.figure {
                box.element(.p, .class("figure")) { number in
                    number.element(.b, text: figure)
                    number.text(" ")
                    number.element(.small, text: panel.scale)
                }
            }
            box.element(.p) { sentence in
                sentence.element(.strong, text: panel.title)
                sentence.text(" ")
                sentence.text(panel.text)
            }
        }
    }
}
