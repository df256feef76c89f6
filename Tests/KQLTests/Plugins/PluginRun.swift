@testable import KQL

/// Runs a query that ends in `evaluate` and whose rows are written out, without the engine.
enum PluginRun {
    struct Unsupported: Error {}

    /// The columns as `name:type`, and the rows' values as texts.
    static func result(_ query: String) throws -> (columns: [String], rows: [[String]]) {
        let context = EvaluationContext(now: 0)
        let binder = Binder(Catalog([:]), context: context) { plugin, input throws(KQLFault) in
            do { return try columns(of: plugin, input, context) } catch let fault as FunctionFault {
                throw KQLFault(fault, at: SourceSpan(0, 0))
            } catch { throw KQLFault("UNS0001", "not written out", at: SourceSpan(0, 0)) }
        }
        let bound = try binder.bind(try Query.parse(query))
        guard case .plugin(let source, let plugin) = bound.table.node else { throw Unsupported() }
        let call = try call(plugin, source, in: bound, result: bound.columns, context)
        let rows = try Plugins.named(plugin.name)?.rows(call) ?? []
        for row in rows { guard row.map(\.type) == bound.columns.map(\.type) else { throw Unsupported() } }
        return (bound.columns.map { "\($0.name):\($0.type.rawValue)" }, rows.map { $0.map(\.text) })
    }

    private static func columns(
        of plugin: BoundPlugin, _ input: BoundQuery, _ context: EvaluationContext
    ) throws -> [ColumnSchema] {
        let call = try call(plugin, input.table, in: input, result: [], context)
        return try Plugins.named(plugin.name)?.columns(call) ?? []
    }

    private static func call(
        _ plugin: BoundPlugin, _ source: BoundTable, in query: BoundQuery, result: [ColumnSchema],
        _ context: EvaluationContext
    ) throws -> PluginCall {
        let tables = try plugin.tables.map { try rows(of: $0, in: query) }
        return try plugin.call(
            of: source.columns, rows: try rows(of: source, in: query), tables: tables, result: result, context
        ) { try value(of: $0, []) }
    }

    private static func rows(of table: BoundTable, in query: BoundQuery) throws -> [[Scalar]] {
        switch table.node {
        case .values(let rows): return rows
        case .view(let index): return try rows(of: query.views[index], in: query)
        case .project(let source, let values):
            return try rows(of: source, in: query).map { row in try values.map { try value(of: $0, row) } }
        default: throw Unsupported()
        }
    }

    private static func value(of expression: BoundExpression, _ row: [Scalar]) throws -> Scalar {
        switch expression.node {
        case .constant(let value): return value
        case .column(let index): return row[index]
        case .comparison(let operation, let left, let right):
            return operation(try value(of: left, row), try value(of: right, row))
        case .call(let function, let arguments):
            return try function.evaluate(arguments.map { try value(of: $0, row) }, EvaluationContext(now: 0))
        default: throw Unsupported()
        }
    }
}
