import Assessment
import HTML
import QuestionnaireFiles

/// Which of a section's questions to look at. However much is written into its notes, a page stays below 120 kB: what does not fit is
/// another part.
extension SectionPage {
    /// Parts of about the same size. One begins with the question that was asked for: nothing comes twice, or is left out, where
    /// what was saved on the part before has moved the others.
    /// - Parameter whole: What all of it on one page takes, in bytes.
    func inParts(_ whole: Int) -> [[Question]] {
        let sizes = shown.indices.map { number in
            var html = HTML()
            panel(number, isChecked: false, &html)
            return html.count
        }
        // Some more for the links between the parts.
        let room = Limit.pageBytes - (whole - sizes.reduce(0, +)) - 1_000
        let middle = shown.firstIndex { $0.id == held.visit.query["question"] } ?? 0
        return [0..<middle, middle..<shown.count].flatMap { range in
            let all = sizes[range].reduce(0, +)
            let share = all / max((all + room - 1) / room, 1)
            var (parts, used) = ([[Question]](), room)
            for index in range {
                if used >= share || used + sizes[index] > room {
                    parts.append([])
                    used = 0
                }
                parts[parts.count - 1].append(shown[index])
                used += sizes[index]
            }
            return parts
        }
    }

    func partLinks(_ html: inout HTML) {
        guard parts.count > 1 else { return }
        html.viewLinks(
            words.count(questions.count, .questionOne, .questionMany),
            parts.map { part in
                let numbers = [part.first, part.last].compactMap { $0.map(number) }
                return (numbers.joined(separator: " – "), part == shown ? nil : place(of: part[0]))
            })
    }

    /// In a long section: which of its questions to look at.
    func filters(_ html: inout HTML) {
        guard questions.count > Self.short, !view.one else { return }
        var links: [(show: String?, label: String)] = [(nil, words[.sectionShowAll]), ("open", words[.sectionShowOpen])]
        if questions.contains(where: { $0.isKeyMeasure(at: journey.level) }) { links.append(("key", words[.sectionShowKey])) }
        if journey.level > 0 {
            links += journey.questionnaire.levels[...journey.level].map { level in
                (level.id, words[.sectionShowNew, ["level": held.text.title(ofLevel: level.id)]])
            }
        }
        html.viewLinks(
            words[.sectionShow],
            links.map { link in
                var other = view
                (other.show, other.question) = (link.show, nil)
                return (link.label, link.show == view.show ? nil : place(other))
            })
    }

    /// Sections up to this many questions need no filter.
    static let short = 8
}
