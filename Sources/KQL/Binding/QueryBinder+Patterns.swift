// Patterns that the query declares: tables that are chosen by constants.

extension QueryBinder {
    /// `name("a").path`: the body of the first rule with these constants.
    mutating func matched(
        _ pattern: UserPattern, _ call: FunctionCall, path: ArraySlice<PathExpression.Step>
    ) throws(KQLFault) -> BoundTable {
        let declaration = pattern.declaration
        var arguments: [Scalar] = []
        for argument in call.arguments {
            guard let value = try scalar(argument.value, .none).constant else {
                throw KQLFault("SEM0001", "\(call.name.text)(): a pattern takes constants", at: argument.span)
            }
            arguments.append(value)
        }
        let chosen = try chosenPath(path, call)
        let rule = declaration.rules.first { rule in
            rule.arguments.map { Scalar($0.value) } == arguments && rule.path.map { Scalar($0.value) } == chosen
        }
        guard let rule else {
            throw KQLFault(
                "SEM0036", "no rule of the pattern '\(call.name.text)' has these arguments", at: call.span,
                suggestion: "Its rules stand in `declare pattern`.")
        }
        guard let result = rule.body.result else {
            throw KQLFault("SEM0001", "the pattern '\(call.name.text)' gives nothing here", at: call.span)
        }
        return try nested(at: call.span) { binder throws(KQLFault) in
            let saved = binder.environment
            defer { binder.environment = saved }
            binder.environment = pattern.environment
            for statement in rule.body.statements { try binder.define(statement) }
            return try binder.table(result)
        }
    }

    /// What follows the call: a name, or a text in brackets.
    private mutating func chosenPath(
        _ path: ArraySlice<PathExpression.Step>, _ call: FunctionCall
    ) throws(KQLFault) -> Scalar? {
        guard let step = path.first else { return nil }
        if path.count == 1 {
            switch step {
            case .member(let name): return .string(name.text)
            case .element(let index, _):
                if let value = try scalar(index, .none).constant { return value }
            case .call: break
            }
        }
        throw KQLFault("SEM0001", "\(call.name.text)(): a pattern takes one constant as its path", at: call.span)
    }
}
