// `evaluate`.

extension QueryBinder {
    mutating func evaluated(_ table: BoundTable, _ evaluate: Evaluate) throws(KQLFault) -> BoundTable {
        let call = evaluate.plugin
        guard let plugin = Plugins.named(call.name.text) else {
            throw KQLFault(Plugins.fault(ofUnknown: call.name.text), at: call.span)
        }
        var arguments = PluginArguments(table)
        for (index, argument) in call.arguments.enumerated() {
            try bind(argument, at: index, of: plugin, &arguments)
        }
        let bound = BoundPlugin(
            name: plugin.name, arguments: arguments.values, names: arguments.names, tables: arguments.tables,
            aggregate: arguments.aggregate, columnCount: table.columns.count)
        let source = arguments.source(at: call.span)
        let columns = try columns(of: plugin, bound, evaluate, source)
        return BoundTable(
            .plugin(source, bound), columns, isSerialized: plugin.keepsOrder && table.isSerialized)
    }

    private mutating func bind(
        _ argument: FunctionCall.Argument, at index: Int, of plugin: Plugin, _ arguments: inout PluginArguments
    ) throws(KQLFault) {
        arguments.names.append(argument.name?.text)
        if isTable(argument.value, in: environment, columns: arguments.table.columns) {
            arguments.tables.append(try inner(argument.value))
            arguments.values.append(.table(arguments.tables.count - 1))
            return
        }
        if index == plugin.tableColumn, argument.name == nil, let table = arguments.tables.first {
            let value = try scalar(argument.value, rows(table, of: "evaluate"))
            guard let column = value.column else {
                throw KQLFault("SEM0001", "\(plugin.name): argument #\(index + 1) must be a column", at: value.span)
            }
            arguments.values.append(.tableColumn(column))
            return
        }
        let source = rows(arguments.table, of: "evaluate")
        if case .call(let inner) = argument.value, plugin.name == "pivot", Aggregations.named(inner.name.text) != nil {
            let item = NamedExpression(names: [], isTuple: false, expression: argument.value, span: argument.span)
            let aggregate = try aggregates([item], source, []).0.first
            arguments.aggregate = aggregate.map { aggregate in
                BoundAggregate(
                    aggregation: aggregate.aggregation, arguments: aggregate.arguments.map { arguments.worked($0) },
                    types: aggregate.types)
            }
            arguments.names.removeLast()
            return
        }
        let value = try scalar(argument.value, source)
        arguments.values.append(.expression(arguments.worked(value)))
    }

    private func columns(
        of plugin: Plugin, _ bound: BoundPlugin, _ evaluate: Evaluate, _ source: BoundTable
    ) throws(KQLFault) -> [ColumnSchema] {
        let own = Array(source.columns.prefix(bound.columnCount))
        let known: [ColumnSchema]?
        do throws(FunctionFault) {
            known = try plugin.columns(bound.header(of: own) { $0.constant.map { .value($0) } ?? .later($0.type) })
        } catch { throw KQLFault(error, at: evaluate.plugin.span) }
        if let schema = evaluate.schema {
            // `*` stands for the columns that a plugin leaves as they are.
            let unpacked = plugin.name == "bag_unpack" ? bound.firstColumn : nil
            let kept = own.indices.filter { schema.isOpen && $0 != unpacked }.map { own[$0] }
            return kept + schema.columns.map { ColumnSchema($0.name.text, $0.type) }
        }
        if let known { return known }
        guard let schema = binder.pluginSchema else {
            throw unsupported("`evaluate \(plugin.name)` without a schema", at: evaluate.span)
        }
        return try schema(bound, self.bound(source))
    }
}

/// The arguments of a plugin while they are bound.
private struct PluginArguments {
    let table: BoundTable
    var values: [BoundPlugin.Argument] = []
    var names: [String?] = []
    var tables: [BoundTable] = []
    var aggregate: BoundAggregate?
    /// What has to be worked out for each row.
    private var extra: [BoundExpression] = []

    init(_ table: BoundTable) { self.table = table }

    /// The value as a column, where it depends on the row.
    mutating func worked(_ value: BoundExpression) -> BoundExpression {
        guard value.dependsOnRow, value.column == nil else { return value }
        extra.append(value)
        return BoundExpression(column: table.columns.count + extra.count - 1, value.type, at: value.span)
    }

    /// The rows, with what had to be worked out behind their columns.
    func source(at span: SourceSpan) -> BoundTable {
        guard !extra.isEmpty else { return table }
        let values = table.columns.enumerated().map {
            BoundExpression(column: $0.offset, $0.element.type, at: span)
        }
        var unique = UniqueNames(table.columns.map(\.name))
        let added = extra.map { ColumnSchema(unique.takeNumbered(), $0.type) }
        return BoundTable(
            .project(table, values + extra), table.columns + added, isSerialized: table.isSerialized)
    }
}

extension BoundPlugin {
    /// The column that the first argument is.
    fileprivate var firstColumn: Int? {
        if case .expression(let expression)? = arguments.first { expression.column } else { nil }
    }

    /// - Parameters:
    ///   - columns: The query's own, of those that come in.
    ///   - value: What an argument that is no column stands for.
    func header<E: Error>(
        of columns: [ColumnSchema], _ value: (BoundExpression) throws(E) -> PluginArgument
    ) throws(E) -> PluginHeader {
        var arguments: [PluginArgument] = []
        for argument in self.arguments {
            switch argument {
            case .expression(let expression):
                if let column = expression.column {
                    arguments.append(.column(column))
                } else {
                    arguments.append(try value(expression))
                }
            case .table(let index): arguments.append(.table(index))
            case .tableColumn(let column): arguments.append(.column(column))
            }
        }
        return PluginHeader(arguments: arguments, names: names, columns: columns, tables: tables.map(\.columns))
    }

    /// The call with its rows, for ``Plugins``.
    ///
    /// - Parameters:
    ///   - rows: Of all columns that come in.
    ///   - tables: The rows of ``tables``.
    ///   - result: The columns that come out; empty to ask for them.
    ///   - value: The value of an expression that reads no row.
    func call<E: Error>(
        of columns: [ColumnSchema], rows: [[Scalar]], tables: [[[Scalar]]], result: [ColumnSchema],
        _ context: EvaluationContext, _ value: (BoundExpression) throws(E) -> Scalar
    ) throws(E) -> PluginCall {
        let own = Array(columns.prefix(columnCount))
        let header = try header(of: own) { expression throws(E) in .value(try value(expression)) }
        var aggregate: (Aggregation, [PluginArgument], [ScalarType])?
        if let bound = self.aggregate {
            var arguments: [PluginArgument] = []
            for argument in bound.arguments {
                if let column = argument.column {
                    arguments.append(.column(column))
                } else {
                    arguments.append(.value(try value(argument)))
                }
            }
            aggregate = (bound.aggregation, arguments, bound.types)
        }
        return PluginCall(
            header: header, rows: rows, tables: tables, aggregate: aggregate, result: result, context: context)
    }
}
