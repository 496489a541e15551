import Assessment
import FoundationEssentials

/// Answers as JSON, the format of downloads, of frozen submissions and of `linchpin score`:
/// `{"answers": {"GOV-1": {"practice": 3, "note": "…"}, "GOV-2": {"notApplicable": "…"}, "GOV-3": {"unknown": true}}}`.
public enum AnswersJSON {
    /// What is wrong with a file of answers, by question.
    public struct Fault: Error, Equatable, CustomStringConvertible {
        public let question: String
        public let message: String
        public var description: String { "\(question): \(message)" }
    }

    public struct Failure: Error {
        public let faults: [Fault]
    }

    /// A file of its own, from fields as forms have them.
    public static func text(_ sheet: AnswerSheet, level: String, of questionnaire: Questionnaire) -> String {
        let reading = questionnaire.read(sheet, level: questionnaire.levelIndex(of: level) ?? 0, profile: Profile())
        var answers = reading.answers
        // A reason that is still missing is the file's reader's to ask for.
        for fault in reading.faults {
            if case .reasonMissing(let question, _) = fault { answers[question] = .notApplicable(reason: "") }
        }
        var json = JSONText()
        json.object { json in
            json.member("questionnaire", questionnaire.id)
            json.member("edition", questionnaire.edition)
            json.member("level", level)
            write(answers, notes: reading.notes, of: questionnaire, into: &json)
        }
        return json.text
    }

    /// Writes the `answers` member in the questionnaire's order.
    static func write(_ answers: Answers, notes: [String: String], of questionnaire: Questionnaire, into json: inout JSONText) {
        json.member(
            "answers",
            object: { json in
                for question in questionnaire.questions {
                    guard let answer = answers[question.id] else { continue }
                    json.member(
                        question.id,
                        object: { json in
                            write(answer, of: questionnaire, into: &json)
                            if let note = notes[question.id] { json.member("note", note) }
                        })
                }
            })
    }

    private static func write(_ answer: Answer, of questionnaire: Questionnaire, into json: inout JSONText) {
        switch answer {
        case .notApplicable(let reason): json.member("notApplicable", reason)
        case .marks(let marks) where marks.allSatisfy({ $0 == .unknown }): json.member("unknown", true)
        case .marks(let marks):
            for (aspect, mark) in zip(questionnaire.aspects, marks) {
                switch mark {
                case .score(let score): json.member(aspect, score)
                case .unknown: json.member(aspect, "unknown")
                case nil: continue
                }
            }
        }
    }

    /// Reads answers and turns them into a sheet of form fields, which the engine then checks like any other.
    /// Members beside `answers` are left alone: a scorecard may stand beside them.
    /// - Throws: `Failure` with every fault, or the decoder's error for text that is no JSON of this shape.
    public static func sheet(_ text: String, of questionnaire: Questionnaire) throws -> AnswerSheet {
        let (sheet, faults) = try read(text, of: questionnaire)
        guard faults.isEmpty else { throw Failure(faults: faults) }
        return sheet
    }

    /// What can be read, and all that cannot. What the file says of itself (questionnaire, edition, level) must fit too.
    public static func read(_ text: String, of questionnaire: Questionnaire, level: String? = nil) throws -> (AnswerSheet, [Fault]) {
        let file = try JSONDecoder().decode(File.self, from: Data(text.utf8))
        var sheet: AnswerSheet = [:]
        var faults = [
            ("questionnaire", file.questionnaire, questionnaire.id), ("edition", file.edition, questionnaire.edition),
            ("level", file.level, level ?? file.level),
        ].compactMap { name, found, wanted in
            found == nil || found == wanted
                ? nil : Fault(question: name, message: "the file is for \(found ?? ""), not for \(wanted ?? "")")
        }
        for (name, key) in JSONKeys.twice(in: text) {
            faults.append(Fault(question: name.isEmpty ? key : name, message: "\(key) is there twice; give it once"))
        }
        for (id, answer) in file.answers.sorted(by: { $0.key < $1.key }) {
            guard questionnaire.question(id) != nil else {
                faults.append(Fault(question: id, message: "\(questionnaire.id) has no such question"))
                continue
            }
            guard let members = answer.members else {
                let example = questionnaire.aspects.map { "\"\($0)\": \(questionnaire.scale.lowerBound)" }.joined(separator: ", ")
                faults.append(Fault(question: id, message: "give an object, such as {\(example)}"))
                continue
            }
            let kinds = [
                members["unknown"] != nil, members["notApplicable"] != nil, members.keys.contains { questionnaire.aspects.contains($0) },
            ]
            guard kinds.count(where: { $0 }) <= 1 else {
                let aspects = questionnaire.aspects.joined(separator: ", ")
                faults.append(Fault(question: id, message: "give one of \(aspects), unknown, notApplicable, not several of them"))
                continue
            }
            if kinds[2] {
                for aspect in questionnaire.aspects where members[aspect] == nil {
                    faults.append(Fault(question: id, message: "\(aspect) is missing; give it too"))
                }
            }
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                do {
                    try put(name, value, of: id, in: questionnaire, into: &sheet)
                } catch {
                    faults.append(error)
                }
            }
        }
        return (sheet, faults)
    }

    private static func put(
        _ name: String, _ value: Value, of id: String, in questionnaire: Questionnaire, into sheet: inout AnswerSheet
    ) throws(Fault) {
        switch (name, value) {
        case ("note", .text(let note)): sheet[questionnaire.field(.note, of: id).name] = note
        case ("unknown", .flag(true)):
            for aspect in questionnaire.aspects.indices { sheet[questionnaire.field(.aspect(aspect), of: id).name] = "unknown" }
        case ("notApplicable", .text(let reason)):
            sheet[questionnaire.field(.aspect(0), of: id).name] = "na"
            sheet[questionnaire.field(.reason, of: id).name] = reason
        case ("unknown", _): throw Fault(question: id, message: "unknown must be true; leave it out otherwise")
        case ("notApplicable", _): throw Fault(question: id, message: "notApplicable must be a text: the reason")
        case ("note", _): throw Fault(question: id, message: "note must be a text")
        default:
            guard let aspect = questionnaire.aspects.firstIndex(of: name) else {
                throw Fault(
                    question: id,
                    message: "\"\(name)\" is not one of \(questionnaire.aspects.joined(separator: ", ")), note, unknown, notApplicable")
            }
            let field = questionnaire.field(.aspect(aspect), of: id).name
            switch value {
            case .number(let score) where questionnaire.scale.contains(score): sheet[field] = String(score)
            case .text("unknown"): sheet[field] = "unknown"
            default:
                throw Fault(
                    question: id,
                    message: "\(name) must be a whole number from \(questionnaire.scale.lowerBound) to \(questionnaire.scale.upperBound)")
            }
        }
    }

    private struct File: Decodable {
        let answers: [String: Entry]
        let questionnaire, edition, level: String?
    }

    /// One question's object.
    private struct Entry: Decodable {
        /// `nil` where it is no object.
        let members: [String: Value]?

        init(from decoder: any Decoder) throws { members = try? [String: Value](from: decoder) }
    }

    private enum Value: Decodable {
        case number(Int), text(String), flag(Bool), other

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let flag = try? container.decode(Bool.self) {
                self = .flag(flag)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .other
            }
        }
    }
}
