/// What an answer counts as.
struct CountedAnswer {
    let state: QuestionScore.State
    /// One figure per aspect: the score or its points; all `nil` where unanswered or left out.
    let aspects: [Fraction?]
    /// "Not applicable" where it may not be.
    let isRefused: Bool
}

extension Questionnaire {
    func counted(_ answer: Answer?, to question: Question, at level: Int) -> CountedAnswer {
        let isKeyMeasure = question.isKeyMeasure(at: level)
        switch answer {
        case .notApplicable:
            let isRefused = !mayBeNotApplicable(question, at: level)
            let countsAs = addsPoints ? nil : rules(at: level)?.notApplicable?.countsAs
            let figure = isRefused ? value(of: scale.lowerBound, isKeyMeasure: isKeyMeasure) : countsAs
            return CountedAnswer(
                state: .notApplicable, aspects: Array(repeating: figure, count: aspects.count), isRefused: isRefused)
        case .marks(let marks) where marks.count == aspects.count:
            return counted(marks, isKeyMeasure: isKeyMeasure) ?? unanswered
        default:
            return unanswered
        }
    }

    /// `nil` where a mark is open or outside the scale.
    private func counted(_ marks: [Mark?], isKeyMeasure: Bool) -> CountedAnswer? {
        var state = QuestionScore.State.answered
        var figures: [Fraction?] = []
        figures.reserveCapacity(marks.count)
        for mark in marks {
            guard let score = score(of: mark) else { return nil }
            if mark == .unknown { state = .unknown }
            figures.append(value(of: score, isKeyMeasure: isKeyMeasure))
        }
        return CountedAnswer(state: state, aspects: figures, isRefused: false)
    }

    private var unanswered: CountedAnswer {
        CountedAnswer(state: .unanswered, aspects: Array(repeating: nil, count: aspects.count), isRefused: false)
    }

    /// What a mark counts as on the scale; `nil` if it is open or outside.
    func score(of mark: Mark?) -> Int? {
        switch mark {
        case .score(let score): scale.contains(score) ? score : nil
        case .unknown: unknownCountsAs
        case nil: nil
        }
    }
}
