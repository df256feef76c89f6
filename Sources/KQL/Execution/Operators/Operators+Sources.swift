// Where rows come from.

extension Operators {
    static func source(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        switch table.node {
        case .table(let name): return try stored(name, table.columns, execution)
        case .view(let index): return try execution.view(index)
        case .enclosing: return enclosing ?? Frame(count: 0, table.columns.map { .none($0.type, count: 0) })
        case .values(let rows): return Frame(rows, table.columns)
        case .row(let values):
            return try Evaluator(Frame(count: 1, []), execution).projected(values)
        case .range(let from, let to, let step): return try ranged(from, to, step, table.columns[0].type, execution)
        default: return Frame(count: 0, [])
        }
    }

    private static func stored(
        _ name: String, _ columns: [ColumnSchema], _ execution: Execution
    ) throws(KQLFault) -> Frame {
        let source = try execution.source(name)
        let count = source.count
        let frame = Frame(
            count: count,
            columns.indices.map { index in
                source.late(index)
                    ?? Column(of: columns[index].type, count: count) { () throws(KQLFault) in try source.column(index) }
            })
        guard let window = execution.limits.window, let time = TimeBounds.timeColumn(of: columns) else { return frame }
        if let rows = source.rows(in: window) { return frame.picking(rows) }
        return frame.picking(try rows(of: frame.columns[time], in: window))
    }

    private static func rows(of column: Column, in window: ClosedRange<Int64>) throws(KQLFault) -> [Int32] {
        let column = try column.resolved()
        return (0..<Int32(column.count)).filter { row in
            column.value(at: Int(row)).stored.map(window.contains) ?? false
        }
    }

    private static func ranged(
        _ from: BoundExpression, _ to: BoundExpression, _ step: BoundExpression, _ type: ScalarType,
        _ execution: Execution
    ) throws(KQLFault) -> Frame {
        let step = try execution.value(step)
        var value = try execution.value(from)
        let end = try execution.value(to)
        if value.type != type, step.type.isNumeric { value = value.converted(to: type) }
        var builder = ColumnBuilder(type)
        var count = 0
        guard let direction = Comparison.order(step, zero(of: step.type)), direction != 0, !end.isNull else {
            return Frame(count: 0, [builder.column])
        }
        while let order = Comparison.order(value, end), order * direction <= 0 {
            builder.append(value)
            count += 1
            if count % 4096 == 0 {
                try execution.check()
                try execution.limits.check(rows: count)
            }
            value = Arithmetic.add(value, step)
            if value.type != type { value = value.converted(to: type) }
            if value.isNull { break }
        }
        return Frame(count: count, [builder.column])
    }

    private static func zero(of type: ScalarType) -> Scalar {
        type == .timespan ? .timespan(0) : Scalar.long(0).converted(to: type)
    }
}
