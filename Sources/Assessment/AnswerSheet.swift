/// Raw form fields by name, as typed. An empty value says that nothing was chosen.
public typealias AnswerSheet = [String: String]

/// What a sheet says, once checked. A question with a fault has neither answer nor note: nothing is clamped or cut.
public struct SheetReading: Sendable, Equatable {
    public let answers: Answers
    /// By question id; only notes with something in them.
    public let notes: [String: String]
    /// In the questionnaire's order.
    public let faults: [SheetFault]

    public init(answers: Answers, notes: [String: String], faults: [SheetFault]) {
        self.answers = answers
        self.notes = notes
        self.faults = faults
    }
}

/// Why a question's fields cannot stand. `field` is the name of the field to correct.
public enum SheetFault: Error, Sendable, Equatable {
    case outOfScale(question: String, field: String, allowed: ClosedRange<Int>)
    /// "Not applicable" without a reason.
    case reasonMissing(question: String, field: String)
    /// Limit and length in Unicode scalars, a line break (CR LF) counting as one.
    case reasonTooLong(question: String, field: String, limit: Int, length: Int)
    case noteTooLong(question: String, field: String, limit: Int, length: Int)
    /// "Not applicable" to a key measure, a question that must apply, or at a level without a rule for it.
    case notApplicableRefused(question: String, field: String)

    public var question: String {
        switch self {
        case .outOfScale(let question, _, _), .reasonMissing(let question, _), .reasonTooLong(let question, _, _, _),
            .noteTooLong(let question, _, _, _), .notApplicableRefused(let question, _):
            question
        }
    }

    public var field: String {
        switch self {
        case .outOfScale(_, let field, _), .reasonMissing(_, let field), .reasonTooLong(_, let field, _, _),
            .noteTooLong(_, let field, _, _), .notApplicableRefused(_, let field):
            field
        }
    }
}

extension Questionnaire {
    /// The longest note or reason, in Unicode scalars.
    public static let textLimit = 4_000

    /// Reads the questions that are asked. Fields of other questions, and names that are no field of this
    /// questionnaire (refuse them with `field(named:)`), are left alone; so is a reason without "not applicable".
    /// - Parameter only: Reads one domain's questions, and those that conditions look at; all of them where it is `nil`.
    public func read(_ sheet: AnswerSheet, level: Int, profile: Profile, only: String? = nil) -> SheetReading {
        var asking = Asking(self, level: level, profile: profile)
        var answers: Answers = [:]
        var notes: [String: String] = [:]
        var faults: [SheetFault] = []
        for domain in domains where asking.asks(domain, after: answers) {
            let isWanted = only == nil || only == domain.id
            if !isWanted && consulted.isEmpty { continue }
            for question in domain.topics.lazy.flatMap(\.questions) where asking.asks(question, after: answers) {
                guard isWanted || consulted.contains(question.id) else { continue }
                let fields = FieldsOfQuestion(sheet, question, self, level)
                guard fields.faults.isEmpty else {
                    faults += fields.faults
                    continue
                }
                answers[question.id] = fields.answer
                notes[question.id] = fields.note
            }
        }
        return SheetReading(answers: answers, notes: notes, faults: faults)
    }
}

/// The fields of one question, read and checked.
private struct FieldsOfQuestion {
    var answer: Answer?
    var note: String?
    var faults: [SheetFault] = []

    init(_ sheet: AnswerSheet, _ question: Question, _ questionnaire: Questionnaire, _ level: Int) {
        let names = questionnaire.fieldNames(of: question.id)
        var marks: [Mark?] = []
        var refusable: String?
        for field in names.dropLast(2) {
            let value = sheet[field] ?? ""
            switch Choice(value: value, scale: questionnaire.scale) {
            case .score(let score): marks.append(.score(score))
            case .unknown: marks.append(.unknown)
            case .notApplicable:
                marks.append(nil)
                refusable = refusable ?? field
            case nil:
                marks.append(nil)
                if !value.isEmpty {
                    faults.append(.outOfScale(question: question.id, field: field, allowed: questionnaire.scale))
                }
            }
        }

        if let refusable, !questionnaire.mayBeNotApplicable(question, at: level) {
            faults.append(.notApplicableRefused(question: question.id, field: refusable))
        } else if refusable != nil {
            let field = names[names.count - 2]
            let reason = sheet[field] ?? ""
            let length = reason.lengthInForms
            if reason.isBlank {
                faults.append(.reasonMissing(question: question.id, field: field))
            } else if length > Questionnaire.textLimit {
                faults.append(
                    .reasonTooLong(question: question.id, field: field, limit: Questionnaire.textLimit, length: length))
            }
            answer = .notApplicable(reason: reason)
        } else if marks.contains(where: { $0 != nil }) {
            answer = .marks(marks)
        }

        let field = names[names.count - 1]
        let text = sheet[field] ?? ""
        let length = text.lengthInForms
        if length > Questionnaire.textLimit {
            faults.append(.noteTooLong(question: question.id, field: field, limit: Questionnaire.textLimit, length: length))
        }
        note = text.isBlank ? nil : text
    }
}

extension String {
    fileprivate var isBlank: Bool { unicodeScalars.allSatisfy(\.properties.isWhitespace) }

    /// Browsers count a line break as one towards `maxlength`, and send two. At most this long, where that is within the limit.
    fileprivate var lengthInForms: Int {
        // No text has more scalars than bytes; most are short.
        guard utf8.count > Questionnaire.textLimit else { return utf8.count }
        var count = 0
        var previous: Unicode.Scalar?
        for scalar in unicodeScalars {
            if !(previous == "\r" && scalar == "\n") { count += 1 }
            previous = scalar
        }
        return count
    }
}
