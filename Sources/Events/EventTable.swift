public import Tables

/// Okta events in columns, in the order they were read, with the raw bytes each came from.
///
/// A value: copying is cheap, and nothing changes once it is made. Rows are made by ``EventReader``.
///
/// ```swift
/// for row in events.timeOrder where events.column(.outcomeResult)[row] == "FAILURE" { print(events[row].id) }
/// ```
public struct EventTable: Sendable {
    let storage: Storage

    /// A table without rows.
    public init() { storage = Storage(columns: EventColumns(), index: EventIDIndex()) }

    init(columns: EventColumns, index: EventIDIndex) { storage = Storage(columns: columns, index: index) }

    /// The columns; never changed once they are made.
    final class Storage: Sendable {
        let columns: EventColumns
        let index: EventIDIndex
        let timeOrder: Rows
        let actorKeys: StringColumn
        /// Rows by actor code, each in time order.
        let rowsOfActor: CodeGroups

        init(columns: EventColumns, index: EventIDIndex) {
            self.columns = columns
            self.index = index
            let order = columns.orderedRows()
            timeOrder = Rows(order)
            actorKeys = columns.actorKeys()
            rowsOfActor = CodeGroups(actorKeys.codes, count: actorKeys.dictionary.count, order: order)
        }
    }
}

extension EventTable {
    /// How many events it has.
    public var count: Int { storage.columns.count }
    /// Whether it has no events.
    public var isEmpty: Bool { count == 0 }

    /// One event.
    public subscript(row: Int) -> OktaEvent { OktaEvent(table: self, row: row) }

    /// All values of a field, one a row.
    public func column(_ field: EventField) -> StringColumn { storage.columns.texts[field.ordinal] }

    /// The number of a row, `nil` where the event has none.
    public func number(_ field: NumberField, at row: Int) -> Double? {
        let number = storage.columns.numbers[NumberField.allCases.firstIndex(of: field) ?? 0][row]
        return number.isNaN ? nil : number
    }

    /// Whether any event has the field.
    public func has(_ field: EventField) -> Bool { column(field).dictionary.count > 1 }

    /// `published`, or `nil` where the event has none.
    public func time(at row: Int) -> Timestamp? {
        storage.columns.time(at: row)
    }

    /// The rows by time, then event id; events without a time come last.
    public var timeOrder: Rows { storage.timeOrder }

    /// Whether one row comes before another in ``timeOrder``.
    public func isOrdered(_ left: Int, before right: Int) -> Bool { storage.columns.isOrdered(left, before: right) }

    /// Who acted: `actor.id`, or the login where the id is missing or the word `unknown`.
    public func actorKey(at row: Int) -> String? { storage.actorKeys[row] }

    /// One actor's rows, in time order.
    public func rowsOfActor(_ key: String) -> Rows {
        Rows(storage.actorKeys.code(of: key).map { storage.rowsOfActor.slice(Int($0)) } ?? [])
    }

    /// The distinct actors, in the order they were first read.
    public var actors: [String] { Array(storage.actorKeys.dictionary.dropFirst()) }

    /// The row of an event id.
    public func row(ofID id: String) -> Int? {
        storage.columns.ids.id(of: id).flatMap { storage.index.row(of: $0, in: storage.columns.ids.rows) }
    }

    /// The time of the first event.
    public var first: Timestamp? { timeOrder.first.flatMap { time(at: $0) } }

    /// The time of the last event that has one.
    public var last: Timestamp? { timeOrder.last { storage.columns.times[$0] != .max }.flatMap { time(at: $0) } }
}
