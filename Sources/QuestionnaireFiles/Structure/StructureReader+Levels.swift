import Assessment

extension StructureReader {
    mutating func readLevels(_ node: Node?) {
        guard let items = file.items(node, "\"levels\"") else { return }
        var lines: [String: Int] = [:]
        for (index, item) in items.enumerated() {
            let name = item.name("level", number: index + 1)
            guard
                let section = file.section(
                    item, name, required: ["id"],
                    optional: ["minutes", "total", "domain", "keyMeasure", "notApplicable"])
            else { continue }
            let id = file.uniqueID(section["id"], name, "level", in: &lines) ?? ""
            let minutes = file.wholeNumber(section["minutes"], section.what("minutes"), in: 0...10_000)
            let level = Level(
                id: id,
                minutes: minutes ?? 0,
                total: readThreshold(section, "total"),
                domain: readThreshold(section, "domain"),
                keyMeasure: readThreshold(section, "keyMeasure"),
                notApplicable: readNotApplicable(section["notApplicable"], name))
            if let lower = levels.last {
                checkOrder("minutes", Fraction(lower.minutes), minutes.map { Fraction($0) }, section, lower)
                checkOrder("total", lower.total, level.total, section, lower)
                checkOrder("domain", lower.domain, level.domain, section, lower)
                checkOrder("keyMeasure", lower.keyMeasure, level.keyMeasure, section, lower)
            }
            levels.append(level)
        }
    }

    /// Means lie within the scale; what points add up to is the author's to know.
    private mutating func readThreshold(_ section: Section, _ key: String) -> Fraction? {
        guard let node = section[key], let value = file.fraction(node, section.what(key)) else { return nil }
        if !addsPoints { refuseOutsideScale(value, node.line, section.what(key)) }
        return value
    }

    private mutating func refuseOutsideScale(_ value: Fraction, _ line: Int, _ what: String) {
        guard outline.steps != nil, value < Fraction(scale.lowerBound) || Fraction(scale.upperBound) < value else { return }
        let bounds = "\(scale.lowerBound) to \(scale.upperBound)"
        file.fault(line, "\(what) is \(number(value)), outside the scale \(bounds); correct it")
    }

    private mutating func readNotApplicable(_ node: Node?, _ level: String) -> NotApplicableRule? {
        guard let node,
            let section = file.section(node, "notApplicable of \(level)", required: ["atMost"], optional: ["countsAs"])
        else { return nil }
        let countsAs = file.fraction(section["countsAs"], section.what("countsAs"))
        if let countsAs, let line = section["countsAs"]?.line {
            if addsPoints {
                file.fault(line, "\(section.what("countsAs")) has no meaning with points; remove it")
            } else {
                refuseOutsideScale(countsAs, line, section.what("countsAs"))
            }
        }
        return readLimit(section).map { NotApplicableRule(limit: $0, countsAs: countsAs) }
    }

    private mutating func readLimit(_ section: Section) -> NotApplicableRule.Limit? {
        guard let node = section["atMost"], let text = file.scalar(node, section.what("atMost")) else { return nil }
        if text.hasSuffix("%"), let share = Fraction.parse(text), 0 <= share, share <= 1 { return .share(share) }
        if let count = parseWholeNumber(text), count >= 0 { return .count(count) }
        file.fault(
            node.line,
            "\(section.what("atMost")) \"\(TextEncodingCheck.excerpt(text))\" is no number of questions; write a whole number from 0, or 0% to 100%"
        )
        return nil
    }

    /// Levels are nested, so a higher one takes no less time and asks no less.
    private mutating func checkOrder(
        _ key: String, _ below: Fraction?, _ value: Fraction?, _ section: Section, _ lower: Level
    ) {
        guard let below, let value, value < below, let line = section[key]?.line else { return }
        file.fault(
            line,
            "\(section.what(key)) is \(number(value)), below \(number(below)) of the lower level \(lower.id); put the lowest level first"
        )
    }
}

/// Without needless zeros: 3, 2.5.
private func number(_ value: Fraction) -> String {
    (0...2).lazy.map { value.decimals($0) }.first { Fraction.parse($0) == value } ?? value.decimals(3)
}
