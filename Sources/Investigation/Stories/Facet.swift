internal import Diagnostics
internal import Events
internal import JSON
public import Tables

/// The values that some events have of one thing, the commonest first.
public struct Facet: Hashable, Sendable {
    /// One value.
    public struct Value: Hashable, Sendable {
        public let text: String
        public let count: Int
        /// The times of the first and the last event that has it.
        public let first: Timestamp?
        public let last: Timestamp?
    }

    /// Up to a hundred.
    public let values: [Value]
    /// How many there are.
    public let distinct: Int

    static let limit = 100

    /// Linear in the rows, but for the order of the distinct values.
    ///
    /// - Parameters:
    ///   - rows: In time order.
    ///   - key: Tells values apart; 0 where a row has none.
    ///   - text: The value of a row that has a key. Asked once for each value that is kept.
    init(_ rows: [Int], in events: EventTable, key: (Int) -> UInt64, text: (OktaEvent) -> String?) throws(Diagnostic) {
        var places: [UInt64: Int] = [:], found: [(first: Int, last: Int, count: Int)] = []
        for (index, row) in rows.enumerated() {
            if index & 0xFFFF == 0, Task.isCancelled { throw Diagnostic.interrupted }
            let key = key(row)
            guard key != 0 else { continue }
            if let place = places[key] {
                found[place].last = row
                found[place].count += 1
            } else {
                places[key] = found.count
                found.append((row, row, 1))
            }
        }
        distinct = found.count
        let ranked = found.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
        values = ranked.prefix(Self.limit).map { _, value in
            Value(
                text: text(events[value.first]) ?? "", count: value.count, first: events.time(at: value.first),
                last: events.time(at: value.last))
        }
    }

    var json: JSONValue {
        [
            "distinct": .integer(Int64(distinct)),
            "values": .array(values.map { value in
                [
                    "value": .string(value.text), "count": .integer(Int64(value.count)),
                    "first": JSONValue(value.first?.description), "last": JSONValue(value.last?.description),
                ]
            }),
        ]
    }
}
