public import Tables

/// Okta events in columns, in the order they were read, with the raw bytes each came from.
///
/// A value: copying is cheap, and nothing changes once it is made. Rows are made by ``EventTableBuilder``.
///
/// ```swift
/// for row in events.timeOrder where events.column(.outcomeResult)[row] == "FAILURE" { print(events[row].id) }
/// ```
public struct EventTable: Sendable {
    let storage: Storage

    /// A table without rows.
    public init() { storage = EventTableBuilder().finish().storage }

    init(storage: Storage) { self.storage = storage }

    /// The columns; never changed after ``EventTableBuilder/finish()``.
    final class Storage: Sendable {
        let columns: EventColumns
        let timeOrder: [Int]
        let actorKeys: StringColumn
        /// Rows by actor code, each in time order.
        let rowsOfActor: [[Int]]
        let rowOfID: [ByteText: Int]

        init(columns: EventColumns) {
            self.columns = columns
            let rows = Array(0..<columns.count)
            timeOrder = rows.sorted { columns.isOrdered($0, before: $1) }
            var keys = StringColumn()
            for row in rows { keys.append(columns.actorKey(at: row)) }
            actorKeys = keys
            var ofActor = [[Int]](repeating: [], count: keys.dictionary.count)
            for row in timeOrder { ofActor[Int(keys.codes[row])].append(row) }
            rowsOfActor = ofActor
            rowOfID = Dictionary(zip(columns.ids.map(ByteText.init), rows), uniquingKeysWith: { first, _ in first })
        }
    }
}

extension EventTable {
    public var count: Int { storage.columns.count }
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
        let ticks = storage.columns.times[row]
        return ticks == .max ? nil : Timestamp(ticks: ticks)
    }

    /// The rows by time, then event id; events without a time come last.
    public var timeOrder: [Int] { storage.timeOrder }

    /// Whether one row comes before another in ``timeOrder``.
    public func isOrdered(_ left: Int, before right: Int) -> Bool { storage.columns.isOrdered(left, before: right) }

    /// Who acted: `actor.id`, or the login where the id is missing or the word `unknown`.
    public func actorKey(at row: Int) -> String? { storage.actorKeys[row] }

    /// One actor's rows, in time order.
    public func rowsOfActor(_ key: String) -> [Int] {
        storage.actorKeys.code(of: key).map { storage.rowsOfActor[Int($0)] } ?? []
    }

    /// The distinct actors, in the order they were first read.
    public var actors: [String] { Array(storage.actorKeys.dictionary.dropFirst()) }

    /// The row of an event id.
    public func row(ofID id: String) -> Int? { storage.rowOfID[ByteText(id)] }

    /// The time of the first event.
    public var first: Timestamp? { timeOrder.first.flatMap { time(at: $0) } }

    /// The time of the last event that has one.
    public var last: Timestamp? { timeOrder.last { storage.columns.times[$0] != .max }.flatMap { time(at: $0) } }
}

/// What the rows of a table are made of.
struct EventColumns: Sendable {
    var ids: [String] = []
    /// Ticks; `.max` where there is no time, so that such events sort last.
    var times: [Int64] = []
    var texts = [StringColumn](repeating: StringColumn(), count: EventField.allCases.count)
    var numbers = [[Double]](repeating: [], count: NumberField.allCases.count)
    var origins: [Origin] = []

    /// Where an event's bytes are, and how to read them.
    struct Origin: Sendable {
        let source: RawBytes
        let start: Int
        let end: Int
        let format: Format
    }

    var count: Int { ids.count }

    func isOrdered(_ left: Int, before right: Int) -> Bool {
        times[left] == times[right]
            ? ids[left].utf8.lexicographicallyPrecedes(ids[right].utf8) : times[left] < times[right]
    }

    func actorKey(at row: Int) -> String? {
        let id = texts[EventField.actorID.ordinal][row]
        if let id, id != "unknown", !id.isEmpty { return id }
        return texts[EventField.actorAlternateID.ordinal][row] ?? id
    }
}
