// `extend` and the `project` family.

extension QueryBinder {
    /// A column of the name is replaced where it stands; all expressions see the old values.
    mutating func extended(_ table: BoundTable, _ items: [NamedExpression], of operation: String) throws(KQLFault)
        -> BoundTable
    {
        let outputs = try outputs(items, rows(table, of: operation), of: operation, beside: table.columns.map(\.name))
        if outputs.isEmpty { return table }
        var columns = table.columns
        var values = identity(table.columns, at: outputs[0].value.span)
        for output in outputs {
            let column = ColumnSchema(output.name, output.value.type)
            if let index = columns.index(named: output.name) {
                (columns[index], values[index]) = (column, output.value)
            } else {
                columns.append(column)
                values.append(output.value)
            }
        }
        return BoundTable(.project(table, values), columns, isSerialized: table.isSerialized)
    }

    mutating func projected(_ table: BoundTable, _ items: [NamedExpression]) throws(KQLFault) -> BoundTable {
        let outputs = try outputs(items, rows(table, of: "project"), of: "project")
        let columns = outputs.map { ColumnSchema($0.name, $0.value.type) }
        return BoundTable(.project(table, outputs.map(\.value)), columns, isSerialized: table.isSerialized)
    }

    func removed(_ table: BoundTable, _ patterns: [NamePattern]) throws(KQLFault) -> BoundTable {
        let away = Set(try matching(patterns, table, of: "project-away"))
        return picked(table, table.columns.indices.filter { !away.contains($0) })
    }

    func kept(_ table: BoundTable, _ patterns: [NamePattern]) throws(KQLFault) -> BoundTable {
        picked(table, Set(try matching(patterns, table, of: "project-keep")).sorted())
    }

    mutating func renamed(_ table: BoundTable, _ items: [NamedExpression]) throws(KQLFault) -> BoundTable {
        var names: [Int: String] = [:]
        for item in items {
            let value = try scalar(item.expression, rows(table, of: "project-rename"))
            guard let index = value.column, let name = item.names.first else {
                throw KQLFault("SEM0001", "project-rename: a new name is given to a column: `New = Old`", at: item.span)
            }
            names[index] = name.text
        }
        let taken = table.columns.indices.filter { names[$0] == nil }.map { table.columns[$0].name } + names.values
        guard Set(taken).count == taken.count else {
            throw KQLFault(
                "SEM0001", "project-rename: a column of that name exists", at: items.first?.span ?? SourceSpan(0, 0))
        }
        return picked(table, Array(table.columns.indices), names: names)
    }

    func reordered(_ table: BoundTable, _ items: [ReorderItem]) throws(KQLFault) -> BoundTable {
        var order: [Int] = []
        for item in items {
            var found = try matching([item.pattern], table, of: "project-reorder").filter { !order.contains($0) }
            if let direction = item.order { found = sorted(found, table.columns, direction) }
            order += found
        }
        return picked(table, order + table.columns.indices.filter { !order.contains($0) })
    }

    /// `granny` orders numbers in names by their value: `a2` before `a100`.
    private func sorted(_ indices: [Int], _ columns: [ColumnSchema], _ order: ReorderItem.Order) -> [Int] {
        let isDescending = order == .descending || order == .grannyDescending
        let isGranny = order == .grannyAscending || order == .grannyDescending
        let sorted = indices.sorted { left, right in
            let (left, right) = (columns[left].name, columns[right].name)
            return isGranny ? left.precedes(byNumbers: right) : left.precedes(right)
        }
        return isDescending ? sorted.reversed() : sorted
    }

    private func matching(_ patterns: [NamePattern], _ table: BoundTable, of operation: String) throws(KQLFault)
        -> [Int]
    {
        var indices: [Int] = []
        for pattern in patterns {
            let found = table.columns.indices.filter { pattern.matches(table.columns[$0].name) }
            guard !found.isEmpty || pattern.isWildcard else {
                throw KQLFault(
                    "SEM0100", "'\(operation)' operator: Failed to resolve column named '\(pattern.text)'",
                    at: pattern.span,
                    suggestion: table.columns.suggestion(for: pattern.text))
            }
            indices += found
        }
        return indices
    }
}

extension String {
    /// Whether this comes first when runs of digits count as numbers.
    func precedes(byNumbers other: String) -> Bool {
        let (own, others) = (padded, other.padded)
        return own == others ? precedes(other) : own.precedes(others)
    }

    /// Runs of digits, up to 20 long, filled with zeros on the left.
    private var padded: String {
        var result = ""
        var digits = ""
        for character in self + " " {
            if character.isASCII, character.isNumber {
                digits.append(character)
                continue
            }
            if !digits.isEmpty { result += String(repeating: "0", count: max(0, 20 - digits.count)) + digits }
            digits = ""
            result.append(character)
        }
        return result
    }
}
