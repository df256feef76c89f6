// `evaluate`: hands the rows to a plugin, and takes what it makes of them.

extension Operators {
    static func plugged(
        _ input: BoundTable, _ plugin: BoundPlugin, _ table: BoundTable, _ execution: Execution, _ enclosing: Frame?
    ) throws(KQLFault) -> Frame {
        let frame = try execution.run(input, enclosing)
        let call = try call(plugin, frame, input.columns, execution, result: table.columns)
        do throws(FunctionFault) { return Frame(try known(plugin).rows(call), table.columns) } catch {
            throw KQLFault(error, at: plugin.span)
        }
    }

    /// The columns of a plugin over the rows of the execution's query.
    static func columns(of plugin: BoundPlugin, _ execution: Execution) throws(KQLFault) -> [ColumnSchema] {
        let call = try call(plugin, execution.run(), execution.query.table.columns, execution, result: [])
        do throws(FunctionFault) { return try known(plugin).columns(call) } catch {
            throw KQLFault(error, at: plugin.span)
        }
    }

    private static func known(_ plugin: BoundPlugin) throws(FunctionFault) -> Plugin {
        guard let known = Plugins.named(plugin.name) else { throw Plugins.fault(ofUnknown: plugin.name) }
        return known
    }

    private static func call(
        _ plugin: BoundPlugin, _ frame: Frame, _ columns: [ColumnSchema], _ execution: Execution,
        result: [ColumnSchema]
    ) throws(KQLFault) -> PluginCall {
        var tables: [[[Scalar]]] = []
        for table in plugin.tables { tables.append(try execution.run(table, nil).rows()) }
        return try plugin.call(
            of: columns, rows: frame.rows(), tables: tables, result: result, execution.context
        ) { expression throws(KQLFault) in try execution.value(expression) }
    }
}

extension BoundPlugin {
    /// Where to point when it fails: its first argument.
    fileprivate var span: SourceSpan {
        for case .expression(let expression) in arguments { return expression.span }
        return SourceSpan(0, 0)
    }
}
