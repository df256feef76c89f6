// Calls of functions.

extension QueryBinder {
    mutating func called(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let name = call.name.text
        if case .function(let function) = environment[name] { return try inlinedScalar(function, call, rows) }
        if let special = try special(call, rows) { return special }
        if let term = try graphTerm(call, rows) { return term }
        if aggregation != nil, let aggregation = Aggregations.named(name) { return try aggregated(aggregation, call) }
        if let window = WindowFunction(rawValue: name) { return try windowed(window, call, rows) }
        guard let function = ScalarFunctions.named(name) else {
            // What is wrong inside comes first, as the engine has it.
            if aggregation == nil, Aggregations.named(name) == nil { _ = try arguments(of: call, rows) }
            throw unknown(call)
        }
        return try self.call(function, try arguments(of: call, rows), at: call.span)
    }

    /// A call of one of Kusto's functions, checked.
    func call(
        _ function: ScalarFunction, _ arguments: [BoundExpression], at span: SourceSpan
    ) throws(KQLFault) -> BoundExpression {
        let type: ScalarType
        do throws(FunctionFault) { type = try function.resultType(of: arguments.map(\.argument)) } catch {
            throw KQLFault(error, at: span)
        }
        let depends = arguments.contains(where: \.dependsOnRow) || !function.isDeterministic
        return folded(BoundExpression(.call(function, arguments), type, at: span, dependsOnRow: depends))
    }

    mutating func arguments(of call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> [BoundExpression] {
        var values: [BoundExpression] = []
        for argument in call.arguments {
            if let name = argument.name {
                throw KQLFault("SEM0001", "\(call.name.text)() takes no named arguments", at: name.span)
            }
            if case .star(let span) = argument.value, call.name.text == "estimate_data_size" {
                values += identity(rows.columns, at: span)
            } else {
                values.append(try scalar(argument.value, rows))
            }
        }
        return values
    }

    private func unknown(_ call: FunctionCall) -> KQLFault {
        let name = call.name.text
        if Aggregations.named(name) != nil {
            return KQLFault(
                "SEM0001", "\(name)() aggregates rows and cannot stand here", at: call.span,
                suggestion: "Aggregations stand in `summarize`: `summarize \(name)(…)`.")
        }
        return KQLFault(ScalarFunctions.fault(ofUnknown: name), at: call.name.span)
    }
}

// MARK: The language's own

extension QueryBinder {
    private mutating func special(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression? {
        switch call.name.text {
        case "toscalar": try firstValue(call, rows)
        case "column_ifexists", "columnifexists": try columnIfExists(call, rows)
        case "pack_all": try packAll(call, rows)
        case "bag_pack_columns": try packed(call, rows)
        case "column_names_of": try columnNames(call)
        case "bin_auto": try binAuto(call, rows)
        default: nil
        }
    }

    private mutating func firstValue(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let argument = try single(call)
        guard isTable(argument, in: environment, columns: []) else {
            let value = try scalar(argument, .none)
            return shared(value)
        }
        let table = try inner(argument)
        guard let first = table.columns.first else {
            throw KQLFault("SEM0001", "the table has no column", at: call.span)
        }
        return BoundExpression(.variable(variable(.firstValue(table))), first.type, at: call.span, dependsOnRow: false)
    }

    /// A bin as wide as `set query_bin_auto_size` says, from where `set query_bin_auto_at` says.
    private mutating func binAuto(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let value = try scalar(try single(call), rows)
        guard let size = settings["query_bin_auto_size"] else {
            throw KQLFault(
                "SEM0001", "bin_auto(): no size of the bins is set", at: call.span,
                suggestion: "Write `set query_bin_auto_size = 1h;` before the query, or use bin().")
        }
        let rest = [size] + (settings["query_bin_auto_at"].map { [$0] } ?? [])
        guard let function = ScalarFunctions.named(rest.count == 1 ? "bin" : "bin_at") else { return value }
        return try self.call(function, [value] + rest.map { BoundExpression($0, at: call.span) }, at: call.span)
    }

    private func single(_ call: FunctionCall) throws(KQLFault) -> Expression {
        guard let argument = call.arguments.first, call.arguments.count == 1 else {
            throw KQLFault("SEM0001", "\(call.name.text)() takes one argument", at: call.span)
        }
        return argument.value
    }

    private mutating func columnNames(_ call: FunctionCall) throws(KQLFault) -> BoundExpression {
        let names = try inner(try single(call)).columns.map { Dynamic.string($0.name) }
        return BoundExpression(.dynamic(.array(names)), at: call.span)
    }

    private mutating func columnIfExists(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        guard call.arguments.count == 2, case .string(let name)? = try scalar(call.arguments[0].value, .none).constant
        else {
            throw KQLFault(
                "SEM0001", "\(call.name.text)() takes the name of a column, as a text, and a default", at: call.span)
        }
        if let index = rows.columns.index(named: name) {
            return BoundExpression(column: index, rows.columns[index].type, at: call.span)
        }
        return try scalar(call.arguments[1].value, rows)
    }

    private mutating func packAll(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let skips = try arguments(of: call, .none).first?.constant == .bool(true)
        let values = rows.columns.enumerated().map {
            BoundExpression(column: $0.offset, $0.element.type, at: call.span)
        }
        return BoundExpression(
            .bag(rows.columns.map(\.name), values, skipsEmpty: skips), .dynamic, at: call.span, dependsOnRow: true)
    }

    private mutating func packed(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let values = try arguments(of: call, rows)
        let names = call.arguments.compactMap { ColumnNaming.name(of: $0.value) }
        guard names.count == values.count else {
            throw KQLFault("SEM0001", "bag_pack_columns() takes columns", at: call.span)
        }
        return BoundExpression(.bag(names, values, skipsEmpty: false), .dynamic, at: call.span, dependsOnRow: true)
    }
}
