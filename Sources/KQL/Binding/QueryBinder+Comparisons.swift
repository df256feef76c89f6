// Comparisons, texts' operators, `in` and its like, and `*` for all columns.

extension QueryBinder {
    mutating func compared(_ comparison: ComparisonExpression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        if case .star = comparison.left {
            return try any(of: rows, at: comparison.span) { binder, column throws(KQLFault) in
                let right = try binder.scalar(comparison.right, rows)
                return try binder.comparison(comparison.operation, column, right, comparison.span)
            }
        }
        let left = try scalar(comparison.left, rows)
        let right = try scalar(comparison.right, rows)
        return try self.comparison(comparison.operation, left, right, comparison.span)
    }

    /// True where it is for some column. Columns whose type does not compare are passed over.
    mutating func any(
        of rows: RowScope, at span: SourceSpan,
        _ test: (inout QueryBinder, BoundExpression) throws(KQLFault) -> BoundExpression
    ) throws(KQLFault) -> BoundExpression {
        var tests: [BoundExpression] = []
        var fault: KQLFault?
        for (index, column) in rows.columns.enumerated() {
            do throws(KQLFault) {
                let value = BoundExpression(column: index, column.type, at: span)
                tests.append(try nested(at: span) { binder throws(KQLFault) in try test(&binder, value) })
            } catch { fault = error }
        }
        if tests.isEmpty, let fault { throw fault }
        if tests.count == 1 { return tests[0] }
        return BoundExpression(.logical(.or, tests), .bool, at: span, dependsOnRow: true)
    }

    func comparison(
        _ operation: ComparisonOperator, _ left: BoundExpression, _ right: BoundExpression, _ span: SourceSpan
    ) throws(KQLFault) -> BoundExpression {
        let node: BoundExpression.Node
        if let comparison = Comparison(rawValue: operation.rawValue) {
            guard Comparison.accepts(left.type, right.type) else {
                throw mismatch(operation.rawValue, left.type, right.type, at: span)
            }
            node = .comparison(comparison, left, right)
        } else if operation == .matchesRegex {
            node = .matches(left, pattern: try pattern(right))
        } else {
            guard right.type == .string || right.type == .dynamic else {
                throw mismatch(operation.rawValue, .string, right.type, at: right.span)
            }
            guard let (text, isNegated) = operation.text else { throw unsupported("`\(operation.rawValue)`", at: span) }
            node = .text(text, isNegated: isNegated, left, right)
        }
        return folded(BoundExpression(node, .bool, at: span, dependsOnRow: left.dependsOnRow || right.dependsOnRow))
    }

    private func pattern(_ value: BoundExpression) throws(KQLFault) -> BoundExpression {
        guard value.type == .string || value.type == .dynamic else {
            throw mismatch("matches regex", .string, value.type, at: value.span)
        }
        guard let text = value.constant else { return value }
        if let fault = FunctionParameter.ContentRule.pattern.fault(of: text, function: "matches regex") {
            throw KQLFault(fault, at: value.span)
        }
        return value
    }
}

// MARK: Lists

extension QueryBinder {
    mutating func member(_ membership: MembershipExpression, _ rows: RowScope) throws(KQLFault) -> BoundExpression {
        if case .star = membership.left {
            return try any(of: rows, at: membership.span) { binder, column throws(KQLFault) in
                try binder.member(column, membership, rows)
            }
        }
        return try member(try scalar(membership.left, rows), membership, rows)
    }

    private mutating func member(
        _ left: BoundExpression, _ membership: MembershipExpression, _ rows: RowScope
    ) throws(KQLFault) -> BoundExpression {
        if membership.operands.count == 1, isTable(membership.operands[0], in: environment, columns: rows.columns) {
            return try memberOfTable(left, membership)
        }
        var operands: [BoundExpression] = []
        for operand in membership.operands {
            let value = try scalar(operand, rows)
            let isText = membership.operation.isText
            guard isText || Comparison.accepts(left.type, value.type) else {
                throw mismatch(membership.operation.rawValue, left.type, value.type, at: value.span)
            }
            operands.append(value)
        }
        let depends = left.dependsOnRow || operands.contains(where: \.dependsOnRow)
        return BoundExpression(
            .membership(membership.operation, left, operands), .bool, at: membership.span, dependsOnRow: depends)
    }

    private mutating func memberOfTable(
        _ left: BoundExpression, _ membership: MembershipExpression
    ) throws(KQLFault) -> BoundExpression {
        let table = try inner(membership.operands[0])
        guard let first = table.columns.first else {
            throw KQLFault("SEM0001", "the table has no column", at: membership.operands[0].span)
        }
        guard membership.operation.isText || Comparison.accepts(left.type, first.type) else {
            throw mismatch(membership.operation.rawValue, left.type, first.type, at: membership.operands[0].span)
        }
        let index = variable(.firstColumn(table))
        return BoundExpression(
            .membershipInTable(membership.operation, left, variable: index), .bool, at: membership.span,
            dependsOnRow: left.dependsOnRow)
    }
}

extension ComparisonOperator {
    /// The operator on texts, and whether it is negated; `nil` for `like` and the others.
    var text: (TextOperator, isNegated: Bool)? {
        switch self {
        case .sameText: return (.equals, false)
        case .otherText: return (.equals, true)
        default:
            let isNegated = rawValue.hasPrefix("!")
            return TextOperator(rawValue: isNegated ? String(rawValue.dropFirst()) : rawValue).map { ($0, isNegated) }
        }
    }
}

extension MembershipOperator {
    /// Whether it reads its operands as texts.
    var isText: Bool {
        switch self {
        case .in, .notIn: false
        default: true
        }
    }
}

extension KQLFault {
    /// A function's refusal at its place.
    init(_ fault: FunctionFault, at span: SourceSpan) {
        self.init(fault.code, fault.message, at: span, suggestion: fault.suggestion)
    }
}
