// Operators that aggregate, order and multiply rows.

/// `summarize aggregates by groups`; without aggregates it is `distinct`.
struct Summarize: Sendable {
    let parameters: [OperatorParameter]
    let aggregates: [NamedExpression]
    /// Empty without `by`.
    let groups: [NamedExpression]
    let span: SourceSpan
}

/// `top count by key`.
struct Top: Sendable {
    let parameters: [OperatorParameter]
    let count: Expression
    let key: OrderedExpression
    let span: SourceSpan
}

/// `top-hitters count of column by weight`.
struct TopHitters: Sendable {
    let count: Expression
    let column: NamedExpression
    /// What is summed instead of counting rows.
    let weight: OrderedExpression?
    let span: SourceSpan
}

/// One level of `top-nested`.
struct TopNested: Sendable {
    /// `nil`: all values.
    let count: Expression?
    let column: NamedExpression
    let others: Expression?
    let aggregate: OrderedExpression
    let span: SourceSpan
}

/// `range name from a to b step c`.
struct RangeRows: Sendable {
    let name: Name
    let from: Expression
    let to: Expression
    let step: Expression
    let span: SourceSpan
}

/// `make-series aggregates on axis from a to b step c by groups`.
struct MakeSeries: Sendable {
    struct Aggregate: Sendable {
        let value: NamedExpression
        /// For the steps without rows.
        let fallback: Expression?
        let span: SourceSpan
    }

    let parameters: [OperatorParameter]
    let aggregates: [Aggregate]
    let axis: NamedExpression
    let from: Expression?
    let to: Expression?
    let step: Expression
    /// Whether it was written `in range(from, to, step)`, which includes the end.
    let isInRange: Bool
    let groups: [NamedExpression]
    let span: SourceSpan
}

/// `mv-expand a = d.items to typeof(long), b limit 100`.
struct MvExpand: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        case bag, array
    }

    struct Column: Sendable {
        let value: NamedExpression
        /// `to typeof(long)`.
        let type: ScalarType?
        let span: SourceSpan
    }

    let parameters: [OperatorParameter]
    let columns: [Column]
    let limit: Expression?
    let span: SourceSpan

    var kind: Kind? { (parameters["kind"] ?? parameters["bagexpansion"])?.word.flatMap(Kind.init) }
    /// The column that counts the elements from 0.
    var indexColumn: String? { parameters["with_itemindex"]?.word }
}

/// `mv-apply columns on (…)`: the sub-query once for each row, over its elements.
struct MvApply: Sendable {
    /// As those of `mv-expand`.
    let expansion: MvExpand
    let body: Pipeline
    let span: SourceSpan
}

/// `reduce by column`: texts that look alike, as one pattern.
struct Reduce: Sendable {
    let parameters: [OperatorParameter]
    let column: NamedExpression
    /// `with threshold=0.3, characters="x"`.
    let options: [NamedExpression]
    let span: SourceSpan
}

/// `scan declare (…) with (step s: condition => a = 1; …)`: sequences of rows, in their order.
struct Scan: Sendable {
    /// Which rows of a step that matches several in a run are given.
    enum Output: String, CaseIterable, Sendable {
        case all, last, none
    }

    struct Step: Sendable {
        let name: Name
        let isOptional: Bool
        let output: Output?
        let condition: Expression
        let assignments: [NamedExpression]
        let span: SourceSpan
    }

    let parameters: [OperatorParameter]
    let order: [OrderedExpression]
    let partition: [Expression]
    let variables: [FunctionDeclaration.Parameter]
    let steps: [Step]
    let span: SourceSpan
}
