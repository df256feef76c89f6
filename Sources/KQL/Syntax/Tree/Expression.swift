/// Whatever has a value, a scalar or a table: which of the two a name stands for, only the binder knows.
///
/// Chains are flat (`a or b or c` is one node with three operands), so that a tree is never higher than a query's
/// brackets are deep. Brackets themselves leave no trace.
indirect enum Expression: Sendable {
    case literal(LiteralExpression)
    /// A column, a variable, a table.
    case name(Name)
    /// `T*` among the tables of `union`, `find`, `search` and `restrict`.
    case wildcard(NamePattern)
    /// `*`, all columns: `count(*)`, `* has "x"`.
    case star(SourceSpan)
    case sign(SignExpression)
    case logical(LogicalExpression)
    case comparison(ComparisonExpression)
    case membership(MembershipExpression)
    case between(BetweenExpression)
    case arithmetic(ArithmeticExpression)
    case call(FunctionCall)
    case path(PathExpression)
    case pipeline(Pipeline)
    case datatable(Datatable)
    case externalData(ExternalData)
    case entityGroup(EntityGroup)
    /// Only as the value of a `let`.
    case function(FunctionDeclaration)
}

/// A value written out: `5`, `"x"`.
struct LiteralExpression: Sendable {
    let value: Literal
    let span: SourceSpan
}

/// `-x` or `+x`.
struct SignExpression: Sendable {
    let isNegative: Bool
    let operand: Expression
    let span: SourceSpan
}

/// `a and b and c`, or the same with `or`; at least two operands, none of which is of the same kind unless the query
/// put it in brackets.
struct LogicalExpression: Sendable {
    enum Operator: String, Sendable {
        case and, or
    }

    let operation: Operator
    let operands: [Expression]
    let span: SourceSpan
}

/// `left == right`, `left has right`: one operator between two scalars.
struct ComparisonExpression: Sendable {
    let operation: ComparisonOperator
    let left: Expression
    let right: Expression
    let operatorSpan: SourceSpan
    let span: SourceSpan
}

/// `left in (a, b)`; one of the operands may be a table.
struct MembershipExpression: Sendable {
    let operation: MembershipOperator
    let left: Expression
    let operands: [Expression]
    let operatorSpan: SourceSpan
    let span: SourceSpan
}

/// `left between (lower .. upper)`.
struct BetweenExpression: Sendable {
    let isNegated: Bool
    let left: Expression
    let lower: Expression
    let upper: Expression
    let operatorSpan: SourceSpan
    let span: SourceSpan
}

/// `a + b - c`, or the same with `*`, `/` and `%`, worked out from the left.
struct ArithmeticExpression: Sendable {
    struct Term: Sendable {
        let operation: ArithmeticOperator
        let operatorSpan: SourceSpan
        let operand: Expression
    }

    let first: Expression
    let terms: [Term]
    let span: SourceSpan
}

/// `name(arguments)`: a function, a plugin, or one of the language's own such as `toscalar` and `cluster`.
struct FunctionCall: Sendable {
    struct Argument: Sendable {
        let name: Name?
        let value: Expression
        let span: SourceSpan
    }

    let name: Name
    let arguments: [Argument]
    let span: SourceSpan
}

/// `base.a["b"][0]`: into a dynamic value, or from a cluster or database to a table.
struct PathExpression: Sendable {
    enum Step: Sendable {
        case member(Name)
        /// `[index]`, with the brackets in the span.
        case element(Expression, SourceSpan)
        /// `.database("x")`.
        case call(FunctionCall)
    }

    let base: Expression
    let steps: [Step]
    let span: SourceSpan
}

extension Expression {
    var span: SourceSpan {
        switch self {
        case .literal(let node): node.span
        case .name(let node): node.span
        case .wildcard(let node): node.span
        case .star(let span): span
        case .sign(let node): node.span
        case .logical(let node): node.span
        case .comparison(let node): node.span
        case .membership(let node): node.span
        case .between(let node): node.span
        case .arithmetic(let node): node.span
        case .call(let node): node.span
        case .path(let node): node.span
        case .pipeline(let node): node.span
        case .datatable(let node): node.span
        case .externalData(let node): node.span
        case .entityGroup(let node): node.span
        case .function(let node): node.span
        }
    }
}
