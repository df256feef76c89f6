// What an expression reads.

extension BoundExpression {
    /// The expressions directly inside.
    var operands: [BoundExpression] {
        switch node {
        case .constant, .column, .variable: []
        case .negation(let operand): [operand]
        case .logical(_, let operands): operands
        case .comparison(_, let left, let right), .arithmetic(_, let left, let right), .element(let left, let right),
            .text(_, _, let left, let right):
            [left, right]
        case .matches(let value, let pattern): [value, pattern]
        case .membership(_, let value, let list): [value] + list
        case .membershipInTable(_, let value, _): [value]
        case .between(_, let value, let lower, let upper): [value, lower, upper]
        case .call(_, let arguments), .window(_, let arguments), .bag(_, let arguments, _): arguments
        }
    }

    /// Whether the value of a row needs that row alone and is always the same: no window, no random numbers.
    var isLocal: Bool {
        switch node {
        case .window: return false
        case .call(let function, let arguments):
            return function.isDeterministic && arguments.allSatisfy(\.isLocal)
        default: return operands.allSatisfy(\.isLocal)
        }
    }

    /// The column that this reads, where it reads exactly one.
    var onlyColumn: Int? {
        var found: Int?
        return isReading(only: &found) ? found : nil
    }

    private func isReading(only found: inout Int?) -> Bool {
        if case .column(let index) = node {
            if let found { return found == index }
            found = index
            return true
        }
        for operand in operands where !operand.isReading(only: &found) { return false }
        return true
    }
}
