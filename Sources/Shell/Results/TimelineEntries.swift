import Diagnostics
import Events
import Investigation
import Tables

/// The lines of a story: a table where there is room, else a few short lines for each entry.
struct TimelineEntries {
    let entries: [TimelineEntry]
    let words: TimelineWords
    let screen: Screen

    /// Columns that make way for lines of their own, the widest table first.
    private static let shapes: [[Column]] = [
        [.number, .when, .pause, .who, .event, .outcome, .address, .place, .findings],
        [.number, .when, .pause, .who, .event, .outcome, .address, .findings],
        [.number, .when, .pause, .event, .outcome, .findings],
    ]

    var lines: [String] {
        for shape in Self.shapes {
            let columns = shape.filter(isNeeded)
            let layout = TableLayout(table(columns), on: screen)
            if case .grid(let widths, wrapsLast: false) = layout.shape, isReadable(columns, widths) {
                return gridLines(layout, columns, widths)
            }
        }
        return blocks
    }

    /// The entries with the one before each.
    private var pairs: [(before: TimelineEntry?, entry: TimelineEntry)] {
        entries.indices.map { ($0 > 0 ? entries[$0 - 1] : nil, entries[$0]) }
    }
}

// MARK: As a table

extension TimelineEntries {
    private enum Column: Hashable { case number, when, pause, who, event, outcome, address, place, findings }

    private func isNeeded(_ column: Column) -> Bool {
        switch column {
        case .who: words.namesActors
        case .findings: !words.marks.isEmpty
        default: true
        }
    }

    private func table(_ columns: [Column]) -> TextTable {
        TextTable(
            columns: columns.map(title),
            rows: entries.enumerated().map { index, entry in
                columns.map { cell($0, index + 1, entry) }
            })
    }

    private func title(_ column: Column) -> TextTable.Column {
        switch column {
        case .number: .init("#", alignment: .right)
        case .when: .init("when (UTC)")
        case .pause: .init("pause", alignment: .right)
        case .who: .init("who", priority: 3, canShrink: true)
        case .event: .init("event", priority: 2, canShrink: true)
        case .outcome: .init("outcome")
        case .address: .init("from")
        case .place: .init("place", priority: 4, canShrink: true)
        case .findings: .init("in")
        }
    }

    private func cell(_ column: Column, _ number: Int, _ entry: TimelineEntry) -> TextTable.Cell {
        switch column {
        case .number: .init("\(number)", .dim)
        case .when: .init(words.when(entry))
        case .pause: .init(words.pause(entry), .dim)
        case .who: .init(words.who(entry), .bold)
        case .event: .init(entry.event.eventType ?? "–")
        case .outcome: .init(entry.event.outcome ?? "–", .outcome(entry.event.outcome))
        case .address: .init(words.address(entry))
        case .place: .init(words.place(entry))
        case .findings: .init(words.marks(entry), .accent)
        }
    }

    /// Whether names are cut no shorter than a reader can guess.
    private func isReadable(_ columns: [Column], _ widths: [Int]) -> Bool {
        let types = entries.map { ($0.event.eventType ?? "").terminalColumns }.max() ?? 0
        let names = entries.map { words.who($0).visible.terminalColumns }.max() ?? 0
        return zip(columns, widths).allSatisfy { column, width in
            switch column {
            case .event: width >= min(types, 24)
            case .who: width >= min(names, 12)
            default: true
            }
        }
    }

    /// The table, with what has no column in it under the entry, as far in as the event's type.
    private func gridLines(_ layout: TableLayout, _ columns: [Column], _ widths: [Int]) -> [String] {
        let rows = layout.gridLines(widths, wrapsLast: false)
        let before = columns.firstIndex(of: .event) ?? 0
        let indent = widths[..<before].reduce(0, +) + TableLayout.gap * (before + 1)
        return rows.prefix(1)
            + zip(pairs, rows.dropFirst()).flatMap { pair, row in
                let source =
                    columns.contains(.address)
                    ? words.otherActor(pair.entry) : words.source(pair.entry, after: pair.before)
                return [row] + details(pair.entry, source, indent: indent)
            }
    }
}

// MARK: As lines

extension TimelineEntries {
    private var blocks: [String] {
        pairs.enumerated().flatMap { index, pair in block(index + 1, pair.entry, after: pair.before) }
    }

    private func block(_ number: Int, _ entry: TimelineEntry, after before: TimelineEntry?) -> [String] {
        let pause = words.pause(entry)
        let detail = [entry.event.outcome ?? "", words.marks(entry)].filter { !$0.isEmpty }.joined(separator: "  ")
        var lines = pause.isEmpty ? [] : [line(pause, indent: 5, .dim)]
        lines.append(line("\(number)  \(words.when(entry))  \(detail)", indent: 2, .outcome(entry.event.outcome)))
        lines.append(line(entry.event.eventType ?? "–", indent: 5, .plain))
        return lines + details(entry, words.source(entry, after: before), indent: 5)
    }

    /// How often it happened, and where it came from, which is to be read to its end.
    private func details(_ entry: TimelineEntry, _ source: String?, indent: Int) -> [String] {
        let repeats = words.repeats(entry).map { [line($0, indent: indent, .bold)] } ?? []
        let pieces = source.map { brokenIntoLines($0.visible, width: screen.width - indent) } ?? []
        return repeats + pieces.map { line($0, indent: indent, .dim) }
    }

    private func line(_ text: String, indent: Int, _ style: Style) -> String {
        String(repeating: " ", count: indent) + screen.paint(text.visible.cut(toColumns: screen.width - indent), style)
    }
}
