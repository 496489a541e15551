import Assessment

/// The figures that a workbook itself shows on its summary.
enum CyFunSummary {
    static func figures(_ file: WorkbookFile, level: String, _ questionnaire: Questionnaire) -> [CyFunReading.Figure] {
        guard let sheet = file.sheet("\(level.uppercased()) Summary") else { return [] }
        let titles = CyFunTitles(sheet)
        guard let name = titles["CyberFundamentals Categories"] else { return [] }
        let scores: [(aspect: Int?, column: Int?)] = [
            (nil, titles["Category Maturity Score"]), (0, titles["Documentation Maturity Score"]),
            (1, titles["Implementation Maturity Score"]),
        ]
        var figures: [CyFunReading.Figure] = []
        for row in sheet.rows where row > CyFunLayout.titleRow {
            guard let match = sheet.label(row, name).firstMatch(of: /\(([A-Z]{2}\.[A-Z]{2})\)/),
                questionnaire.domains.contains(where: { $0.id == match.1 })
            else { continue }
            for case (let aspect, let column?) in scores {
                guard let value = figure(sheet.text(row, column), questionnaire) else { continue }
                figures.append(CyFunReading.Figure(domain: String(match.1), aspect: aspect, value: value))
            }
        }
        // The total stands below its title, two rows down.
        if let total = titles["Total Maturity level"], let value = figure(sheet.text(CyFunLayout.titleRow + 2, total), questionnaire) {
            figures.append(CyFunReading.Figure(domain: nil, value: value))
        }
        return figures
    }

    /// A maturity within the scale; anything else is no figure.
    private static func figure(_ text: String, _ questionnaire: Questionnaire) -> Double? {
        guard let value = Double(text), Double(questionnaire.scale.lowerBound) <= value, value <= Double(questionnaire.scale.upperBound)
        else { return nil }
        return value
    }
}
