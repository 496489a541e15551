import Assessment
import HTML
import QuestionnaireFiles
import Store

/// Scores per domain as bars, as a radar, and as a table with the same figures (UX-20).
struct ResultCharts {
    let result: SubmissionResult
    let previous: SubmissionResult?

    private var words: Words { result.words }

    func write(_ html: inout HTML) {
        html.heading(words[.resultDomainsTitle])
        html.columns({ $0.radarChart(radar) }, { $0.barChart(bars) })
        html.table(table)
    }

    private var domains: [DomainScore] { result.card.domains }

    private func before(_ domain: DomainScore) -> Fraction? {
        previous?.card.domains.first { $0.id == domain.id }?.score
    }

    private var beforeLabel: String? { previous.map { words.date($0.submission.at) } }

    private var target: Fraction? { domains.compactMap(\.target).first }

    private var targetLabel: String { target.map { words[.resultTarget, ["target": words.threshold($0)]] } ?? "" }

    private func isLow(_ domain: DomainScore) -> Bool {
        guard let score = domain.score, let target = domain.target else { return false }
        return score < target
    }

    private var bars: BarChart {
        BarChart(
            id: "bars", caption: words[.resultBars], title: words[.resultBarsTitle],
            bars: domains.map {
                BarChart.Bar(
                    result.text.title(ofDomain: $0.id), value: $0.score?.approximate, text: result.figure($0.score), isLow: isLow($0),
                    before: before($0)?.approximate)
            }, target: target?.approximate, targetLabel: targetLabel, beforeLabel: beforeLabel, maximum: maximum)
    }

    private var answers: AnswerWords { AnswerWords(result.held.visit, result.questionnaire) }
    private var hasAspects: Bool { result.definition.aspects.count > 1 }

    private var maximum: Double {
        result.definition.scoring == .means
            ? Double(result.definition.scale.upperBound) : domains.compactMap { $0.score?.approximate }.max() ?? 1
    }

    private var radar: RadarChart {
        let aspects = result.definition.aspects
        var series = [RadarChart.Series(words[.resultNow], style: .now, values: domains.map { $0.score?.approximate })]
        if aspects.count == 2 {
            series = aspects.indices.map { aspect in
                RadarChart.Series(
                    answers.aspect(aspect), style: aspect == 0 ? .second : .now, values: domains.map { $0.aspects[aspect]?.approximate })
            }
        }
        if let beforeLabel {
            series.append(RadarChart.Series(beforeLabel, style: .before, values: domains.map { before($0)?.approximate }))
        }
        if target != nil {
            series.append(RadarChart.Series(targetLabel, style: .target, values: domains.map { $0.target?.approximate }))
        }
        return RadarChart(
            id: "radar", caption: words[.resultRadar], title: words[.resultRadarTitle],
            axes: domains.map { RadarChart.Axis(result.text.title(ofDomain: $0.id), short: result.text.domains[$0.id]?.short) },
            series: series, maximum: Int(maximum.rounded(.up)))
    }

    private var table: DataTable {
        var columns = [DataTable.Column(words[.resultDomain])]
        if hasAspects { columns += result.definition.aspects.indices.map { DataTable.Column(answers.aspect($0), isNumeric: true) } }
        columns.append(DataTable.Column(words[.resultScore], isNumeric: true))
        columns.append(DataTable.Column(words[.resultTargetColumn], isNumeric: true))
        if let beforeLabel {
            columns.append(DataTable.Column(beforeLabel, isNumeric: true))
            columns.append(DataTable.Column(words[.resultChange], isNumeric: true))
        }
        columns.append(DataTable.Column(words[.resultState]))
        return DataTable(caption: words[.resultTable], columns: columns, rows: domains.map(row) + [totalRow], narrow: .stacks)
    }

    private func row(_ domain: DomainScore) -> DataTable.Row {
        row(result.text.title(ofDomain: domain.id), domain.aspects, domain.score, domain.target, before(domain), isLow: isLow(domain))
    }

    private var totalRow: DataTable.Row {
        let isLow = result.card.total.flatMap { total in result.level.total.map { total < $0 } } ?? false
        return row(words[.resultTotal], result.card.aspects, result.card.total, result.level.total, previous?.card.total, isLow: isLow)
    }

    private func row(
        _ header: String, _ aspects: [Fraction?], _ score: Fraction?, _ target: Fraction?, _ before: Fraction?, isLow: Bool
    ) -> DataTable.Row {
        var cells: [DataTable.Cell] = hasAspects ? aspects.map { .text(result.figure($0)) } : []
        cells += [.text(result.figure(score)), .text(target.map(words.threshold) ?? "–")]
        if previous != nil {
            cells.append(.text(result.figure(before)))
            cells.append(.text(score.flatMap { score in before.map { words.gain(score - $0) } } ?? "–"))
        }
        let badge = isLow ? Badge(.wait, words[.resultOpen]) : Badge(.good, words[.resultReached])
        cells.append(score == nil || target == nil ? .text("–") : .badge(badge))
        return DataTable.Row(header, cells)
    }
}

/// Earlier submissions of the same assessment side by side, newest first.
struct EarlierTable {
    let results: [SubmissionResult]
    let current: SubmissionResult

    var table: DataTable {
        let words = current.words
        let columns =
            [DataTable.Column(words[.resultDomain])]
            + results.map { DataTable.Column("\(words.date($0.submission.at)) (\($0.submission.reference))", isNumeric: true) }
        var rows = [
            DataTable.Row(words[.level], results.map { .text($0.text.title(ofLevel: $0.level.id)) }),
            DataTable.Row(words[.resultTotal], results.map { .text($0.figure($0.card.total)) }),
        ]
        for domain in current.card.domains {
            let scores = results.map { one in one.figure(one.card.domains.first { $0.id == domain.id }?.score) }
            rows.append(DataTable.Row(current.text.title(ofDomain: domain.id), scores.map { .text($0) }))
        }
        return DataTable(caption: words[.resultEarlierTable], columns: columns, rows: rows)
    }
}
