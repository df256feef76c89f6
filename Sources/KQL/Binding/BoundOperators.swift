// What operators are made of, bound.

/// One aggregation of a `summarize`, over the rows that come in.
struct BoundAggregate: Sendable {
    let aggregation: Aggregation
    let arguments: [BoundExpression]
    /// One for each of its columns.
    let types: [ScalarType]
}

/// A sort key, with the defaults filled in.
struct BoundSortKey: Sendable {
    let value: BoundExpression
    let isAscending: Bool
    let nullsFirst: Bool
}

/// `join` and `lookup`.
struct BoundJoin: Sendable {
    let kind: Join.Kind
    let left: BoundTable
    let right: BoundTable
    /// The keys: an index of each side, of types that compare.
    let keys: [(left: Int, right: Int)]
    /// Which of the sides' columns come out, in order: all of the left's, then the right's.
    let leftColumns: [Int]
    let rightColumns: [Int]
}

/// `union`: each input's column for each column of the result, `nil` where the input has none.
struct BoundUnion: Sendable {
    struct Input: Sendable {
        let name: String
        let table: BoundTable
        let columns: [Int?]
    }

    let inputs: [Input]
    /// Whether the result's first column names each row's input; it is not among the inputs' `columns`.
    let hasSourceColumn: Bool
}

/// `mv-expand`: all columns of the source with some put in their place or after them.
struct BoundExpansion: Sendable {
    struct Column: Sendable {
        let value: BoundExpression
        let type: ScalarType
        /// Where it stands in the result.
        let target: Int
    }

    let columns: [Column]
    /// Where the index of the elements stands in the result.
    let indexColumn: Int?
    let isArray: Bool
    let limit: BoundExpression?
}

/// `parse` and `parse-where`.
struct BoundParse: Sendable {
    enum Part: Sendable {
        case skip
        case text(String)
        /// A column of the result.
        case column(Int, ScalarType)
    }

    let source: BoundExpression
    let kind: Parse.Kind
    let flags: String
    let parts: [Part]
    let dropsOthers: Bool
}

/// `parse-kv`.
struct BoundKeyValues: Sendable {
    let source: BoundExpression
    /// The key, and the column of the result.
    let columns: [(key: String, target: Int, type: ScalarType)]
    let properties: [String: String]
}

/// `make-series`: groups, then a dynamic array for each aggregate, then the axis.
struct BoundSeries: Sendable {
    let groups: [BoundExpression]
    let aggregates: [BoundAggregate]
    /// The series, over the columns of `summarize`: the groups, then the aggregates'.
    let series: [(value: BoundExpression, fallback: BoundExpression?)]
    let axis: BoundExpression
    let from: BoundExpression?
    let to: BoundExpression?
    let step: BoundExpression
    let isInRange: Bool
    /// `kind=nonempty`: without rows there is one series nevertheless.
    let isNonEmpty: Bool
}

/// One level of `top-nested`; two columns of the result.
struct BoundTopNested: Sendable {
    let count: BoundExpression?
    let key: BoundExpression
    let others: BoundExpression?
    let aggregates: [BoundAggregate]
    /// Over the aggregates' columns.
    let rank: BoundExpression
    let isAscending: Bool
}

/// `evaluate`. The rows that come in may have further columns behind those of the query, which hold arguments that had
/// to be worked out.
struct BoundPlugin: Sendable {
    enum Argument: Sendable {
        /// A column, or a value that is the same for all rows.
        case expression(BoundExpression)
        /// One of ``tables``.
        case table(Int)
        /// A column of the first of ``tables``.
        case tableColumn(Int)
    }

    let name: String
    let arguments: [Argument]
    /// Those written `name = value`.
    let names: [String?]
    let tables: [BoundTable]
    /// What `pivot` fills its cells with; counting rows where there is none. Its arguments are columns or constants.
    let aggregate: BoundAggregate?
    /// How many of the columns that come in are the query's.
    let columnCount: Int
}
