import Diagnostics

/// A table measured against a screen: which shape it gets, and its lines in that shape.
struct TableLayout {
    /// A text that is safe to print, with the columns it takes.
    struct Piece: Hashable {
        let text: String
        let width: Int
        let style: Style

        init(_ text: String, _ style: Style) {
            self.text = text.visible
            self.width = self.text.utf8.allSatisfy { $0 < 0x80 } ? self.text.utf8.count : self.text.terminalColumns
            self.style = style
        }

        func cut(toColumns limit: Int) -> Piece { width <= limit ? self : Piece(text.cut(toColumns: limit), style) }
    }

    enum Shape: Hashable {
        /// Columns side by side, each of the given width.
        case grid([Int], wrapsLast: Bool)
        /// One field a line.
        case fields
    }

    /// Before each line, and between two columns.
    static let gap = 2
    /// A column is not cut below this, unless it never was wider.
    static let narrowestCut = 8
    /// The last column is not wrapped into less than this.
    static let narrowestWrap = 16

    private let columns: [TextTable.Column]
    private let titles: [Piece]
    private let rows: [[Piece]]
    private let screen: Screen

    init(_ table: TextTable, on screen: Screen) {
        columns = table.columns
        titles = table.columns.map { Piece($0.title, .dim) }
        rows = table.rows.map { row in
            table.columns.indices.map { $0 < row.count ? Piece(row[$0].text, row[$0].style) : Piece("", .plain) }
        }
        self.screen = screen
    }

    private var hasHead: Bool { titles.contains { $0.width > 0 } }

    /// The first shape that fits.
    var shape: Shape {
        let budget = screen.width - Self.gap * columns.count
        var widths = columns.indices.map { index in
            rows.reduce(titles[index].width) { max($0, $1[index].width) }
        }
        shrink(&widths, to: budget)
        let excess = widths.reduce(-budget, +)
        if excess <= 0 { return .grid(widths, wrapsLast: false) }
        let last = widths.count - 1
        let left = widths[last] - excess
        let fits = left >= max(Self.narrowestWrap, titles[last].width)
        guard fits, columns[last].alignment == .left else { return .fields }
        widths[last] = left
        return .grid(widths, wrapsLast: true)
    }

    private func shrink(_ widths: inout [Int], to budget: Int) {
        let order = columns.indices.filter { columns[$0].canShrink }.sorted {
            (columns[$0].priority, $0) > (columns[$1].priority, $1)
        }
        for index in order {
            let excess = widths.reduce(-budget, +)
            let spare = widths[index] - max(Self.narrowestCut, titles[index].width)
            widths[index] -= max(0, min(excess, spare))
        }
    }
}

// MARK: Columns side by side

extension TableLayout {
    /// A line per row, and more where the last column is wrapped; the titles first.
    func gridLines(_ widths: [Int], wrapsLast: Bool) -> [String] {
        let head = hasHead ? [line(titles, widths)] : []
        return head + rows.flatMap { row in wrapsLast ? wrappedLines(row, widths) : [line(row, widths)] }
    }

    private func wrappedLines(_ row: [Piece], _ widths: [Int]) -> [String] {
        guard let last = row.last, let width = widths.last, last.width > width else { return [line(row, widths)] }
        return brokenIntoLines(last.text, width: width).enumerated().map { index, text in
            let others = row.dropLast().map { index == 0 ? $0 : Piece("", .plain) }
            return line(others + [Piece(text, last.style)], widths)
        }
    }

    /// Blanks that nothing follows are left out.
    private func line(_ pieces: [Piece], _ widths: [Int]) -> String {
        var result = "", blanks = 0
        for (index, piece) in pieces.enumerated() {
            let text = piece.cut(toColumns: widths[index])
            let fill = widths[index] - text.width
            let right = columns[index].alignment == .right
            blanks += Self.gap + (right ? fill : 0)
            guard text.width > 0 else { blanks += right ? 0 : fill; continue }
            result += String(repeating: " ", count: blanks) + screen.paint(text.text, text.style)
            blanks = right ? 0 : fill
        }
        return result
    }
}

// MARK: One field a line

extension TableLayout {
    /// `title  value` for every field that has a value, with an empty line between rows. Without titles, all
    /// fields after the first are set in.
    var fieldLines: [String] {
        let label = min(titles.map(\.width).max() ?? 0, screen.width / 2)
        let blocks = rows.map { row in
            zip(titles, row).enumerated().flatMap { index, field in
                hasHead ? lines(field.0, field.1, label: label) : lines(field.1, indent: index == 0 ? 2 : 4)
            }
        }
        return Array(blocks.joined(separator: [""]))
    }

    private func lines(_ title: Piece, _ value: Piece, label: Int) -> [String] {
        guard value.width > 0 else { return [] }
        let name = title.text.cut(toColumns: label)
        let indent = Self.gap + label + Self.gap
        var result = lines(value, indent: indent)
        let fill = String(repeating: " ", count: indent - Self.gap - name.terminalColumns)
        result[0] = "  " + screen.paint(name, .dim) + fill + result[0].dropFirst(indent)
        return result
    }

    private func lines(_ value: Piece, indent: Int) -> [String] {
        guard value.width > 0 else { return [] }
        let margin = String(repeating: " ", count: indent)
        return brokenIntoLines(value.text, width: screen.width - indent).map { margin + screen.paint($0, value.style) }
    }
}
