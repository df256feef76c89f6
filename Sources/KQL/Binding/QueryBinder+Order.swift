// Operators that order rows, and that take some of them.

extension QueryBinder {
    mutating func ordered(_ stage: Stage, of table: BoundTable) throws(KQLFault) -> BoundTable {
        let word = stage.operation.word
        let source = rows(table, of: word)
        switch stage.operation {
        case .sort(_, let keys):
            var bound: [BoundSortKey] = []
            for key in keys { bound.append(try sortKey(key, source)) }
            return BoundTable(.sort(table, bound), table.columns, isSerialized: true)
        case .top(let top):
            let key = try sortKey(top.key, source)
            return BoundTable(.top(table, try count(top.count, of: word), key), table.columns, isSerialized: true)
        case .take(_, let count):
            return BoundTable(
                .take(table, try self.count(count, of: word)), table.columns, isSerialized: table.isSerialized)
        case .sample(_, let count): return BoundTable(.sample(table, try self.count(count, of: word)), table.columns)
        case .sampleDistinct(_, let count, let column):
            let value = try groups([column], source, of: word)[0]
            let node = BoundTable.Node.sampleDistinct(table, try self.count(count, of: word), of: value.value)
            return BoundTable(node, [ColumnSchema(value.name, value.value.type)])
        case .topHitters(let hitters): return try topHitters(table, hitters, source)
        case .topNested(let levels): return try topNested(table, levels, source)
        default: throw unsupported("`\(word)`", at: stage.keywordSpan)
        }
    }

    private mutating func sortKey(_ key: OrderedExpression, _ rows: RowScope) throws(KQLFault) -> BoundSortKey {
        let value = try scalar(key.value.expression, rows)
        guard value.type != .dynamic else {
            throw KQLFault(
                "SEM0001", "'\(rows.operation)' operator: a key is of type dynamic", at: value.span,
                suggestion: "Convert it with tostring(…) or tolong(…).")
        }
        let isAscending = key.direction == .ascending
        return BoundSortKey(
            value: value, isAscending: isAscending, nullsFirst: key.nulls.map { $0 == .first } ?? isAscending)
    }

    private mutating func count(_ count: Expression, of operation: String) throws(KQLFault) -> BoundExpression {
        let value = try scalar(count, RowScope(id: 0, columns: [], operation: operation, isSerialized: false))
        guard value.type.isNumeric else {
            throw KQLFault(
                "SEM0001", "'\(operation)' operator: the number of rows is of type \(value.type.rawValue)",
                at: value.span)
        }
        return value
    }

    private mutating func topHitters(_ table: BoundTable, _ hitters: TopHitters, _ source: RowScope) throws(KQLFault)
        -> BoundTable
    {
        let key = try groups([hitters.column], source, of: "top-hitters")[0]
        let weight = try hitters.weight.map { weight throws(KQLFault) in try scalar(weight.value.expression, source) }
        let sumName = hitters.weight.flatMap { ColumnNaming.name(of: $0.value.expression) }.map {
            "approximate_sum_\($0)"
        }
        let columns = [
            ColumnSchema(key.name, key.value.type),
            ColumnSchema(
                sumName ?? "approximate_count_\(key.name)", weight.map { $0.type == .int ? .long : $0.type } ?? .long),
        ]
        let number = try count(hitters.count, of: "top-hitters")
        return BoundTable(.topHitters(table, number, of: key.value, weight: weight), columns)
    }

    private mutating func topNested(_ table: BoundTable, _ levels: [TopNested], _ source: RowScope) throws(KQLFault)
        -> BoundTable
    {
        var bound: [BoundTopNested] = []
        var columns: [ColumnSchema] = []
        for level in levels {
            let key = try groups([level.column], source, of: "top-nested")[0]
            let (aggregates, outputs) = try aggregates([level.aggregate.value], source, [])
            guard let rank = outputs.first else {
                throw unsupported("`top-nested` without an aggregate", at: level.span)
            }
            let number = try level.count.map { number throws(KQLFault) in try count(number, of: "top-nested") }
            let others = try level.others.map { others throws(KQLFault) in try scalar(others, .none) }
            bound.append(
                BoundTopNested(
                    count: number, key: key.value, others: others, aggregates: aggregates, rank: rank.value,
                    isAscending: level.aggregate.direction == .ascending))
            columns.append(ColumnSchema(key.name, key.value.type))
            columns.append(ColumnSchema(rank.isNamed ? rank.name : "aggregated_\(key.name)", rank.value.type))
        }
        return BoundTable(.topNested(table, bound), columns)
    }
}
