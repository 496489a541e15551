/// A form field of a question: "GOV-1.practice", "GOV-1.reason", "GOV-1.note".
public struct AnswerField: Sendable, Hashable {
    public enum Part: Sendable, Hashable {
        /// Index into `Questionnaire.aspects`. Its values are those of `Choice`.
        case aspect(Int)
        /// Why the question does not apply.
        case reason
        case note
    }

    public let question: String
    public let part: Part
    public let name: String
}

extension Questionnaire {
    /// The field of that name, byte for byte; `nil` where the questionnaire has none. Takes constant time.
    public func field(named name: String) -> AnswerField? {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")),
            let place = places[String(name[..<dot])],
            let part = part(named: name[name.utf8.index(after: dot)...])
        else { return nil }
        let field = field(part, of: domains[place.domain].topics[place.topic].questions[place.question].id)
        // Unicode equivalence would let a Kelvin sign pass for a K.
        return field.name.utf8.elementsEqual(name.utf8) ? field : nil
    }

    /// The names of a question's fields: its aspects, the reason, the note.
    public func fieldNames(of question: String) -> [String] { fieldNames[question] ?? [] }

    /// A part that is an aspect lies within `aspects`.
    public func field(_ part: AnswerField.Part, of question: String) -> AnswerField {
        AnswerField(question: question, part: part, name: question + "." + name(of: part))
    }

    private func name(of part: AnswerField.Part) -> String {
        switch part {
        case .aspect(let index): aspects[index]
        case .reason: "reason"
        case .note: "note"
        }
    }

    private func part(named name: Substring) -> AnswerField.Part? {
        switch name {
        case "reason": .reason
        case "note": .note
        default: aspects.firstIndex { $0 == name }.map { .aspect($0) }
        }
    }
}

/// What can be chosen in the field of an aspect.
public enum Choice: Sendable, Equatable {
    case score(Int)
    case unknown
    /// In any aspect: the whole question does not apply.
    case notApplicable

    /// From a form; `nil` for anything but a score within the scale (no sign, no leading zero), "unknown" or "na".
    public init?(value: String, scale: ClosedRange<Int>) {
        switch value {
        case "unknown": self = .unknown
        case "na": self = .notApplicable
        default:
            // One digit, which is what forms have most, is read without making texts.
            if value.utf8.count == 1, let byte = value.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                let digit = Int(byte - UInt8(ascii: "0"))
                guard scale.contains(digit) else { return nil }
                self = .score(digit)
            } else {
                guard let score = Int(value), scale.contains(score), String(score) == value else { return nil }
                self = .score(score)
            }
        }
    }

    /// As it stands in a form.
    public var value: String {
        switch self {
        case .score(let score): String(score)
        case .unknown: "unknown"
        case .notApplicable: "na"
        }
    }
}
