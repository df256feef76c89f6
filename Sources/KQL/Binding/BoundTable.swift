/// Rows, how they are made, and which columns they have. Columns of a source are named by their index everywhere.
struct BoundTable: Sendable {
    indirect enum Node: Sendable {
        /// A table of the catalog.
        case table(String)
        /// A table that a `let` or `materialize()` names, by its index in ``BoundQuery/views``; the same rows wherever
        /// it stands.
        case view(Int)
        /// The rows that the enclosing `mv-apply` or `partition` hands in.
        case enclosing
        /// Rows written out, of the columns' types.
        case values([[Scalar]])
        /// One row.
        case row([BoundExpression])
        case range(from: BoundExpression, to: BoundExpression, step: BoundExpression)
        case filter(BoundTable, BoundExpression)
        /// One expression for each column: `extend`, `serialize` and all of the `project` family.
        case project(BoundTable, [BoundExpression])
        /// The groups' columns, then those of the aggregates. Without groups one row, without aggregates `distinct`.
        case summarize(BoundTable, groups: [BoundExpression], aggregates: [BoundAggregate])
        case sort(BoundTable, [BoundSortKey])
        case top(BoundTable, BoundExpression, BoundSortKey)
        case take(BoundTable, BoundExpression)
        case sample(BoundTable, BoundExpression)
        case sampleDistinct(BoundTable, BoundExpression, of: BoundExpression)
        case count(BoundTable)
        case schema(BoundTable)
        case join(BoundJoin)
        case union(BoundUnion)
        case expand(BoundTable, BoundExpansion)
        /// `body` once for each row, over the rows of its expansion; then the row's columns `kept`, and the body's
        /// `taken`.
        case apply(BoundTable, BoundExpansion, body: BoundTable, kept: [Int], taken: [Int])
        case partition(BoundTable, by: BoundExpression, body: BoundTable)
        case parse(BoundTable, BoundParse)
        case parseKeyValues(BoundTable, BoundKeyValues)
        case series(BoundTable, BoundSeries)
        case topNested(BoundTable, [BoundTopNested])
        case topHitters(BoundTable, BoundExpression, of: BoundExpression, weight: BoundExpression?)
        case reduce(BoundTable, BoundExpression, threshold: Double, characters: String)
        case plugin(BoundTable, BoundPlugin)
        case scan(BoundTable, BoundScan)
        case graph(BoundGraph, BoundGraphUse)
    }

    let node: Node
    let columns: [ColumnSchema]
    /// Whether its rows have an order that later stages may rely on.
    let isSerialized: Bool

    init(_ node: Node, _ columns: [ColumnSchema], isSerialized: Bool = false) {
        self.node = node
        self.columns = columns
        self.isSerialized = isSerialized
    }
}
