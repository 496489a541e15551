/// Rows and columns with a caption and scopes, in a frame that scrolls sideways where the screen is narrow.
public struct DataTable: Sendable {
    public enum Narrow: Sendable {
        /// The table keeps its shape and scrolls inside its frame.
        case scrolls
        /// Each row becomes a block, each cell a line with its column's title.
        case stacks
    }
    public var caption: String
    public var columns: [Column]
    public var rows: [Row]
    public var narrow: Narrow
    public init(caption: String, columns: [Column], rows: [Row], narrow: Narrow = .scrolls) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.narrow = narrow
    }

    public struct Column: Sendable {
        public var title: String
        /// Figures, aligned right.
        public var isNumeric: Bool
        public init(_ title: String, isNumeric: Bool = false) {
            self.title = title
            self.isNumeric = isNumeric
        }
    }

    /// The header is the first column's cell.
    public struct Row: Sendable {
        public var header: String
        public var link: Link?
        public var cells: [Cell]
        public init(_ header: String, link: Link? = nil, _ cells: [Cell]) {
            self.header = header
            self.link = link
            self.cells = cells
        }
    }

    public enum Cell: Sendable {
        case text(String)
        /// An id or digest, which may break anywhere.
        case code(String)
        case badge(Badge)
        case link(TextLink)
    }
}

extension HTML {
    public mutating func table(_ table: DataTable) {
        element(.div, .class("scroll"), .role("region"), .ariaLabel(table.caption), .tabindex(0)) { frame in
            frame.element(.table, .class(table.narrow == .stacks ? "stacks" : nil)) { grid in
                grid.element(.caption, text: table.caption)
                grid.element(.thead) { head in
                    head.element(.tr) { row in
                        for column in table.columns {
                            row.element(.th, .scope("col"), .class(column.isNumeric ? "n" : nil), text: column.title)
                        }
                    }
                }
                grid.element(.tbody) { body in
                    for row in table.rows { body.row(row, of: table) }
                }
            }
        }
    }

    private mutating func row(_ row: DataTable.Row, of table: DataTable) {
        element(.tr) { line in
            line.element(.th, .scope("row")) { header in
                if let link = row.link { header.element(.a, .href(link), text: row.header) } else { header.text(row.header) }
            }
            for (index, cell) in row.cells.enumerated() {
                let column = index + 1 < table.columns.count ? table.columns[index + 1] : nil
                var attributes: [Attribute] = column?.isNumeric == true ? [.class("n")] : []
                if table.narrow == .stacks, let column { attributes.append(.custom("data-label", column.title)) }
                line.element(.td, attributes) { $0.cell(cell) }
            }
        }
    }

    private mutating func cell(_ cell: DataTable.Cell) {
        switch cell {
        case .text(let text): self.text(text)
        case .code(let text): element(.code, text: text)
        case .badge(let badge): self.badge(badge)
        case .link(let link): element(.a, .href(link.link), text: link.text)
        }
    }
}
