internal import JSON
public import Tables

/// What `plot` gave: numbers to draw.
public struct PlotOutcome: Sendable {
    /// What the numbers are of.
    public enum Figures: Sendable {
        /// A bar for each value, the longest first, up to the limit; and how many values there are.
        case bars([Bar], distinct: Int)
        /// Events over time; `nil` where none has a time.
        case columns(TimeSeries?)
    }

    /// How many events have a value.
    public struct Bar: Hashable, Sendable {
        public let value: String
        public let count: Int
        /// The actor's key, where the value is an actor.
        public let id: String?
    }

    public let request: PlotRequest
    public let figures: Figures
    /// How many events passed the filter.
    public let matching: Int
    /// How many of those have no value, or no time.
    public let without: Int
    /// How many events the session has.
    public let loaded: Int
    /// The times of the first and the last event that passed.
    public let first: Timestamp?
    public let last: Timestamp?
}

extension PlotOutcome {
    var json: JSONValue {
        switch figures {
        case .bars(let bars, _):
            .array(
                bars.map { bar in
                    .object(
                        [
                            JSONValue.Member("value", .string(bar.value)),
                            JSONValue.Member("count", .integer(Int64(bar.count))),
                        ]
                            + (bar.id.map { [JSONValue.Member("id", .string($0))] } ?? []))
                })
        case .columns(let series):
            .array(
                (series?.counts ?? []).enumerated().map { index, count in
                    ["time": JSONValue(series?.time(at: index).description), "count": .integer(Int64(count))]
                })
        }
    }
}
