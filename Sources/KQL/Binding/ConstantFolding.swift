/// What is known before the query runs, so that constants may be written as expressions.
enum ConstantFolding {
    /// The value of an expression whose operands are constants; `nil` where they are not, or where evaluating fails:
    /// that is then left to the run.
    static func value(of expression: BoundExpression, _ context: EvaluationContext) -> Scalar? {
        switch expression.node {
        case .constant(let value): return value
        case .negation(let operand): return operand.constant.map(Arithmetic.negated)
        case .arithmetic(let operation, let left, let right):
            guard let left = left.constant, let right = right.constant else { return nil }
            return operation(left, right)
        case .comparison(let operation, let left, let right):
            guard let left = left.constant, let right = right.constant else { return nil }
            return operation(left, right)
        case .call(let function, let arguments):
            let values = arguments.compactMap(\.constant)
            guard function.isDeterministic, values.count == arguments.count else { return nil }
            return try? function.evaluate(values, context)
        default: return nil
        }
    }
}
