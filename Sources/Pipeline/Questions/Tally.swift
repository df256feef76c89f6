internal import Events
internal import Tables

/// How often each value of something occurs in some events, the commonest first.
struct Tally {
    struct Entry {
        let value: String
        /// In the order in which they were given.
        let rows: [Int]
    }

    let ranked: [Entry]

    /// Linear in the rows.
    init(_ noun: Noun, of rows: [Int], in events: EventTable) {
        var order: [ByteText] = [], rowsOf: [ByteText: [Int]] = [:]
        for row in rows {
            guard let value = Self.value(of: noun, at: row, in: events).map(ByteText.init) else { continue }
            if rowsOf[value] == nil { order.append(value) }
            rowsOf[value, default: []].append(row)
        }
        let entries = order.map { Entry(value: $0.text, rows: rowsOf[$0] ?? []) }
        ranked = entries.enumerated()
            .sorted { ($1.element.rows.count, $0.offset) < ($0.element.rows.count, $1.offset) }.map(\.element)
    }

    private static func value(of noun: Noun, at row: Int, in events: EventTable) -> String? {
        if let column = noun.column { return events.column(column)[row] }
        guard noun == .actors, let key = events.actorKey(at: row) else { return nil }
        return events[row].actorLogin ?? key
    }
}
