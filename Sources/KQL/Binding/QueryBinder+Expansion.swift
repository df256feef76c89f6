// `mv-expand` and `mv-apply`.

extension QueryBinder {
    mutating func expanded(_ table: BoundTable, _ expansion: MvExpand) throws(KQLFault) -> BoundTable {
        let (columns, bound) = try expansions(expansion, table)
        return BoundTable(.expand(table, bound), columns, isSerialized: table.isSerialized)
    }

    /// A column named alone is replaced; all else is put at the end.
    private mutating func expansions(
        _ expansion: MvExpand, _ table: BoundTable
    ) throws(KQLFault) -> ([ColumnSchema], BoundExpansion) {
        let source = rows(table, of: "mv-expand")
        var columns = table.columns
        var bound: [BoundExpansion.Column] = []
        for item in expansion.columns {
            let value = try scalar(item.value.expression, source)
            guard value.type == .dynamic else {
                throw KQLFault(
                    "SEM0001", "mv-expand: an expression of type \(value.type.rawValue) cannot be expanded",
                    at: value.span,
                    suggestion: "Only dynamic values can: make one with parse_json(…) or split(…).")
            }
            let name =
                item.value.names.first?.text ?? ColumnNaming.name(of: item.value.expression) ?? Self.free(in: columns)
            let type = item.type ?? .dynamic
            let target = columns.index(named: name) ?? columns.count
            if target == columns.count {
                columns.append(ColumnSchema(name, type))
            } else {
                columns[target] = ColumnSchema(name, type)
            }
            bound.append(BoundExpansion.Column(value: value, type: type, target: target))
        }
        if let name = expansion.indexColumn { columns.append(ColumnSchema(name, .long)) }
        let limit = try expansion.limit.map { limit throws(KQLFault) in try scalar(limit, .none) }
        let index = expansion.indexColumn == nil ? nil : columns.count - 1
        return (
            columns, BoundExpansion(columns: bound, indexColumn: index, isArray: expansion.kind == .array, limit: limit)
        )
    }

    private static func free(in columns: [ColumnSchema]) -> String {
        var unique = UniqueNames(columns.map(\.name))
        return unique.takeNumbered()
    }

    /// The sub-query sees the row's columns and the elements; what it passes on unchanged is not given twice.
    mutating func applied(_ table: BoundTable, _ apply: MvApply) throws(KQLFault) -> BoundTable {
        let (columns, expansion) = try expansions(apply.expansion, table)
        let saved = enclosing
        defer { enclosing = saved }
        enclosing = BoundTable(.enclosing, columns, isSerialized: true)
        let body = try piped(apply.body)
        let replaced = Set(expansion.columns.map(\.target))
        let kept = table.columns.indices.filter { !replaced.contains($0) }
        let taken = body.columns.indices.filter { index in
            !kept.contains { table.columns[$0].name.isSame(as: body.columns[index].name) }
        }
        let result = kept.map { table.columns[$0] } + taken.map { body.columns[$0] }
        return BoundTable(.apply(table, expansion, body: body, kept: kept, taken: taken), result)
    }
}
