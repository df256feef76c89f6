// `mv-apply` and `partition`: sub-queries over parts of the rows.

extension Operators {
    static func nested(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        switch table.node {
        case .apply(let input, let expansion, let body, let kept, let taken):
            let frame = try execution.run(input, enclosing)
            let (rows, origins) = try elements(of: frame, input.columns, expansion, execution)
            let result = try rows.applying(body)
            let selection = Selection(result.segments.map { origins[Int($0)] })
            return Frame(
                count: result.frame.count,
                kept.map { frame.columns[$0].picking(selection) } + taken.map { result.frame.columns[$0] })
        case .partition(let input, let key, let body):
            let frame = try execution.run(input, enclosing)
            return try partitions(of: frame, by: key, execution).applying(body).frame
        default: return Frame(count: 0, [])
        }
    }

    /// A segment for each row that has elements, and which row that is: one without elements is left out altogether,
    /// as `mv-expand` leaves it out.
    private static func elements(
        of frame: Frame, _ schema: [ColumnSchema], _ expansion: BoundExpansion, _ execution: Execution
    ) throws(KQLFault) -> (rows: SegmentedRows, origins: [Int32]) {
        let columns = expansion.columns(of: schema)
        let (expanded, rows) = try ExpandedRows(frame, expansion, execution).expanded(columns)
        var origins: [Int32] = []
        var segments: [Int32] = []
        segments.reserveCapacity(rows.count)
        for row in rows.rows {
            if origins.last != row { origins.append(row) }
            segments.append(Int32(origins.count - 1))
        }
        return (SegmentedRows(expanded, segments, count: origins.count, execution), origins)
    }

    /// The rows of each key, in the order in which keys first appear.
    private static func partitions(
        of frame: Frame, by key: BoundExpression, _ execution: Execution
    ) throws(KQLFault) -> SegmentedRows {
        let grouping = Grouping(try Evaluator(frame, execution).column(key))
        let order = Partners(grouping.groups, count: grouping.count)
        return SegmentedRows(
            frame.picking(order.rows), order.rows.map { grouping.groups[Int($0)] }, count: grouping.count, execution)
    }
}

extension BoundExpansion {
    /// The columns of the expanded rows: those of the source with the elements in their places.
    func columns(of source: [ColumnSchema]) -> [ColumnSchema] {
        var result = source
        for column in columns {
            // The name does not matter to whoever reads columns by their index.
            let schema = ColumnSchema(column.target < source.count ? source[column.target].name : "", column.type)
            if column.target < result.count { result[column.target] = schema } else { result.append(schema) }
        }
        return indexColumn == nil ? result : result + [ColumnSchema("", .long)]
    }
}
