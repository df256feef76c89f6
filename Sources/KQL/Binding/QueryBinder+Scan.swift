// `scan`.

extension QueryBinder {
    mutating func scanned(_ table: BoundTable, _ scan: Scan) throws(KQLFault) -> BoundTable {
        guard table.isSerialized else {
            throw KQLFault(
                "SEM0001", "scan: the rows are in no order", at: scan.span,
                suggestion: "Put `sort by …` or `serialize` before it.")
        }
        guard scan.order.isEmpty, scan.partition.isEmpty else {
            throw KQLFault(
                "UNS0001", "`scan` with an order or partitions of its own is not implemented", at: scan.span,
                suggestion: "Write `sort by` before it, and `partition by … ( … )` around it.")
        }
        if let step = scan.steps.first(where: \.isOptional) { throw unsupported("an optional step", at: step.span) }
        if let name = scan.parameters["with_step_name"] { throw unsupported("`with_step_name`", at: name.span) }
        let declared = scan.variables.compactMap { variable -> ColumnSchema? in
            if case .scalar(let type) = variable.kind { ColumnSchema(variable.name.text, type) } else { nil }
        }
        let defaults = zip(scan.variables, declared).map { variable, column in
            variable.value.map { Scalar($0.value).converted(to: column.type) } ?? .none(column.type)
        }
        let own = table.columns + declared
        let steps = try steps(scan, own, declared: table.columns.count)
        let match = scan.parameters["with_match_id"]?.word.map { ColumnSchema($0, .long) }
        let bound = BoundScan(steps: steps, defaults: defaults, columns: table.columns, hasMatchColumn: match != nil)
        return BoundTable(.scan(table, bound), own + (match.map { [$0] } ?? []), isSerialized: true)
    }

    /// In a step its own state and those of the steps before it have names.
    private mutating func steps(
        _ scan: Scan, _ own: [ColumnSchema], declared first: Int
    ) throws(KQLFault) -> [BoundScan.Step] {
        var bound: [BoundScan.Step] = []
        var elements: [RowElement] = []
        for (index, step) in scan.steps.enumerated() {
            guard !elements.contains(where: { $0.name.isSame(as: step.name.text) }) else {
                throw KQLFault("SEM0001", "scan: two steps are called '\(step.name.text)'", at: step.name.span)
            }
            elements.append(RowElement(name: step.name.text, offset: (index + 1) * own.count, columns: own))
            var source = rows(own, of: "scan")
            source.elements = elements
            let condition = try scalar(step.condition, source)
            try isTrueOrFalse(condition, or: "The condition of a step should be Boolean")
            var assignments: [(target: Int, value: BoundExpression)] = []
            for item in step.assignments {
                assignments.append(try assignment(item, own, declared: first, source))
            }
            bound.append(
                BoundScan.Step(output: step.output ?? .all, condition: condition, assignments: assignments))
        }
        return bound
    }

    private mutating func assignment(
        _ item: NamedExpression, _ own: [ColumnSchema], declared first: Int, _ source: RowScope
    ) throws(KQLFault) -> (target: Int, value: BoundExpression) {
        guard let name = item.names.first, let target = own.index(named: name.text), target >= first else {
            throw KQLFault(
                "SEM0100", "scan: '\(item.names.first?.text ?? "")' is not declared", at: item.span,
                suggestion: own.dropFirst(first).map(\.name).suggestion(for: item.names.first?.text ?? ""))
        }
        let value = try scalar(item.expression, source)
        return (target, try converted(value, to: own[target].type, of: name.text))
    }
}
