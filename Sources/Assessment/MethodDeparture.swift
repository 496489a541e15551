/// Where the workbook that a framework's owner publishes computes something else than the owner's published method.
/// The method counts; the workbook's figure is shown beside it.
public struct MethodDeparture: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The questions of these topics count as one topic.
        case merges([String])
        /// Each question of this topic counts as a topic.
        case splits(String)
        /// This topic is left out of one aspect's mean.
        case leavesOut(String, aspect: Int)
    }

    /// Index into `Questionnaire.levels`.
    public let level: Int
    public let kind: Kind

    public init(level: Int, kind: Kind) {
        self.level = level
        self.kind = kind
    }

    func touches(_ topic: String) -> Bool {
        switch kind {
        case .merges(let topics): topics.contains(topic)
        case .splits(let own), .leavesOut(let own, _): own == topic
        }
    }
}

/// A figure as the official workbook computes it, where that differs from the published method.
public struct WorkbookFigure: Sendable, Equatable {
    /// Figures further apart than this differ.
    public static let tolerance = Fraction(1, 200)

    /// `nil` for the total.
    public let domain: String?
    /// `nil` for the mean of all aspects.
    public let aspect: Int?
    public let published: Fraction
    public let workbook: Fraction
    /// Why they differ; for the total, all of them.
    public let departures: [MethodDeparture]
}

extension Questionnaire {
    /// Figures of a complete scorecard that the official workbook shows otherwise, by more than the tolerance: per domain the whole
    /// and each aspect, then the total.
    public func workbookFigures(_ card: Scorecard) -> [WorkbookFigure] {
        let own = departures.filter { $0.level == card.level }
        guard !own.isEmpty, let total = card.total else { return [] }
        var figures: [WorkbookFigure] = []
        var tally = Tally(addsPoints: false)
        for domain in card.domains {
            guard let score = domain.score else { continue }
            let reasons = own.filter { departure in domain.topics.contains { departure.touches($0.id) } }
            let parts = reasons.isEmpty ? domain.aspects : workbookAspects(domain, reasons)
            let shown = reasons.isEmpty ? score : whole(parts) ?? score
            tally.add(shown, weight: domain.weight)
            figures.append(
                WorkbookFigure(domain: domain.id, aspect: nil, published: score, workbook: shown, departures: reasons))
            for (aspect, part) in parts.enumerated() {
                guard let part, let published = domain.aspects[aspect] else { continue }
                figures.append(
                    WorkbookFigure(domain: domain.id, aspect: aspect, published: published, workbook: part, departures: reasons))
            }
        }
        guard let workbookTotal = tally.figure else { return [] }
        figures.append(WorkbookFigure(domain: nil, aspect: nil, published: total, workbook: workbookTotal, departures: own))
        return figures.filter { max($0.published - $0.workbook, $0.workbook - $0.published) > WorkbookFigure.tolerance }
    }

    private func workbookAspects(_ domain: DomainScore, _ departures: [MethodDeparture]) -> [Fraction?] {
        aspects.indices.map { aspect in
            var groups: [(id: String, scores: [Fraction?])] = domain.topics.map { ($0.id, $0.questions.map { $0.aspects[aspect] }) }
            for departure in departures {
                switch departure.kind {
                case .merges(let topics):
                    let merged = groups.filter { topics.contains($0.id) }.flatMap(\.scores)
                    guard let first = groups.firstIndex(where: { topics.contains($0.id) }) else { continue }
                    groups[first].scores = merged
                    let kept = groups[first].id
                    groups.removeAll { topics.contains($0.id) && $0.id != kept }
                case .splits(let topic):
                    guard let place = groups.firstIndex(where: { $0.id == topic }) else { continue }
                    groups.replaceSubrange(place...place, with: groups[place].scores.map { (id: topic, scores: [$0]) })
                case .leavesOut(let topic, let left):
                    if left == aspect { groups.removeAll { $0.id == topic } }
                }
            }
            return mean(groups.map { mean($0.scores) })
        }
    }

    private func mean(_ values: [Fraction?]) -> Fraction? {
        var tally = Tally(addsPoints: false)
        for case let value? in values { tally.add(value, weight: 1) }
        return tally.figure
    }
}
