/// Rows of short texts under titles, as a command hands them over to be laid out.
///
/// ```swift
/// let table = TextTable(
///     columns: [.init("#", alignment: .right), .init("severity"), .init("evidence", canShrink: true)],
///     rows: [["1", .init("high", .severity("high")), "5 failures in 6 min"]])
/// print(render(table, on: Screen(width: 80)).joined(separator: "\n"))
/// ```
struct TextTable: Hashable, Sendable {
    enum Alignment: Hashable, Sendable { case left, right }

    struct Column: Hashable, Sendable {
        let title: String
        let alignment: Alignment
        /// When space is short, columns with high numbers are cut before those with low ones.
        let priority: Int
        /// Whether texts may be cut. The last column is also wrapped when cutting is not enough.
        let canShrink: Bool

        init(_ title: String, alignment: Alignment = .left, priority: Int = 1, canShrink: Bool = false) {
            self.title = title
            self.alignment = alignment
            self.priority = priority
            self.canShrink = canShrink
        }
    }

    struct Cell: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        let text: String
        let style: Style

        init(_ text: String, _ style: Style = .plain) {
            self.text = text
            self.style = style
        }

        init(stringLiteral value: String) { self.init(value) }
    }

    /// Without any title the table has no head.
    var columns: [Column]
    /// A short row is filled with empty cells; what goes beyond the columns is not shown.
    var rows: [[Cell]]

    init(columns: [Column], rows: [[Cell]] = []) {
        self.columns = columns
        self.rows = rows
    }
}

/// The lines of a table, indented by two, no wider than the screen.
///
/// When it is too wide, the columns that may shrink are cut (with `…`), then the last column is wrapped, and
/// when that is not enough each field gets a line of its own. Every text passes `Diagnostics.visible`.
func render(_ table: TextTable, on screen: Screen) -> [String] {
    guard !table.columns.isEmpty else { return [] }
    let layout = TableLayout(table, on: screen)
    switch layout.shape {
    case .grid(let widths, let wrapsLast): return layout.gridLines(widths, wrapsLast: wrapsLast)
    case .fields: return layout.fieldLines
    }
}
