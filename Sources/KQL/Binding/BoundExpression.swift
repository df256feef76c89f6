/// A scalar expression whose names are resolved and whose types are known and checked.
struct BoundExpression: Sendable {
    indirect enum Node: Sendable {
        case constant(Scalar)
        /// A column of the rows that come in, by index.
        case column(Int)
        /// A value that is the same for all rows, by its index in ``BoundQuery/variables``.
        case variable(Int)
        case negation(BoundExpression)
        /// At least two operands.
        case logical(LogicalExpression.Operator, [BoundExpression])
        case comparison(Comparison, BoundExpression, BoundExpression)
        /// An operator on texts; operands of other types count as their text.
        case text(TextOperator, isNegated: Bool, BoundExpression, BoundExpression)
        case matches(BoundExpression, pattern: BoundExpression)
        /// The list, in which dynamic arrays stand for their elements.
        case membership(MembershipOperator, BoundExpression, [BoundExpression])
        /// The values of a table's first column, which is a variable.
        case membershipInTable(MembershipOperator, BoundExpression, variable: Int)
        /// The type of `upper` may be `timespan` while `value` is a `datetime`: then it counts from `lower`.
        case between(isNegated: Bool, BoundExpression, lower: BoundExpression, upper: BoundExpression)
        case arithmetic(Arithmetic, BoundExpression, BoundExpression)
        case call(ScalarFunction, [BoundExpression])
        /// A function of the rows around, which have an order.
        case window(WindowFunction, [BoundExpression])
        /// `base[key]`, `base.key`: dynamic, null where there is none.
        case element(BoundExpression, BoundExpression)
        /// A property bag of all these: `pack_all()`.
        case bag([String], [BoundExpression], skipsEmpty: Bool)
    }

    let node: Node
    let type: ScalarType
    let span: SourceSpan
    /// Whether it reads a column or the order of rows; what does not is the same for all rows.
    let dependsOnRow: Bool

    init(_ node: Node, _ type: ScalarType, at span: SourceSpan, dependsOnRow: Bool) {
        self.node = node
        self.type = type
        self.span = span
        self.dependsOnRow = dependsOnRow
    }

    init(_ value: Scalar, at span: SourceSpan) {
        self.init(.constant(value), value.type, at: span, dependsOnRow: false)
    }

    init(column index: Int, _ type: ScalarType, at span: SourceSpan) {
        self.init(.column(index), type, at: span, dependsOnRow: true)
    }

    /// The value, where it is known before the query runs.
    var constant: Scalar? { if case .constant(let value) = node { value } else { nil } }

    /// The column that this is and nothing else.
    var column: Int? { if case .column(let index) = node { index } else { nil } }

    var argument: FunctionArgument { FunctionArgument(type, constant: constant) }
}

/// What is worked out once, before the rows that use it.
enum BoundVariable: Sendable {
    case expression(BoundExpression)
    /// The first value of the first column, or null: `toscalar()`.
    case firstValue(BoundTable)
    /// The values of the first column: the right side of `in`.
    case firstColumn(BoundTable)
}
