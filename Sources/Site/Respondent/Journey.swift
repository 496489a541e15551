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

    init(_ questionnaire: Questionnaire, fields: [String: StoredField], typed: AnswerSheet = [:]) {
        self.questionnaire = questionnaire
        var sheet = fields.mapValues(\.value)
        sheet.merge(typed) { _, typed in typed }
        self.sheet = sheet
        level = questionnaire.levelIndex(of: sheet[FirmField.level.rawValue] ?? "") ?? 0
        let sector = sheet[FirmField.sector.rawValue] ?? ""
        profile = Profile(sector: sector.isEmpty ? nil : sector)
        reading = questionnaire.read(sheet, level: level, profile: profile)
        asked = questionnaire.asked(level: level, profile: profile, answers: reading.answers)
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

    func fieldNames(_ question: Question) -> [String] {
        questionnaire.aspects.indices.map { questionnaire.field(.aspect($0), of: question.id).name }
            + [questionnaire.field(.reason, of: question.id).name, questionnaire.field(.note, of: question.id).name]
    }

    func faults(of question: Question) -> [SheetFault] { reading.faults.filter { $0.question == question.id } }

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
}

extension HeldVisit {
    var journey: Journey { Journey(questionnaire.definition, fields: assessment.fields) }

    func typed(_ field: FirmField) -> String { assessment.fields[field.rawValue]?.value ?? "" }
}
