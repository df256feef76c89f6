public import JSON

/// The rows that a query gave.
public struct QueryResult: Sendable {
    /// A column's name and Kusto's word for its type: `long`, `datetime`, `dynamic`.
    public struct Column: Hashable, Sendable {
        /// As the query names it, or the name that Kusto gives it.
        public let name: String
        /// Kusto's word, in small letters.
        public let type: String
    }

    /// In the order of the cells of a row.
    public let columns: [Column]
    /// How many rows there are here.
    public let count: Int
    /// How many rows the query has: more than ``count`` where the limit of rows left some out.
    public let totalCount: Int
    /// Whether the order of the rows was asked for.
    public let isOrdered: Bool
    /// The names of the tables that were read, sorted.
    public let tables: [String]
    /// What was cut short on the way, as sentences.
    public let notes: [String]
    /// How `render` asks the rows to be drawn.
    public let chart: Chart?
    private let frame: Frame

    init(
        _ query: BoundQuery, _ frame: Frame, _ limits: QueryLimits, _ execution: Execution, chart: Chart?
    ) throws(KQLFault) {
        columns = query.columns.map { Column(name: $0.name, type: $0.type.rawValue) }
        totalCount = frame.count
        self.frame = try frame.prefix(limits.rows).resolved()
        count = self.frame.count
        isOrdered = query.table.isSerialized
        tables = query.tables
        notes = execution.notes
        self.chart = chart
    }

    /// A value in the contract's JSON form: times as ISO texts, timespans as texts, dynamic values as JSON.
    public func json(row: Int, column: Int) -> JSONValue { frame.columns[column].value(at: row).json }

    /// A value as `tostring()` has it; null is the empty text. Texts of the log stand in it as they are.
    public func text(row: Int, column: Int) -> String { frame.columns[column].value(at: row).text }

    /// Whether a value is null; a text never is.
    public func isNull(row: Int, column: Int) -> Bool { frame.columns[column].value(at: row).isNull }

    /// A value as a number: of `int`, `long`, `real` and `decimal` the value, of `datetime` and `timespan` its ticks of
    /// 100 ns.
    public func number(row: Int, column: Int) -> Double? {
        let value = frame.columns[column].value(at: row)
        return value.stored.map(Double.init) ?? value.double
    }
}
