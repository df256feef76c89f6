import Hunting
import Investigation
import JSON
import KQL

/// The rows that a query gave, here or elsewhere, as ``QueryTable`` lays them out.
struct ResultRows {
    /// Names and Kusto's words for the types.
    let columns: [(name: String, type: String)]
    let count: Int
    /// How many rows the query has in all.
    let totalCount: Int
    /// How long it took, in seconds.
    let seconds: Double
    /// What was left out, as sentences.
    let cuts: [String]
    /// Whether rows are numbered that have no id, since something else cites them.
    let isCited: Bool
    /// A value in the contract's JSON form.
    let value: (_ row: Int, _ column: Int) -> JSONValue

    init(_ outcome: QueryOutcome) {
        let result = outcome.result
        columns = result.columns.map { ($0.name, $0.type) }
        (count, totalCount) = (result.count, result.totalCount)
        (seconds, cuts, isCited) = (outcome.seconds, outcome.cuts, false)
        value = { result.json(row: $0, column: $1) }
    }

    init(_ outcome: HuntOutcome) {
        let rows = outcome.rows
        columns = rows.columns
        (count, totalCount) = (rows.count, rows.count)
        (seconds, cuts, isCited) = (outcome.seconds, [], true)
        value = { rows.rows[$0][$1] }
    }
}
