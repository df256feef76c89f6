// `evaluate`: the plugins whose columns depend on the rows, and `narrow`.

extension Operators {
    static func plugged(
        _ input: BoundTable, _ plugin: BoundPlugin, _ table: BoundTable, _ execution: Execution, _ enclosing: Frame?
    ) throws(KQLFault) -> Frame {
        let frame = try execution.run(input, enclosing)
        switch plugin.name {
        case "bag_unpack":
            return try UnpackedBags(frame, input.columns, plugin, execution).frame(of: table.columns)
        case "pivot": return try PivotedRows(frame, input.columns, plugin, execution).frame(of: table.columns)
        case "narrow": return try narrowed(frame, input.columns)
        default: throw unknown(plugin)
        }
    }

    /// The columns of a plugin over the rows of the execution's query.
    static func columns(of plugin: BoundPlugin, _ execution: Execution) throws(KQLFault) -> [ColumnSchema] {
        let frame = try execution.run()
        let columns = execution.query.table.columns
        switch plugin.name {
        case "bag_unpack": return try UnpackedBags(frame, columns, plugin, execution).schema()
        case "pivot": return try PivotedRows(frame, columns, plugin, execution).schema()
        default: throw unknown(plugin)
        }
    }

    private static func unknown(_ plugin: BoundPlugin) -> KQLFault {
        KQLFault("UNS0001", "the plugin \(plugin.name) is not implemented", at: SourceSpan(0, 0))
    }

    /// A row for each value, with the row's number from 0 and the column's name.
    private static func narrowed(_ frame: Frame, _ schema: [ColumnSchema]) throws(KQLFault) -> Frame {
        let columns = try frame.resolved().columns
        let width = Int32(columns.count)
        var values = ColumnBuilder(.string, capacity: frame.count * columns.count)
        for row in 0..<frame.count { for column in columns { values.append(.string(column.value(at: row).text)) } }
        let places = 0..<Int32(frame.count) * width
        return Frame(
            count: places.count,
            [
                Column(.long, integers: places.map { Int64($0 / width) }),
                Column(codes: places.map { $0 % width }, ValueDictionary(texts: schema.map(\.name))),
                values.column,
            ])
    }
}
