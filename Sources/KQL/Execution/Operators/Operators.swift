/// Carries out the operators of a bound query.
enum Operators {
    static func run(_ table: BoundTable, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) -> Frame {
        switch table.node {
        case .table, .view, .enclosing, .values, .row, .range:
            return try source(table, execution, enclosing)
        case .filter(let input, let predicate):
            return try Evaluator(execution.run(input, enclosing), execution).filtered(by: predicate)
        case .project(let input, let values):
            return try Evaluator(execution.run(input, enclosing), execution).projected(values)
        case .summarize(let input, let groups, let aggregates):
            return try Summary(execution.run(input, enclosing), execution).frame(groups, aggregates)
        case .sort, .top, .take, .sample, .sampleDistinct:
            return try ordered(table, execution, enclosing)
        case .count(let input):
            return Frame(count: 1, [Column(.long, integers: [Int64(try execution.run(input, enclosing).count)])])
        case .schema(let input): return schema(of: input)
        case .join(let join): return try JoinedRows(join, execution, enclosing).frame()
        case .union(let union): return try united(union, table.columns, execution, enclosing)
        case .expand(let input, let expansion):
            return try ExpandedRows(execution.run(input, enclosing), expansion, execution).frame(table.columns)
        case .apply, .partition: return try nested(table, execution, enclosing)
        case .parse, .parseKeyValues, .reduce: return try parsed(table, execution, enclosing)
        case .series, .topNested, .topHitters: return try aggregated(table, execution, enclosing)
        case .plugin(let input, let plugin): return try plugged(input, plugin, table, execution, enclosing)
        case .graph(let graph, let use): return try graphed(graph, use, table, execution, enclosing)
        case .scan(let input, let scan): return try scanned(input, scan, table, execution, enclosing)
        }
    }

    /// `getschema`, with the .NET types that the engine names.
    private static func schema(of table: BoundTable) -> Frame {
        let rows = table.columns.enumerated().map { index, column in
            [
                Scalar.string(column.name), .long(Int64(index)), .string(column.type.systemName),
                .string(column.type.rawValue),
            ]
        }
        return Frame(
            rows,
            [
                ColumnSchema("ColumnName", .string), ColumnSchema("ColumnOrdinal", .long),
                ColumnSchema("DataType", .string), ColumnSchema("ColumnType", .string),
            ])
    }
}

extension ScalarType {
    /// The .NET type's name, as `getschema` shows it.
    var systemName: String {
        switch self {
        case .bool: "System.SByte"
        case .int: "System.Int32"
        case .long: "System.Int64"
        case .real: "System.Double"
        case .decimal: "System.Data.SqlTypes.SqlDecimal"
        case .datetime: "System.DateTime"
        case .timespan: "System.TimeSpan"
        case .guid: "System.Guid"
        case .string: "System.String"
        case .dynamic: "System.Object"
        }
    }
}
