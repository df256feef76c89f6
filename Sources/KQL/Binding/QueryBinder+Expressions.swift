// Scalar expressions: names, operators.

extension QueryBinder {
    /// The expression over the columns of `rows`.
    mutating func scalar(_ expression: Expression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        try nested(at: expression.span) { binder throws(KQLFault) in try binder.bound(expression, rows) }
    }

    private mutating func bound(_ expression: Expression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        switch expression {
        case .literal(let literal): return BoundExpression(Scalar(literal.value), at: literal.span)
        case .name(let name): return try resolve(name, rows)
        case .sign(let sign): return try signed(sign, rows)
        case .logical(let logical): return try self.logical(logical, rows)
        case .comparison(let comparison): return try compared(comparison, rows)
        case .membership(let membership): return try member(membership, rows)
        case .between(let between): return try self.between(between, rows)
        case .arithmetic(let arithmetic): return try calculated(arithmetic, rows)
        case .call(let call): return try called(call, rows)
        case .path(let path): return try followed(path, rows)
        case .star(let span):
            throw KQLFault("SEM0001", "`*` cannot stand here", at: span, suggestion: "Name a column.")
        case .pipeline(let pipeline): throw tableInScalar(pipeline)
        case .wildcard, .datatable, .externalData, .entityGroup, .function:
            throw KQLFault(
                "SEM0001", "a table stands where a value is needed", at: expression.span,
                suggestion: "Take one value of it with toscalar(…).")
        }
    }

    private func tableInScalar(_ pipeline: Pipeline) -> KQLFault {
        KQLFault(
            "SEM0008",
            "Tabular operator '\(pipeline.stages.first?.operation.word ?? "table")' is used in non-table context",
            at: pipeline.span, suggestion: "Take one value of a table with toscalar(…).")
    }

    /// A constant where all is known, and evaluated with the operator's own rules.
    func folded(_ node: BoundExpression) -> BoundExpression {
        guard !node.dependsOnRow, let value = ConstantFolding.value(of: node, binder.context) else { return node }
        // The null of another type would be a different value.
        return value.type == node.type ? BoundExpression(value, at: node.span) : node
    }

    func isTrueOrFalse(_ value: BoundExpression, or message: String) throws(KQLFault) {
        guard value.type != .bool else { return }
        throw KQLFault(
            "SEM0001", message + ", not \(value.type.rawValue)", at: value.span,
            suggestion: value.type == .dynamic ? "Convert it with tobool(…)." : "Compare it with something.")
    }

    private mutating func signed(_ sign: SignExpression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let operand = try scalar(sign.operand, rows)
        guard let type = Arithmetic.negatedType(operand.type) else {
            throw KQLFault(
                "SEM0001", "a sign stands before \(operand.type.rawValue)", at: sign.span,
                suggestion: "Convert it to a number.")
        }
        guard sign.isNegative else { return operand }
        return folded(BoundExpression(.negation(operand), type, at: sign.span, dependsOnRow: operand.dependsOnRow))
    }

    private mutating func logical(_ logical: LogicalExpression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        var operands: [BoundExpression] = []
        for operand in logical.operands {
            let value = isSearching ? try searched(operand, rows) : try scalar(operand, rows)
            try isTrueOrFalse(value, or: "Left and right side of the logical expression must be Boolean")
            operands.append(value)
        }
        let depends = operands.contains(where: \.dependsOnRow)
        return BoundExpression(.logical(logical.operation, operands), .bool, at: logical.span, dependsOnRow: depends)
    }

    private mutating func between(_ between: BetweenExpression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        let value = try scalar(between.left, rows)
        let lower = try scalar(between.lower, rows)
        let upper = try scalar(between.upper, rows)
        let isLength = lower.type == .datetime && upper.type == .timespan
        guard Comparison.accepts(value.type, lower.type), isLength || Comparison.accepts(value.type, upper.type) else {
            throw mismatch("between", value.type, value.type == lower.type ? upper.type : lower.type, at: between.span)
        }
        return BoundExpression(
            .between(isNegated: between.isNegated, value, lower: lower, upper: upper), .bool, at: between.span,
            dependsOnRow: value.dependsOnRow || lower.dependsOnRow || upper.dependsOnRow)
    }

    private mutating func calculated(_ arithmetic: ArithmeticExpression, _ rows: RowScope) throws(KQLFault)
        -> BoundExpression
    {
        var result = try scalar(arithmetic.first, rows)
        for term in arithmetic.terms {
            let operand = try scalar(term.operand, rows)
            guard let operation = Arithmetic(rawValue: term.operation.rawValue),
                let type = operation.resultType(result.type, operand.type)
            else { throw unfit(term, result.type, operand.type) }
            result = folded(
                BoundExpression(
                    .arithmetic(operation, result, operand), type, at: result.span.through(operand.span),
                    dependsOnRow: result.dependsOnRow || operand.dependsOnRow))
        }
        return result
    }

    private func unfit(_ term: ArithmeticExpression.Term, _ left: ScalarType, _ right: ScalarType) -> KQLFault {
        let advice =
            left == .string || right == .string
            ? "Join texts with strcat(…)."
            : left == .dynamic || right == .dynamic
                ? "Convert the dynamic value first: tolong(…), todatetime(…)."
                : "Convert one side to the other's type."
        return KQLFault(
            "SEM0064",
            "`\(term.operation.rawValue)` cannot be carried out between \(left.rawValue) and \(right.rawValue)",
            at: term.operatorSpan, suggestion: advice)
    }

    func mismatch(_ operation: String, _ left: ScalarType, _ right: ScalarType, at span: SourceSpan) -> KQLFault {
        let target = left == .string ? "tostring" : "to\(left.rawValue)"
        return KQLFault(
            "SEM0025", "`\(operation)` cannot compare values of types \(left.rawValue) and \(right.rawValue)", at: span,
            suggestion: "Convert one side: \(target)(…).")
    }
}
