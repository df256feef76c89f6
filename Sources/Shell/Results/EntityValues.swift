import Diagnostics

/// Values under headings, with how often and since when; narrow screens leave out the times.
struct EntityValues {
    struct Value {
        let text: String
        /// How many events; empty for records.
        let count: String
        let first: String
        var style = Style.plain
    }

    struct Section {
        let title: String
        let values: [Value]
        /// How many values are not named.
        let rest: Int
    }

    let sections: [Section]
    let screen: Screen

    var lines: [String] {
        guard !sections.isEmpty else { return [] }
        for withTimes in [true, false] {
            let layout = TableLayout(table(withTimes: withTimes), on: screen)
            if case .grid(let widths, wrapsLast: false) = layout.shape, widths[1] >= min(Self.readable, longest) {
                return layout.gridLines(widths, wrapsLast: false)
            }
        }
        return sections.flatMap(block)
    }

    /// A value that is cut below this is no more than a guess.
    private static let readable = 22

    private var longest: Int { sections.flatMap(\.values).map { $0.text.visible.terminalColumns }.max() ?? 0 }

    private func table(withTimes: Bool) -> TextTable {
        let columns: [TextTable.Column] = [
            .init(""), .init("", canShrink: true), .init("events", alignment: .right), .init("first (UTC)"),
        ]
        return TextTable(columns: withTimes ? columns : columns.dropLast(), rows: sections.flatMap(rows))
    }

    private func rows(_ section: Section) -> [[TextTable.Cell]] {
        let values = section.values.enumerated().map { index, value -> [TextTable.Cell] in
            [
                .init(index == 0 ? section.title : "", .dim), .init(value.text, value.style), .init(value.count),
                .init(value.first, .dim),
            ]
        }
        return values + (section.rest > 0 ? [["", .init("and \(section.rest.grouped) more", .dim)]] : [])
    }

    /// A heading, then the count and as much of each value as fits.
    private func block(_ section: Section) -> [String] {
        let values = section.values.map { value in
            let count = value.count.isEmpty ? "" : value.count + "  "
            let text = (count + value.text).visible.cut(toColumns: screen.width - 4)
            return "    " + screen.paint(text, value.style)
        }
        return ["  " + screen.paint(section.title, .dim)] + values
            + (section.rest > 0 ? ["    " + screen.paint("and \(section.rest.grouped) more", .dim)] : [])
    }
}
