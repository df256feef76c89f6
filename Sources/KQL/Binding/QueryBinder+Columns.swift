// Lists of columns that a query makes.

extension QueryBinder {
    /// A column that a stage makes.
    struct Output {
        let name: String
        /// Whether the query gives the name.
        let isNamed: Bool
        let value: BoundExpression
    }

    /// The columns of a list, named; functions of several columns give several.
    mutating func outputs(
        _ items: [NamedExpression], _ rows: RowScope, of operation: String, beside used: [String] = []
    ) throws(KQLFault) -> [Output] {
        if let first = items.first { try checkWidth(items.count, at: first.span) }
        var unique = UniqueNames(used)
        var outputs: [Output] = []
        for (index, item) in items.enumerated() {
            for (name, value) in try values(of: item, rows) {
                let isNamed = item.names.contains { $0.text.isSame(as: name ?? "") }
                let free =
                    isNamed ? name ?? "" : name.map { unique.take($0) } ?? Self.numbered(index, operation, &unique)
                if isNamed {
                    guard !outputs.contains(where: { $0.isNamed && $0.name.isSame(as: free) }) else {
                        throw KQLFault(
                            "SEM0001", "'\(operation)' operator: the column '\(free)' is given twice", at: item.span)
                    }
                    if !unique.contains(free) { _ = unique.take(free) }
                }
                outputs.append(Output(name: free, isNamed: isNamed, value: value))
            }
        }
        return outputs
    }

    private static func numbered(_ index: Int, _ operation: String, _ unique: inout UniqueNames) -> String {
        operation == "print" ? unique.take("print_\(index)") : unique.takeNumbered()
    }

    private mutating func values(of item: NamedExpression, _ rows: RowScope) throws(KQLFault) -> [(
        String?, BoundExpression
    )] {
        let value = try scalar(item.expression, rows)
        guard case .call(let call) = item.expression, environment[call.name.text] == nil,
            let columns = ColumnNaming.columns(of: call), item.isTuple || item.names.isEmpty
        else { return [(item.names.first?.text ?? ColumnNaming.name(of: item.expression), value)] }
        var values: [(String?, BoundExpression)] = []
        for (index, column) in columns.enumerated() {
            let key = BoundExpression(.long(Int64(index)), at: value.span)
            let element = BoundExpression(
                .element(value, key), .dynamic, at: value.span, dependsOnRow: value.dependsOnRow)
            let name = index < item.names.count ? item.names[index].text : column.name
            let conversion = column.type == .dynamic ? nil : ScalarFunctions.named("to\(column.type.rawValue)")
            let typed = try conversion.map { function throws(KQLFault) in
                try self.call(function, [element], at: value.span)
            }
            values.append((name, typed ?? element))
        }
        return values
    }

    /// All columns as they are.
    func identity(_ columns: [ColumnSchema], at span: SourceSpan) -> [BoundExpression] {
        columns.enumerated().map { BoundExpression(column: $0.offset, $0.element.type, at: span) }
    }

    /// Only some columns, under new names perhaps.
    func picked(_ table: BoundTable, _ indices: [Int], names: [Int: String] = [:]) -> BoundTable {
        let span = SourceSpan(0, 0)
        let columns = indices.map { ColumnSchema(names[$0] ?? table.columns[$0].name, table.columns[$0].type) }
        let values = indices.map { BoundExpression(column: $0, table.columns[$0].type, at: span) }
        return BoundTable(.project(table, values), columns, isSerialized: table.isSerialized)
    }
}
