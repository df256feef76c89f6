public import JSON
public import KQL

/// What a query gave.
public struct QueryOutcome: Sendable {
    public let result: QueryResult
    /// How long it took, in seconds of the wall clock.
    public let seconds: Double

    /// At most so many rows go into a transcript, and no more than so many bytes of them.
    private static let recordedRows = 1000, recordedBytes = 1_000_000
}

extension QueryOutcome {
    /// All rows, as scripts read them: `{"columns":[{"name","type"}],"rows":[[…]]}`.
    public var json: JSONValue { ["columns": columns, "rows": .array((0..<result.count).map(row))] }

    /// The first rows, the number of all, and what was cut short: as the transcript keeps it and a replay compares it.
    var recorded: JSONValue {
        var rows: [JSONValue] = [], bytes = 0
        for index in 0..<min(result.count, Self.recordedRows) {
            let row = row(index)
            bytes += row.text.utf8.count
            guard bytes <= Self.recordedBytes else { break }
            rows.append(row)
        }
        return [
            "columns": columns, "rows": .array(rows), "total": .integer(Int64(result.totalCount)),
            "notes": JSONValue(result.notes),
        ]
    }

    /// `{"name","type"}` of each column.
    public var columns: JSONValue {
        .array(result.columns.map { ["name": .string($0.name), "type": .string($0.type)] })
    }

    /// The values of one row.
    public func row(_ index: Int) -> JSONValue {
        .array(result.columns.indices.map { result.json(row: index, column: $0) })
    }

    /// What was left out, as sentences; empty for a whole result.
    public var cuts: [String] {
        let left = result.totalCount - result.count
        guard left > 0 else { return result.notes }
        return result.notes + ["the limit of rows (KQL_MAX_ROWS) left out \(left) of \(result.totalCount)"]
    }
}
