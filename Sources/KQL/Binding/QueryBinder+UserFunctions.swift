// The query's own functions, which are written out where they are called.

extension QueryBinder {
    mutating func inlinedScalar(
        _ function: UserFunction, _ call: FunctionCall, _ rows: RowScope
    ) throws(KQLFault) -> BoundExpression {
        try inlined(function, call, rows) { binder, result, callerRows throws(KQLFault) in
            try binder.scalar(result, callerRows)
        }
    }

    mutating func inlinedTable(_ function: UserFunction, _ call: FunctionCall, first: BoundTable? = nil)
        throws(KQLFault) -> BoundTable
    {
        try inlined(function, call, .none, first: first) { binder, result, _ throws(KQLFault) in
            try binder.table(result)
        }
    }

    /// - Parameter first: What `invoke` puts in the first parameter's place.
    private mutating func inlined<T>(
        _ function: UserFunction, _ call: FunctionCall, _ rows: RowScope, first: BoundTable? = nil,
        _ body: (inout QueryBinder, Expression, RowScope) throws(KQLFault) -> T
    ) throws(KQLFault) -> T {
        guard let result = function.declaration.body.result else {
            throw KQLFault("SEM0001", "the function '\(call.name.text)' gives nothing", at: call.span)
        }
        let names = try parameters(of: function, call, rows, first: first)
        return try nested(at: call.span) { binder throws(KQLFault) in
            let saved = (binder.environment, binder.callerRows, binder.aggregation)
            defer { (binder.environment, binder.callerRows, binder.aggregation) = saved }
            binder.environment = names
            binder.aggregation = nil
            // A body sees its parameters and not the columns of the row that it is called for.
            binder.callerRows = RowScope(
                id: rows.id, columns: [], operation: rows.operation, isSerialized: rows.isSerialized)
            for statement in function.declaration.body.statements { try binder.define(statement) }
            return try body(&binder, result, binder.callerRows)
        }
    }

    private mutating func parameters(
        of function: UserFunction, _ call: FunctionCall, _ rows: RowScope, first: BoundTable?
    ) throws(KQLFault) -> NameTable<Binding> {
        var names = function.environment
        var positional = call.arguments.filter { $0.name == nil }[...]
        var parameters = function.declaration.parameters[...]
        if let first, let parameter = parameters.popFirst() { names[parameter.name.text] = .table(first) }
        for parameter in parameters {
            let named = call.arguments.last { $0.name?.text.isSame(as: parameter.name.text) ?? false }
            names[parameter.name.text] = try argument(named ?? positional.popFirst(), for: parameter, call, rows)
        }
        guard positional.isEmpty else { throw count(function, call) }
        return names
    }

    private func count(_ function: UserFunction, _ call: FunctionCall) -> KQLFault {
        let names = function.declaration.parameters.map(\.name.text).joined(separator: ", ")
        return KQLFault(
            "SEM0001", "\(call.name.text)(): \(call.arguments.count) arguments given, but it takes (\(names))",
            at: call.span)
    }

    private mutating func argument(
        _ argument: FunctionCall.Argument?, for parameter: FunctionDeclaration.Parameter, _ call: FunctionCall,
        _ rows: RowScope
    ) throws(KQLFault) -> Binding {
        switch parameter.kind {
        case .table(let columns, _):
            guard let argument else {
                throw KQLFault(
                    "SEM0001", "\(call.name.text)(): the table '\(parameter.name.text)' is missing", at: call.span)
            }
            return .table(try tableArgument(argument.value, having: columns))
        case .scalar(let type):
            guard let argument else {
                guard let value = parameter.value else {
                    throw KQLFault("SEM0001", "\(call.name.text)(): '\(parameter.name.text)' is missing", at: call.span)
                }
                return .scalar(BoundExpression(Scalar(value.value).converted(to: type), at: call.span), scope: 0)
            }
            let value = try converted(try scalar(argument.value, rows), to: type, of: parameter.name.text)
            return value.dependsOnRow ? .scalar(value, scope: rows.id) : .scalar(shared(value), scope: 0)
        }
    }

    private mutating func tableArgument(_ value: Expression, having columns: [ColumnDeclaration]) throws(KQLFault)
        -> BoundTable
    {
        let table = try inner(value)
        for column in columns {
            guard let index = table.columns.index(named: column.name.text), table.columns[index].type == column.type
            else {
                throw KQLFault(
                    "SEM0100", "the table has no column '\(column.name.text)' of type \(column.type.rawValue)",
                    at: value.span,
                    suggestion: table.columns.suggestion(for: column.name.text))
            }
        }
        return view(table)
    }

    func converted(_ value: BoundExpression, to type: ScalarType, of name: String) throws(KQLFault)
        -> BoundExpression
    {
        if value.type == type { return value }
        let converts = value.type.isNumeric && type.isNumeric || value.type == .dynamic || type == .dynamic
        guard converts, let conversion = ScalarFunctions.named(type == .dynamic ? "todynamic" : "to\(type.rawValue)")
        else {
            throw KQLFault(
                "SEM0001",
                "the parameter '\(name)' is of type \(type.rawValue), and the argument of type \(value.type.rawValue)",
                at: value.span)
        }
        return try call(conversion, [value], at: value.span)
    }
}
