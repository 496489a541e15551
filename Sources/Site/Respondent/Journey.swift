import Assessment
import QuestionnaireFiles
import Store

/// Where an assessment stands: computed from the questionnaire and the saved fields, stored nowhere.
struct Journey {
    let questionnaire: Questionnaire
    let level: Int
    let profile: Profile
    let sheet: AnswerSheet
    let reading: SheetReading
    let asked: [AskedDomain]

    /// - Parameter only: A domain's id, where the answers of the others do not matter.
    init(_ loaded: LoadedQuestionnaire, fields: [String: StoredField], only: String? = nil, drawings: Drawings) {
        questionnaire = loaded.definition
        sheet = fields.mapValues(\.value)
        level = questionnaire.levelIndex(of: sheet[FirmField.level.rawValue] ?? "") ?? 0
        let sector = sheet[FirmField.sector.rawValue] ?? ""
        profile = Profile(sector: sector.isEmpty ? nil : sector)
        reading = questionnaire.read(sheet, level: level, profile: profile, only: only)
        asked = drawings.asked(loaded, level: level, profile: profile, answers: reading.answers)
    }

    enum Status { case completed, inProgress, notStarted }

    func status(of domain: AskedDomain) -> Status {
        let questions = domain.questions
        if questions.allSatisfy(isAnswered) { return .completed }
        let fields = questions.flatMap(fieldNames)
        return fields.contains { !(sheet[$0] ?? "").isEmpty } ? .inProgress : .notStarted
    }

    func isAnswered(_ question: Question) -> Bool {
        switch reading.answers[question.id] {
        case .marks(let marks): marks.allSatisfy { $0 != nil }
        case .notApplicable: true
        case nil: false
        }
    }

    var unanswered: [Question] { asked.flatMap(\.questions).filter { !isAnswered($0) } }

    /// Index into `asked` of the first section that is not complete.
    var nextSection: Int? { asked.firstIndex { status(of: $0) != .completed } }

    /// The aspects, the reason, the note.
    func fieldNames(_ question: Question) -> [String] { questionnaire.fieldNames(of: question.id) }

    func faults(of question: Question) -> [SheetFault] { reading.faults.filter { $0.question == question.id } }

    /// Was left out at a lower level, and may not be at this one.
    func mustApplyNow(_ question: Question) -> Bool {
        faults(of: question).contains { if case .notApplicableRefused = $0 { true } else { false } }
    }

    var scorecard: Scorecard { questionnaire.score(reading.answers, level: level, profile: profile) }
}

/// The facts about the firm, saved as fields like the answers: drafts, versions and conflicts work the same way.
enum FirmField: String, CaseIterable {
    case level = "firm.level"
    case sector = "firm.sector"
    case size = "firm.size"
    case region = "firm.region"
    case name = "firm.name"
    case number = "firm.number"

    static let span = FieldSpan(from: "firm.", before: "firm/")
}

extension AnswerField {
    /// From the first to the last field of these questions. What else may lie between them does no harm.
    static func span(of questions: [Question]) -> FieldSpan {
        let precedes = { (left: String, right: String) in left.utf8.lexicographicallyPrecedes(right.utf8) }
        return FieldSpan(
            from: questions.map { $0.id + "." }.min(by: precedes) ?? "", before: questions.map { $0.id + "/" }.max(by: precedes) ?? "")
    }
}

extension HeldVisit {
    var journey: Journey { journey(assessment.fields) }

    func journey(_ fields: [String: StoredField], only: String? = nil) -> Journey {
        Journey(questionnaire, fields: fields, only: only, drawings: site.drawings)
    }

    func typed(_ field: FirmField) -> String { assessment.fields[field.rawValue]?.value ?? "" }
}
