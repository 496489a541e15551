import HTML

/// A part of a long list that can be searched: what was searched for, and which part is shown.
struct ListPart {
    static let size = 50

    private let visit: Visit
    let search: String
    private let number: Int

    init(_ visit: Visit) {
        self.visit = visit
        search = visit.query["search"] ?? ""
        number = min(max(visit.query["page"].flatMap { Int($0) } ?? 1, 1), 1_000_000)
    }

    var offset: Int { (number - 1) * Self.size }

    /// The form to search with, and what it found, with links to the parts before and after.
    /// - Parameter found: One more than is shown, where there are more.
    func write<Element>(_ found: [Element], label: Word, into html: inout HTML, table: (ArraySlice<Element>) -> DataTable) {
        let words = visit.words
        html.searchForm(action: Link(path: visit.path(visit.place))) { html in
            html.textField(
                TextField(id: "search", name: "search", label: words[label], value: search, kind: .search, isSpellChecked: false))
            html.buttons([Button(words[.administrationSearch], look: .second)])
        }
        if found.isEmpty { html.paragraph(words[.administrationNothing]) } else { html.table(table(found.prefix(Self.size))) }
        guard number > 1 || found.count > Self.size else { return }
        html.paragraph(words[.administrationPart, ["number": String(number)]])
        html.links(
            [
                number > 1 ? TextLink(words[.administrationPrevious], link(to: number - 1)) : nil,
                found.count > Self.size ? TextLink(words[.administrationFollowing], link(to: number + 1)) : nil,
            ].compactMap { $0 })
    }

    private func link(to number: Int) -> Link {
        let query = search.isEmpty ? [] : [(name: "search", value: search)]
        return .path(
            visit.path(visit.place).split(separator: "/").map(String.init), query: query + [(name: "page", value: String(number))])
    }
}
