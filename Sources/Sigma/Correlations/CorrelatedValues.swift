internal import Events
internal import Tables

/// The values of some fields in the events of a table, as numbers: equal values have the same.
final class CorrelatedValues {
    private let events: EventTable
    private var values: EventValues
    private var texts = StringPool()
    /// By field of a column: the number of each of its codes, 0 where it was not asked for.
    private var numbersOfCodes: [EventField: [UInt32]] = [:]
    private var columns: [EventField: StringColumn] = [:]

    init(_ events: EventTable, _ paths: [FieldPath]) {
        self.events = events
        values = EventValues(PathTree(paths))
        for field in paths.compactMap(\.field) {
            columns[field] = events.column(field)
            numbersOfCodes[field] = [UInt32](repeating: 0, count: columns[field]?.dictionary.count ?? 0)
        }
    }

    /// The text of a value.
    func text(_ number: UInt32) -> String { texts[number] }

    /// The distinct values of each path in the event of a row, empty texts left out.
    func read(_ row: Int, _ paths: [FieldPath]) -> [[UInt32]] {
        let known = paths.map { columnValue($0, row) }
        guard known.contains(nil) else { return known.map { $0.map { [$0] } ?? [] } }
        let event = events[row]
        return event.withRawBytes { raw in
            values.take(event, raw)
            return zip(paths, known).map { path, known in known.map { [$0] } ?? rawValues(path) }
        }
    }

    /// Puts the only value of a path into an item, where a column has it.
    func take(_ path: FieldPath, into item: inout CorrelationItem) -> Bool {
        guard let value = columnValue(path, Int(item.row)) else { return false }
        item.value = value
        return true
    }

    /// The value of a path where a column has it; `nil` where the event itself must be asked.
    func columnValue(_ path: FieldPath, _ row: Int) -> UInt32? {
        guard let field = path.field, let column = columns[field] else { return nil }
        let code = Int(column.codes[row])
        guard code != 0 else { return nil }
        if let number = numbersOfCodes[field]?[code], number != 0 { return number }
        let number = texts.code(adding: column.dictionary[code])
        numbersOfCodes[field]?[code] = number
        return number
    }

    private func rawValues(_ path: FieldPath) -> [UInt32] {
        var found: [UInt32] = []
        for text in values.texts(values.tree.slot(of: path)) where !text.isEmpty {
            let number = text.withUnsafeBytes { texts.code(adding: $0) }
            if !found.contains(number) { found.append(number) }
        }
        return found
    }
}
