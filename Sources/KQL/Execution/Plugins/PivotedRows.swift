/// `evaluate pivot(column, aggregate, others…)`: a row for each combination of the other columns, and for each value of
/// the pivot column a column of the aggregate, in the order of their names; rows are counted where no aggregate is
/// given. Without other columns named they are all but the pivot and those that the aggregate reads.
/// (Kusto documentation, *pivot plugin*)
struct PivotedRows {
    private let frame: Frame
    private let columns: [ColumnSchema]
    private let pivot: BoundExpression
    private let aggregate: BoundAggregate
    private let groups: [BoundExpression]
    private let execution: Execution

    init(
        _ frame: Frame, _ columns: [ColumnSchema], _ plugin: BoundPlugin, _ execution: Execution
    ) throws(KQLFault) {
        guard let pivot = plugin.arguments.first, let count = Aggregations.named("count") else {
            throw KQLFault("SEM0001", "pivot: a column is expected", at: SourceSpan(0, 0))
        }
        self.frame = frame
        self.columns = columns
        self.execution = execution
        self.pivot = pivot
        let aggregate = plugin.aggregate ?? BoundAggregate(aggregation: count, arguments: [], types: [.long])
        self.aggregate = aggregate
        let used = Set(([pivot] + aggregate.arguments).flatMap(\.columnsRead))
        let others = columns.indices.filter { !used.contains($0) }.map {
            BoundExpression(column: $0, columns[$0].type, at: pivot.span)
        }
        groups = plugin.arguments.count > 1 ? Array(plugin.arguments.dropFirst()) : others
    }

    func schema() throws(KQLFault) -> [ColumnSchema] {
        let texts = DistinctTexts(try Evaluator(frame, execution).column(pivot)).texts
        var unique = UniqueNames()
        let keys = groups.map { group in
            ColumnSchema(group.column.map { unique.take(columns[$0].name) } ?? unique.takeNumbered(), group.type)
        }
        // As values texts are compared by their bytes.
        let names = Set(texts.map(Scalar.string)).map(\.text).sorted { $0.precedes($1) }
        return keys + names.map { ColumnSchema(unique.take($0), aggregate.types.first ?? .long) }
    }

    /// The columns of a schema: first the groups', then a cell for each value that has the column's name.
    func frame(of schema: [ColumnSchema]) throws(KQLFault) -> Frame {
        let evaluator = Evaluator(frame, execution)
        var keys: [Column] = []
        for group in groups { keys.append(try evaluator.column(group)) }
        guard frame.count > 0 else { return Frame(count: 0, schema.map { .none($0.type, count: 0) }) }
        let rows = Grouping(keys, rows: frame.count)
        let texts = DistinctTexts(try evaluator.column(pivot))
        let owners = Column(.long, integers: rows.groups.map(Int64.init))
        let cells = Grouping(
            [owners, Column(codes: texts.places.rows, ValueDictionary(texts: texts.texts))], rows: frame.count)
        let values = try values(GroupedRows(evaluator, groups: cells.groups, count: cells.count))
        var found: [Scalar: [(row: Int, cell: Int)]] = [:]
        for (cell, row) in cells.firsts.enumerated() {
            let text = texts.texts[Int(texts.places.rows[Int(row)])]
            found[.string(text), default: []].append((Int(rows.groups[Int(row)]), cell))
        }
        let none = try emptyValue()
        let firsts = Selection(rows.firsts)
        let cellColumns = schema.dropFirst(keys.count).map { column in
            var cells = [Scalar](repeating: none, count: rows.count)
            for place in found[.string(column.name)] ?? [] { cells[place.row] = values.value(at: place.cell) }
            return Self.column(cells, column.type)
        }
        return Frame(count: rows.count, keys.map { $0.picking(firsts) } + cellColumns)
    }

    private static func column(_ values: [Scalar], _ type: ScalarType) -> Column {
        var builder = ColumnBuilder(type, capacity: values.count)
        for value in values { builder.append(value.converted(to: type)) }
        return builder.column
    }

    private func values(_ rows: GroupedRows) throws(KQLFault) -> Column {
        try rows.columns(of: aggregate).first?.resolved() ?? .none(.long, count: rows.count)
    }

    /// What stands where a combination has no rows: what the aggregate makes of none, and no NaN.
    private func emptyValue() throws(KQLFault) -> Scalar {
        let nothing = Evaluator(frame.picking([]), execution)
        let value = try values(GroupedRows(nothing, groups: [], count: 1)).value(at: 0)
        if case .real(let real) = value, real.isNaN { return .null(.real) }
        return value
    }
}

extension BoundExpression {
    /// The columns that this reads.
    var columnsRead: [Int] { column.map { [$0] } ?? operands.flatMap(\.columnsRead) }
}
