// `make-series`, `top-nested` and `top-hitters`.

extension Operators {
    static func aggregated(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        switch table.node {
        case .series(let input, let series):
            return try SeriesRows(execution.run(input, enclosing), series, execution).result()
        case .topNested(let input, let levels):
            return try NestedTops(execution.run(input, enclosing), execution).result(levels)
        case .topHitters(let input, let count, let key, let weight):
            let frame = try execution.run(input, enclosing)
            return try hitters(frame, try number(count, execution), key, weight, table.columns[1].type, execution)
        default: return Frame(count: 0, [])
        }
    }

    /// The commonest values, or those of the greatest sum; Kusto's are approximate, these are exact.
    private static func hitters(
        _ frame: Frame, _ length: Int, _ key: BoundExpression, _ weight: BoundExpression?, _ type: ScalarType,
        _ execution: Execution
    ) throws(KQLFault) -> Frame {
        guard let aggregation = Aggregations.named(weight == nil ? "count" : "sum") else {
            return Frame(count: 0, [.none(key.type, count: 0), .none(type, count: 0)])
        }
        let sizes = BoundAggregate(aggregation: aggregation, arguments: weight.map { [$0] } ?? [], types: [type])
        let groups = try Summary(frame, execution).frame([key], [sizes])
        let order = BoundSortKey(
            value: BoundExpression(column: 1, type, at: key.span), isAscending: false, nullsFirst: false)
        return groups.picking(try RowOrder([order], groups, execution).first(length))
    }
}
