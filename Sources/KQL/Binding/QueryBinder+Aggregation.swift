// `summarize` and `distinct`.

extension QueryBinder {
    mutating func summarized(_ table: BoundTable, _ summarize: Summarize) throws(KQLFault) -> BoundTable {
        let source = rows(table, of: "summarize")
        let groups = try self.groups(summarize.groups, source, of: "summarize")
        let (aggregates, outputs) = try aggregates(summarize.aggregates, source, groups)
        return summary(of: table, groups, aggregates, outputs)
    }

    /// The columns that were asked for, from those that the aggregates give.
    private func summary(
        of table: BoundTable, _ groups: [Output], _ aggregates: [BoundAggregate], _ outputs: [Output]
    ) -> BoundTable {
        let keys = groups.map { ColumnSchema($0.name, $0.value.type) }
        let raw = keys + aggregates.flatMap(\.types).enumerated().map { ColumnSchema("\($0.offset)", $0.element) }
        let node = BoundTable.Node.summarize(table, groups: groups.map(\.value), aggregates: aggregates)
        let columns = keys + outputs.map { ColumnSchema($0.name, $0.value.type) }
        let values = identity(keys, at: SourceSpan(0, 0)) + outputs.map(\.value)
        let isIdentity = values.count == raw.count && values.enumerated().allSatisfy { $0.element.column == $0.offset }
        if isIdentity { return BoundTable(node, columns) }
        return BoundTable(.project(BoundTable(node, raw), values), columns)
    }

    mutating func groups(_ items: [NamedExpression], _ rows: RowScope, of operation: String) throws(KQLFault)
        -> [Output]
    {
        let outputs = try outputs(items, rows, of: operation)
        for output in outputs where output.value.type == .dynamic {
            throw KQLFault(
                "SEM0001", "the group key '\(output.name)' is of type dynamic", at: output.value.span,
                suggestion: "Convert it: `by tostring(\(output.name))`.")
        }
        return outputs
    }

    /// The aggregations of a list, and its columns over the groups' columns and theirs.
    mutating func aggregates(
        _ items: [NamedExpression], _ source: RowScope, _ groups: [Output]
    ) throws(KQLFault) -> ([BoundAggregate], [Output]) {
        if let first = items.first { try checkWidth(items.count, at: first.span) }
        let saved = aggregation
        defer { aggregation = saved }
        aggregation = AggregationScope(rows: source, groupCount: groups.count)
        let keys = rows(groups.map { ColumnSchema($0.name, $0.value.type) }, of: source.operation)
        var unique = UniqueNames(groups.map(\.name))
        var outputs: [Output] = []
        for item in items {
            for (name, value) in try aggregated(item, keys) {
                let isNamed = item.names.contains { $0.text.isSame(as: name ?? "") }
                let free = name.map { unique.take($0) } ?? unique.takeNumbered()
                outputs.append(Output(name: free, isNamed: isNamed, value: value))
            }
        }
        return (aggregation?.aggregates ?? [], outputs)
    }

    /// One column, or several where it is a call that gives several.
    private mutating func aggregated(_ item: NamedExpression, _ keys: RowScope) throws(KQLFault) -> [(
        String?, BoundExpression
    )] {
        guard case .call(let call) = item.expression, environment[call.name.text] == nil,
            let function = Aggregations.named(call.name.text), let scope = aggregation
        else {
            let value = try scalar(item.expression, keys)
            return [(item.names.first?.text ?? ColumnNaming.name(of: item.expression), value)]
        }
        let written = starless(call, function, except: keys.columns)
        let names = ColumnNaming.names(of: written, function)
        let first = scope.columnCount
        let types = try add(function, written)
        return types.enumerated().map { index, type in
            let given = index < item.names.count ? item.names[index].text : nil
            let suggested = index < names.count && !names[index].isEmpty ? names[index] : function.name + "_"
            return (given ?? suggested, BoundExpression(column: first + index, type, at: call.span))
        }
    }

    /// `*` as the columns that it stands for: all but the keys and the arguments before it.
    private func starless(_ call: FunctionCall, _ function: Aggregation, except keys: [ColumnSchema]) -> FunctionCall {
        guard case .star(let span)? = call.arguments.last?.value, let columns = aggregation?.rows.columns else {
            return call
        }
        var arguments = Array(call.arguments.dropLast())
        if case .eachArgument = function.columns {
            let named = arguments.compactMap { ColumnNaming.name(of: $0.value) }
            for column in columns where keys.index(named: column.name) == nil {
                guard !named.contains(where: { $0.isSame(as: column.name) }) else { continue }
                let name = Name(text: column.name, span: span)
                arguments.append(FunctionCall.Argument(name: nil, value: .name(name), span: span))
            }
        }
        return FunctionCall(name: call.name, arguments: arguments, span: call.span)
    }

    /// An aggregation inside an expression: its first column.
    mutating func aggregated(_ function: Aggregation, _ call: FunctionCall) throws(KQLFault) -> BoundExpression {
        let index = aggregation?.columnCount ?? 0
        let written = starless(call, function, except: [])
        let types = try add(function, written)
        return BoundExpression(column: index, types.first ?? .dynamic, at: call.span)
    }

    private mutating func add(_ function: Aggregation, _ call: FunctionCall) throws(KQLFault) -> [ScalarType] {
        guard var scope = aggregation else { return [] }
        // Aggregations do not stand in one another's arguments.
        aggregation = nil
        defer { aggregation = scope }
        let arguments = try arguments(of: call, scope.rows)
        let types: [ScalarType]
        do throws(FunctionFault) { types = try function.resultTypes(of: arguments.map(\.argument)) } catch {
            throw KQLFault(error, at: call.span)
        }
        scope.aggregates.append(BoundAggregate(aggregation: function, arguments: arguments, types: types))
        return types
    }

    mutating func distinct(_ table: BoundTable, _ items: [NamedExpression]) throws(KQLFault) -> BoundTable {
        let source = rows(table, of: "distinct")
        if items.count == 1, case .star(let span) = items[0].expression {
            return BoundTable(
                .summarize(table, groups: identity(table.columns, at: span), aggregates: []), table.columns)
        }
        let groups = try groups(items, source, of: "distinct")
        let columns = groups.map { ColumnSchema($0.name, $0.value.type) }
        return BoundTable(.summarize(table, groups: groups.map(\.value), aggregates: []), columns)
    }
}
