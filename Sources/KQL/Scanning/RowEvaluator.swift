internal import RegularExpressions

/// Evaluates expressions row by row, for operators whose rows depend on those before them. Windows have no meaning
/// here.
struct RowEvaluator: Sendable {
    /// What a variable of the query stands for: a value, or the values of a column.
    typealias Variable = @Sendable (Int) throws(KQLFault) -> [Scalar]

    let context: EvaluationContext
    let variable: Variable

    func value(of expression: BoundExpression, _ row: [Scalar]) throws(KQLFault) -> Scalar {
        switch expression.node {
        case .constant(let value): return value
        case .column(let index): return row[index]
        case .variable(let index): return try variable(index).first ?? .none(expression.type)
        case .negation(let operand): return Arithmetic.negated(try value(of: operand, row))
        case .logical(let operation, let operands): return try logical(operation, operands, row)
        case .comparison(let operation, let left, let right):
            return operation(try value(of: left, row), try value(of: right, row))
        case .text(let operation, let isNegated, let left, let right):
            let matcher = TextMatcher(operation, try value(of: right, row).text)
            return .bool(matcher.matches(try value(of: left, row).text) != isNegated)
        case .matches(let text, let pattern):
            let compiled = context.patterns.pattern(try value(of: pattern, row).text)
            return .bool(compiled?.matches(try value(of: text, row).text) ?? false)
        case .arithmetic(let operation, let left, let right):
            return operation(try value(of: left, row), try value(of: right, row))
        case .call(let function, let arguments): return try call(function, arguments, row, expression.span)
        default: return try composed(expression, row)
        }
    }

    /// Lists, ranges, and what looks into dynamic values.
    private func composed(_ expression: BoundExpression, _ row: [Scalar]) throws(KQLFault) -> Scalar {
        switch expression.node {
        case .membership(let operation, let left, let list):
            let members = try values(of: list, row).flatMap(Self.elements)
            return .bool(MemberTest(operation, members).holds(for: try value(of: left, row)))
        case .membershipInTable(let operation, let left, let index):
            let members = try variable(index).flatMap(Self.elements)
            return .bool(MemberTest(operation, members).holds(for: try value(of: left, row)))
        case .between(let isNegated, let value, let lower, let upper):
            return try between(isNegated, try values(of: [value, lower, upper], row))
        case .element(let base, let key):
            return Scalar(try value(of: base, row).packed[try value(of: key, row)])
        case .bag(let names, let values, let skipsEmpty):
            let members = zip(names, try self.values(of: values, row)).filter { !skipsEmpty || !$0.1.isEmpty }
            return .bag(members.map { ($0.0, $0.1.packed) })
        default:
            throw KQLFault("SEM0001", "a function of the rows around cannot stand here", at: expression.span)
        }
    }

    private func values(of expressions: [BoundExpression], _ row: [Scalar]) throws(KQLFault) -> [Scalar] {
        var values: [Scalar] = []
        for expression in expressions { values.append(try value(of: expression, row)) }
        return values
    }

    private func logical(
        _ operation: LogicalExpression.Operator, _ operands: [BoundExpression], _ row: [Scalar]
    ) throws(KQLFault) -> Scalar {
        var result = Scalar.bool(operation == .and)
        for operand in operands {
            let next = Scalar(try value(of: operand, row).truth)
            result = operation == .and ? Logic.and(result, next) : Logic.or(result, next)
            if result == .bool(operation == .or) { return result }
        }
        return result
    }

    private func between(_ isNegated: Bool, _ values: [Scalar]) throws(KQLFault) -> Scalar {
        let isInside = Comparison.between(values[0], values[1], values[2])
        return isNegated ? Logic.not(isInside) : isInside
    }

    private func call(
        _ function: ScalarFunction, _ arguments: [BoundExpression], _ row: [Scalar], _ span: SourceSpan
    ) throws(KQLFault) -> Scalar {
        let values = try values(of: arguments, row)
        do throws(FunctionFault) { return try function.evaluate(values, context) } catch {
            throw KQLFault(error, at: span)
        }
    }

    private static func elements(_ value: Scalar) -> [Scalar] {
        guard case .dynamic(let dynamic) = value, let elements = dynamic.elements else { return [value] }
        return elements.map(\.unpacked)
    }
}
