// `union` and `search`, and the others that take whole tables.

extension QueryBinder {
    mutating func united(_ union: Union, with first: BoundTable?) throws(KQLFault) -> BoundTable {
        var inputs = first.map { [(sourceName(of: $0) ?? "union_arg0", $0)] } ?? []
        inputs += try self.inputs(union.tables, isFuzzy: union.isFuzzy, from: inputs.count)
        guard !inputs.isEmpty else { throw KQLFault("SEM0100", "none of the tables exists", at: union.span) }
        return unite(inputs, isInner: union.kind == .inner, sourceColumn: union.sourceColumn)
    }

    mutating func inputs(
        _ expressions: [Expression], isFuzzy: Bool, from first: Int
    ) throws(KQLFault) -> [(String, BoundTable)] {
        var inputs: [(String, BoundTable)] = []
        for expression in expressions {
            if case .wildcard(let pattern) = expression {
                tablePatterns.append(pattern.text)
                for name in binder.catalog.names(matching: pattern) {
                    inputs.append((name, try named(Name(text: name, span: pattern.span))))
                }
                continue
            }
            let number = first + inputs.count
            let written = if case .name(let name) = expression { name.text } else { String?.none }
            do throws(KQLFault) {
                let table = try unrepeated(expression)
                inputs.append((written ?? sourceName(of: table) ?? "union_arg\(number)", table))
            } catch {
                guard isFuzzy, error.code == "SEM0100", expressions.count > 1 else { throw error }
            }
        }
        return inputs
    }

    /// What `withsource` calls a table: as `as` named it, or as the catalog does.
    private func sourceName(of table: BoundTable) -> String? {
        switch table.node {
        case .table(let name): name
        case .view(let index): viewNames[index]
        default: nil
        }
    }

    /// Columns line up by name; a name with several types becomes a column of each.
    func unite(_ inputs: [(String, BoundTable)], isInner: Bool, sourceColumn: String?) -> BoundTable {
        var found: [ColumnSchema] = []
        for (_, table) in inputs { for column in table.columns where !found.contains(column) { found.append(column) } }
        if isInner { found = found.filter { column in inputs.allSatisfy { $0.1.columns.contains(column) } } }
        let named = found.map { column in
            let isShared = found.filter { $0.name.isSame(as: column.name) }.count > 1
            return isShared ? ColumnSchema("\(column.name)_\(column.type.rawValue)", column.type) : column
        }
        let bound = inputs.map { name, table in
            BoundUnion.Input(name: name, table: table, columns: found.map { table.columns.firstIndex(of: $0) })
        }
        let columns = (sourceColumn.map { [ColumnSchema($0, .string)] } ?? []) + named
        return BoundTable(.union(BoundUnion(inputs: bound, hasSourceColumn: sourceColumn != nil)), columns)
    }

    mutating func search(_ search: Search, of table: BoundTable?) throws(KQLFault) -> BoundTable {
        var inputs = table.map { [("union_arg0", $0)] } ?? []
        if table == nil {
            let all =
                search.tables.isEmpty
                ? [Expression.wildcard(NamePattern(text: "*", span: search.span, isWildcard: true))] : search.tables
            inputs = try self.inputs(all, isFuzzy: false, from: 0)
        }
        let union = unite(inputs, isInner: false, sourceColumn: "$table")
        let saved = (isSearching, searchesCased)
        defer { (isSearching, searchesCased) = saved }
        (isSearching, searchesCased) = (true, search.kind == .caseSensitive)
        let value = try searched(search.predicate, rows(union, of: "search"))
        try isTrueOrFalse(value, or: "Filter expression should be Boolean")
        return BoundTable(.filter(union, value), union.columns)
    }

    /// A text alone: some column has it, or a term that begins with it where it ends in `*`.
    mutating func searched(_ expression: Expression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        guard case .literal(let literal) = expression, case .string(var text) = literal.value else {
            return try scalar(expression, rows)
        }
        var operation: ComparisonOperator = searchesCased ? .hasCased : .has
        if text.hasSuffix("*") {
            text.removeLast()
            operation = searchesCased ? .hasPrefixCased : .hasPrefix
        }
        let term = BoundExpression(.string(text), at: literal.span)
        return try any(of: rows, at: literal.span) { binder, column throws(KQLFault) in
            try binder.comparison(operation, column, term, literal.span)
        }
    }

    mutating func partitioned(_ table: BoundTable, _ partition: Partition) throws(KQLFault) -> BoundTable {
        if let values = partition.values { throw unsupported("`partition … in`", at: values.span) }
        let key = try scalar(partition.column, rows(table, of: "partition"))
        let saved = enclosing
        defer { enclosing = saved }
        enclosing = table
        let body = try self.table(partition.body)
        return BoundTable(.partition(table, by: key, body: body), body.columns)
    }

    mutating func invoked(_ table: BoundTable, _ expression: Expression) throws(KQLFault) -> BoundTable {
        guard case .call(let call) = expression else { throw unsupported("`invoke` of this", at: expression.span) }
        guard case .function(let function) = environment[call.name.text] else {
            throw KQLFault(ScalarFunctions.fault(ofUnknown: call.name.text), at: call.span)
        }
        return try inlinedTable(function, call, first: view(table))
    }
}
