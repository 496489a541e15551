import Assessment

/// A scorecard as JSON: figures with at most nine decimals, `null` where something is unanswered.
public enum ScorecardJSON {
    public static func text(_ card: Scorecard, of questionnaire: Questionnaire) -> String {
        var json = JSONText()
        json.object { write(card, of: questionnaire, into: &$0) }
        return json.text
    }

    /// Writes the scorecard's members into an object that is open.
    static func write(_ card: Scorecard, of questionnaire: Questionnaire, into json: inout JSONText) {
        json.member("questionnaire", questionnaire.id)
        json.member("edition", questionnaire.edition)
        json.member("level", questionnaire.levels[card.level].id)
        json.member("answered", card.completeness.answered)
        json.member("asked", card.completeness.asked)
        json.member("unknown", card.completeness.unknown)
        json.member("notApplicable", card.completeness.notApplicable)
        json.member("total", card.total)
        json.member(
            "domains",
            object: { json in
                for domain in card.domains {
                    json.member(
                        domain.id,
                        object: { json in
                            json.member("score", domain.score)
                            for (aspect, score) in zip(questionnaire.aspects, domain.aspects) { json.member(aspect, score) }
                        })
                }
            })
        json.member("verdict", card.verdict.rawValue)
        json.member(
            "unmet",
            array: { json in
                for unmet in card.unmet { json.element(object: { write(unmet, into: &$0) }) }
            })
    }

    private static func write(_ unmet: Unmet, into json: inout JSONText) {
        switch unmet {
        case .total(let score, let required):
            json.member("condition", "total")
            json.member("score", score)
            json.member("required", required)
        case .domain(let id, let score, let required):
            json.member("condition", "domain")
            json.member("id", id)
            json.member("score", score)
            json.member("required", required)
        case .keyMeasure(let id, let score, let required):
            json.member("condition", "keyMeasure")
            json.member("id", id)
            json.member("score", score)
            json.member("required", required)
        case .notApplicableLimit(let count, let allowed):
            json.member("condition", "notApplicableLimit")
            json.member("count", count)
            json.member("allowed", allowed)
        case .notApplicableKeyMeasure(let id):
            json.member("condition", "notApplicableKeyMeasure")
            json.member("id", id)
        case .unanswered(let id):
            json.member("condition", "unanswered")
            json.member("id", id)
        }
    }
}
