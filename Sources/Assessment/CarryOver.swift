/// An answer to another questionnaire that may stand for one of this one.
public struct Carried: Sendable, Equatable {
    public let question: String
    /// The questions that it comes from, in the other questionnaire's order.
    public let origins: [String]
    /// Per aspect; `nil` where the other questionnaire says nothing about it.
    public let scores: [Int?]
    /// The two ask the very same: it can be taken over as it is. Otherwise it is only a suggestion, to be confirmed.
    public let isEqual: Bool

    public init(question: String, origins: [String], scores: [Int?], isEqual: Bool) {
        self.question = question
        self.origins = origins
        self.scores = scores
        self.isEqual = isEqual
    }
}

extension Questionnaire {
    /// What answers to another questionnaire say about this one, along the references of either. Scores only: "unknown" and
    /// "not applicable" are not carried. Of several sources the lowest score of each aspect counts.
    ///
    /// A single aspect is about what is done: it goes with the last aspect of the other side.
    public func carryOver(_ answers: Answers, of source: Questionnaire) -> [Carried] {
        guard scale == source.scale else { return [] }
        let places = Dictionary(uniqueKeysWithValues: source.questions.enumerated().map { ($1.id, $0) })
        var relations: [String: (all: Set<String>, equal: Set<String>)] = [:]
        for question in questions {
            relations[question.id, default: ([], [])].all.formUnion(question.references.ids(of: source.scheme))
            relations[question.id]?.equal.formUnion(question.equals.ids(of: source.scheme))
        }
        for other in source.questions {
            for id in other.references.ids(of: scheme) { relations[id]?.all.insert(other.id) }
            for id in other.equals.ids(of: scheme) { relations[id]?.equal.insert(other.id) }
        }
        return questions.compactMap { question in
            guard let relation = relations[question.id] else { return nil }
            let scored = { (ids: Set<String>) in ids.filter { places[$0] != nil && source.scores($0, answers) != nil } }
            let equal = scored(relation.equal)
            let isEqual = aspects == source.aspects && !equal.isEmpty
            let origins = (isEqual ? equal : scored(relation.all)).sorted { (places[$0] ?? 0) < (places[$1] ?? 0) }
            let scores = aspects.indices.map { aspect in
                origins.compactMap { id in source.scores(id, answers).flatMap { self.carried($0, to: aspect, from: source) } }.min()
            }
            guard scores.contains(where: { $0 != nil }) else { return nil }
            return Carried(question: question.id, origins: origins, scores: scores, isEqual: isEqual)
        }
    }

    private func carried(_ scores: [Int?], to aspect: Int, from source: Questionnaire) -> Int? {
        if aspects == source.aspects { return scores[aspect] }
        return aspect == aspects.count - 1 ? scores.last ?? nil : nil
    }

    /// `nil` where no aspect has a score.
    private func scores(_ id: String, _ answers: Answers) -> [Int?]? {
        guard case .marks(let marks) = answers[id] else { return nil }
        let scores = marks.map { $0?.score }
        return scores.contains { $0 != nil } ? scores : nil
    }

    /// Whether answers to one may say something about the other.
    public func isRelated(to other: Questionnaire) -> Bool {
        id != other.id && scale == other.scale
            && (questions.contains { !$0.references.ids(of: other.scheme).isEmpty }
                || other.questions.contains { !$0.references.ids(of: scheme).isEmpty })
    }
}

extension [Reference] {
    fileprivate func ids(of scheme: String?) -> [String] { scheme.flatMap { scheme in first { $0.scheme == scheme }?.ids } ?? [] }
}
