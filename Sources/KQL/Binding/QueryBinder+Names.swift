// Names of values, and paths into them.

extension QueryBinder {
    /// A column of the rows, else what a `let` or a parameter names.
    mutating func resolve(_ name: Name, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        if let index = rows.columns.index(named: name.text) {
            return BoundExpression(column: index, rows.columns[index].type, at: name.span)
        }
        switch environment[name.text] {
        case .scalar(let value, let scope):
            guard !value.dependsOnRow || scope == rows.id else {
                throw KQLFault(
                    "SEM0139", "'\(name.text)' depends on the row and cannot be used in another table", at: name.span,
                    suggestion: "Join the tables, or pass a constant.")
            }
            return BoundExpression(value.node, value.type, at: name.span, dependsOnRow: value.dependsOnRow)
        case .function(let function)
        where function.declaration.parameters.isEmpty && !isTable(.name(name), in: environment, columns: []):
            return try inlinedScalar(function, FunctionCall(name: name, arguments: [], span: name.span), rows)
        default: throw unresolved(name, rows)
        }
    }

    private func unresolved(_ name: Name, _ rows: RowScope) -> KQLFault {
        if let aggregation, aggregation.rows.columns.index(named: name.text) != nil {
            return KQLFault(
                "SEM0001", "'\(name.text)' is neither aggregated nor a group key", at: name.span,
                suggestion: "Aggregate it, with take_any(\(name.text)) for example, or add it after `by`.")
        }
        if environment[name.text] == nil, binder.catalog.tables[name.text] != nil {
            return KQLFault(
                "SEM0008", "Tabular operator 'where' is used in non-table context: '\(name.text)' is a table",
                at: name.span,
                suggestion: "Close the bracket or end the list before it, or take a value with toscalar(…).")
        }
        let scalars = environment.entries.compactMap { entry in
            if case .scalar = entry.value { entry.name } else { nil }
        }
        let place = rows.operation.isEmpty ? "" : "'\(rows.operation)' operator: "
        let kind = rows.columns.isEmpty ? "scalar expression" : "column or scalar expression"
        return KQLFault(
            "SEM0100", "\(place)Failed to resolve \(kind) named '\(name.text)'", at: name.span,
            suggestion: (rows.columns.map(\.name) + scalars.sorted()).suggestion(for: name.text))
    }

    /// `base.a["b"][0]`.
    mutating func followed(_ path: PathExpression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let (first, rest) = try base(of: path, rows)
        var value = first
        for step in rest {
            guard value.type == .dynamic else {
                throw KQLFault(
                    "SEM0139", "a value of type \(value.type.rawValue) has no members", at: path.span,
                    suggestion: value.type == .string ? "Read it with parse_json(…) first." : nil)
            }
            let key = try key(of: step, rows)
            value = BoundExpression(
                .element(value, key), .dynamic, at: path.span, dependsOnRow: value.dependsOnRow || key.dependsOnRow)
        }
        return value
    }

    /// The value that a path begins with, and what follows: a column of an element of the row takes the first step.
    private mutating func base(of path: PathExpression, _ rows: RowScope) throws(KQLFault) -> (
        BoundExpression, ArraySlice<PathExpression.Step>
    ) {
        if case .name(let name) = path.base, rows.columns.index(named: name.text) == nil,
            let element = rows.elements.first(where: { $0.name.isSame(as: name.text) }),
            case .member(let member)? = path.steps.first
        {
            guard let index = element.columns.index(named: member.text) else {
                throw KQLFault(
                    "SEM0100", "'\(rows.operation)' operator: '\(name.text)' has no column '\(member.text)'",
                    at: path.span, suggestion: element.columns.suggestion(for: member.text))
            }
            let value = BoundExpression(column: element.offset + index, element.columns[index].type, at: path.span)
            return (value, path.steps.dropFirst())
        }
        try checkBase(path, rows)
        return (try scalar(path.base, rows), path.steps[...])
    }

    private mutating func key(of step: PathExpression.Step, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        switch step {
        case .member(let name): return BoundExpression(.string(name.text), at: name.span)
        case .element(let index, let span):
            let key = try scalar(index, rows)
            guard key.type == .string || key.type.isInteger || key.type == .dynamic else {
                throw KQLFault("SEM0001", "an index is a text or a whole number, not \(key.type.rawValue)", at: span)
            }
            return key
        case .call(let call):
            throw KQLFault("SEM0260", "Unknown function: '\(call.name.text)'", at: call.span)
        }
    }

    /// Tables have no members: their columns are named without them.
    private func checkBase(_ path: PathExpression, _ rows: RowScope) throws(KQLFault) {
        guard case .name(let base) = path.base, rows.columns.index(named: base.text) == nil else { return }
        let binding = environment[base.text]
        let member = if case .member(let name)? = path.steps.first { name.text } else { "" }
        let advice = "Write the column's name alone; after a join the right side's is `\(member)1` where both have it."
        if binding == nil, binder.catalog.tables[base.text] != nil {
            throw KQLFault(
                "SEM0008", "Tabular operator 'where' is used in non-table context: '\(base.text)' is a table",
                at: path.span,
                suggestion: advice)
        }
        let isTable = isTable(path.base, in: environment, columns: rows.columns)
        guard isTable || base.text == "$left" || base.text == "$right" else { return }
        throw KQLFault(
            "SEM0139", "Failed to resolve expression '\(base.text).\(member)'", at: path.span, suggestion: advice)
    }
}
