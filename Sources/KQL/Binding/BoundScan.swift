/// `scan`. Expressions of its steps read rows of ``rowWidth`` columns for each of: the row at hand, then the state of
/// each step, in order; each time the columns that come in and then the declared ones.
struct BoundScan: Sendable {
    struct Step: Sendable {
        let output: Scan.Output
        let condition: BoundExpression
        /// Declared columns by their index among all, and what they get.
        let assignments: [(target: Int, value: BoundExpression)]
    }

    let steps: [Step]
    /// What a declared column is before a step assigns it.
    let defaults: [Scalar]
    /// The columns that come in.
    let columns: [ColumnSchema]
    /// Whether the last column numbers the matches.
    let hasMatchColumn: Bool

    var rowWidth: Int { columns.count + defaults.count }
}
