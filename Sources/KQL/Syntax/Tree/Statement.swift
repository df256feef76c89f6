/// One part of a query, apart from the next by `;`.
indirect enum Statement: Sendable {
    /// `let name = expression`.
    case `let`(name: Name, value: Expression, SourceSpan)
    /// `set name = value`, an option of the request.
    case set(name: Name, value: OperatorParameter.Value?, SourceSpan)
    /// `declare query_parameters(name: type = default, …)`.
    case queryParameters([FunctionDeclaration.Parameter], SourceSpan)
    /// `declare pattern …`.
    case pattern(PatternDeclaration)
    /// `restrict access to (T, database("x").*)`.
    case restrictAccess([Expression], SourceSpan)
    /// `alias database name = cluster("a").database("b")`.
    case aliasDatabase(name: Name, value: Expression, SourceSpan)
    /// What is asked for: rows, or a scalar.
    case expression(Expression)
    /// A management command, from its dot to the end of the text, not looked into.
    case command(SourceSpan)
}

/// `declare pattern name = (a: string)[path: string] { ("x").["y"] = { … }; }`.
struct PatternDeclaration: Sendable {
    struct Rule: Sendable {
        let arguments: [LiteralExpression]
        let path: LiteralExpression?
        let body: FunctionBody
        let span: SourceSpan
    }

    let name: Name
    let parameters: [ColumnDeclaration]
    let path: ColumnDeclaration?
    /// Empty where the pattern is only named, for another party to define.
    let rules: [Rule]
    let span: SourceSpan
}

extension Statement {
    var span: SourceSpan {
        switch self {
        case .let(_, _, let span), .set(_, _, let span), .queryParameters(_, let span), .restrictAccess(_, let span),
            .aliasDatabase(_, _, let span), .command(let span):
            span
        case .pattern(let declaration): declaration.span
        case .expression(let expression): expression.span
        }
    }
}
