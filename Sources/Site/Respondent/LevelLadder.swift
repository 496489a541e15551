import Assessment
import HTML
import QuestionnaireFiles

/// How far these answers bring the firm at each level, and what stands between (levels are nested: answers count at all of them).
struct LevelLadder {
    let result: SubmissionResult

    private var words: Words { result.words }

    func write(_ html: inout HTML) {
        let definition = result.definition
        guard definition.levels.count > 1, definition.levels.contains(where: { !definition.isOpenEnded($0) }) else { return }
        html.heading(words[.ladderTitle])
        html.table(
            DataTable(
                caption: words[.ladderTable],
                columns: [
                    DataTable.Column(words[.level]), DataTable.Column(words[.ladderAnswered], isNumeric: true),
                    DataTable.Column(words[.resultScore], isNumeric: true), DataTable.Column(words[.resultTargetColumn], isNumeric: true),
                    DataTable.Column(words[.resultState]), DataTable.Column(words[.ladderBetween]),
                ], rows: definition.levels.indices.map(row), narrow: .stacks))
        let next = definition.levels.index(after: result.card.level)
        guard result.card.verdict == .met, next < definition.levels.count, result.held.may(.edit) else { return }
        html.paragraph(words[.ladderNext, ["level": title(next)]])
        html.buttons([
            Button(words[.ladderNextButton, ["level": title(next)]], .go(Link(path: result.held.path("/facts#level"))), look: .second)
        ])
    }

    private func title(_ level: Int) -> String {
        let id = result.definition.levels[level].id
        return result.text.title(ofLevel: id)
    }

    private func row(_ level: Int) -> DataTable.Row {
        let card = result.definition.score(result.answers, level: level, profile: result.profile)
        let thresholds = [result.definition.levels[level].total].compactMap { $0 }
        let state: Badge =
            switch card.verdict {
            case .met: Badge(.good, words[.resultReached])
            case .notMet: Badge(.wait, words[.resultOpen])
            case .incomplete: Badge(.neutral, words[.tasksInProgress])
            }
        return DataTable.Row(
            title(level),
            [
                .text("\(card.completeness.answered) / \(card.completeness.asked)"),
                .text((card.total ?? card.answeredPart).map { words.figure($0, thresholds: thresholds) } ?? "–"),
                .text(thresholds.first.map(words.threshold) ?? "–"), .badge(state), .text(between(card)),
            ])
    }

    /// The kinds of conditions that are not met, counted.
    private func between(_ card: Scorecard) -> String {
        var counts: [(word: Word, count: Int)] = [
            (.ladderUnanswered, 0), (.ladderKeyMeasures, 0), (.ladderDomains, 0), (.ladderTotal, 0), (.ladderNotApplicable, 0),
        ]
        for unmet in card.unmet {
            switch unmet {
            case .unanswered: counts[0].count += 1
            case .keyMeasure: counts[1].count += 1
            case .domain: counts[2].count += 1
            case .total: counts[3].count += 1
            case .notApplicableLimit, .notApplicableKeyMeasure: counts[4].count += 1
            }
        }
        let parts = counts.filter { $0.count > 0 }.map { words[$0.word, ["count": String($0.count)]] }
        return parts.isEmpty ? "–" : parts.joined(separator: "; ")
    }
}
