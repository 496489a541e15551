import Assessment

/// What a filled official workbook says.
public struct CyFunReading: Sendable {
    public let questionnaire: String
    public let level: String
    /// Fields as the questionnaire's forms have them.
    public let sheet: AnswerSheet
    /// Other sheets of the same workbook in which something was filled in, by level (2023 has one per level).
    public let otherLevels: [String]
    /// What the workbook itself shows, as it was last computed; empty where it never was.
    public let figures: [Figure]

    /// A category's maturity, or the total where `domain` is `nil`.
    public struct Figure: Sendable, Hashable {
        public let domain: String?
        /// Index into `Questionnaire.aspects`; `nil` for the mean of both.
        public let aspect: Int?
        public let value: Double

        public func differs(from score: Fraction) -> Bool { abs(score.approximate - value) > WorkbookFigure.tolerance.approximate }

        public init(domain: String?, aspect: Int? = nil, value: Double) {
            self.domain = domain
            self.aspect = aspect
            self.value = value
        }
    }
}

extension [CyFunReading.Figure] {
    /// Nothing but the lowest score: it was filled in by a program that computes nothing.
    public var isNeverComputed: Bool { allSatisfy { $0.value == 1 } }
}

extension CyFunReading {
    /// The questionnaires that there are official workbooks for.
    public static let questionnaires = CyFunLayout.all.map(\.questionnaire)

    /// Reads a workbook against the questionnaires. Throws all that is wrong with it at once; nothing is taken over in part.
    /// - Parameters:
    ///   - level: Which level is meant, where a workbook has sheets for several (2023).
    ///   - isFilledIn: Somebody said that a workbook with nothing but the lowest score was filled in.
    public init(
        _ bytes: [UInt8], questionnaires: [Questionnaire], level: String? = nil, isFilledIn: Bool = false
    ) throws(WorkbookFaults) {
        let file: WorkbookFile
        do {
            file = try WorkbookFile(bytes, wanted: CyFunLayout.isWanted)
        } catch {
            throw WorkbookFaults([error])
        }
        guard let layout = CyFunLayout.all.first(where: { $0.fits(file) }),
            let questionnaire = questionnaires.first(where: { $0.id == layout.questionnaire })
        else { throw WorkbookFaults([.foreign]) }
        self = try Self.read(file, layout, questionnaire, level: level, isFilledIn: isFilledIn)
    }

    private static func read(
        _ file: WorkbookFile, _ layout: CyFunLayout, _ questionnaire: Questionnaire, level: String?, isFilledIn: Bool
    ) throws(WorkbookFaults) -> CyFunReading {
        let isByLevel = layout.parts.contains { $0.level != nil }
        let tables =
            isByLevel
            ? layout.parts.map { CyFunTable(file, [$0], questionnaire, level: $0.level) }
            : [CyFunTable(file, layout.parts, questionnaire, level: nil)]
        let filled = tables.filter { !$0.isUntouched }
        if filled.count > 1, level == nil { throw WorkbookFaults([.severalLevels(of: questionnaire.id, filled.map(\.levelID))]) }
        let wanted = tables.first { $0.levelID == level }
        if let level, wanted == nil {
            let found = tables.map(\.levelID).joined(separator: ", ")
            throw WorkbookFaults([.otherLevel(of: questionnaire.id, expected: level, found: found)])
        }
        let chosen = wanted ?? filled.last ?? tables[0]
        var faults = chosen.faults
        if faults.isEmpty, chosen.isUntouched, !isFilledIn { faults = [.untouched(of: questionnaire.id, level: chosen.levelID)] }
        guard faults.isEmpty else { throw WorkbookFaults(faults) }
        return CyFunReading(
            questionnaire: questionnaire.id, level: chosen.levelID, sheet: chosen.sheet,
            otherLevels: tables.filter { !$0.isUntouched && $0.levelID != chosen.levelID }.map(\.levelID),
            figures: CyFunSummary.figures(file, level: chosen.levelID, questionnaire))
    }
}

/// Everything that is wrong with a workbook.
public struct WorkbookFaults: Error, Sendable, Hashable {
    public let faults: [WorkbookFault]

    init(_ faults: [WorkbookFault]) { self.faults = faults }
}
