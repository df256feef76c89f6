// Scalar expressions, one method for each level of the grammar, the loosest first.

extension Parser {
    /// `conjunction { "or" conjunction }`, without a pipe.
    mutating func expression() throws(KQLFault) -> Expression {
        try nested { parser throws(KQLFault) in try parser.logical(.or) }
    }

    /// An expression without comparisons and logic.
    mutating func sum() throws(KQLFault) -> Expression {
        try nested { parser throws(KQLFault) in try parser.arithmetic(.sum) }
    }

    private mutating func logical(_ operation: LogicalExpression.Operator) throws(KQLFault) -> Expression {
        let start = current.span
        var operands = [operation == .or ? try logical(.and) : try equality()]
        while accept(word: operation.rawValue) {
            operands.append(operation == .or ? try logical(.and) : try equality())
        }
        guard operands.count > 1 else { return operands[0] }
        return .logical(LogicalExpression(operation: operation, operands: operands, span: span(from: start)))
    }

    /// `==`, `in` and `between`, of which one may stand.
    private mutating func equality() throws(KQLFault) -> Expression {
        let start = current.span
        let left = try comparison(.relation)
        if let operation = current.name.flatMap(MembershipOperator.init) {
            return try membership(operation, left, from: start)
        }
        if current.name == "between" || current.name == "!between" { return try between(left, from: start) }
        return try comparison(.equality, after: left, from: start)
    }

    /// `operand [ operator operand ]` on one of the levels that do not chain.
    private mutating func comparison(_ level: ExpressionLevel) throws(KQLFault) -> Expression {
        let start = current.span
        return try comparison(level, after: try operand(of: level), from: start)
    }

    private mutating func comparison(
        _ level: ExpressionLevel, after left: Expression, from start: SourceSpan
    ) throws(KQLFault) -> Expression {
        guard let (operation, words) = comparisonOperator, operation.level == level else { return left }
        let operatorSpan = current.span.through(ahead(words - 1).span)
        for _ in 0..<words { advance() }
        let right = try operand(of: level)
        return .comparison(
            ComparisonExpression(
                operation: operation, left: left, right: right, operatorSpan: operatorSpan, span: span(from: start)))
    }

    private mutating func operand(of level: ExpressionLevel) throws(KQLFault) -> Expression {
        switch level {
        case .equality: try comparison(.relation)
        case .relation: try arithmetic(.sum)
        default: try sign()
        }
    }

    /// The comparison that stands here, and how many tokens it takes.
    private var comparisonOperator: (ComparisonOperator, words: Int)? {
        switch current.kind {
        case .symbol(let symbol): ComparisonOperator(written: symbol.rawValue).map { ($0, 1) }
        case .word("matches") where ahead().word == "regex": (.matchesRegex, 2)
        case .word(let text), .negation(let text): ComparisonOperator(written: text).map { ($0, 1) }
        default: nil
        }
    }

    /// The operator that stands here, where it is one of a level.
    @inline(never)
    private func arithmeticOperator(of level: ExpressionLevel) -> ArithmeticOperator? {
        guard case .symbol(let symbol) = current.kind, let operation = ArithmeticOperator(rawValue: symbol.rawValue)
        else { return nil }
        return operation.level == level ? operation : nil
    }

    private mutating func arithmetic(_ level: ExpressionLevel) throws(KQLFault) -> Expression {
        let start = current.span
        let first = try term(of: level)
        var terms: [ArithmeticExpression.Term] = []
        while let operation = arithmeticOperator(of: level) {
            let operatorSpan = advance().span
            let operand = try term(of: level)
            terms.append(.init(operation: operation, operatorSpan: operatorSpan, operand: operand))
        }
        guard !terms.isEmpty else { return first }
        return .arithmetic(ArithmeticExpression(first: first, terms: terms, span: span(from: start)))
    }

    /// What stands between the operators of a level. A function of its own: in ``arithmetic(_:)`` the optimizer of
    /// Swift 6.3.1 fails on it.
    private mutating func term(of level: ExpressionLevel) throws(KQLFault) -> Expression {
        if level == .sum { return try arithmetic(.product) }
        return try comparison(.text)
    }

    /// `[ "+" | "-" ] path`: one sign, as in the grammar.
    private mutating func sign() throws(KQLFault) -> Expression {
        guard at(.minus) || at(.plus) else { return try path() }
        let start = current.span
        let isNegative = advance().symbol == .minus
        if case .integer(let number) = current.kind, isNegative, number == 1 << 63 {
            advance()
            return .literal(LiteralExpression(value: .long(.min), span: span(from: start)))
        }
        let operand = try path()
        return .sign(SignExpression(isNegative: isNegative, operand: operand, span: span(from: start)))
    }
}

// MARK: Lists and ranges at the right

extension Parser {
    private mutating func membership(
        _ operation: MembershipOperator, _ left: Expression, from start: SourceSpan
    ) throws(KQLFault) -> Expression {
        let operatorSpan = advance().span
        guard at(.openParenthesis) else {
            let fault = expected("`(`")
            throw .syntax(
                fault.message, at: fault.span,
                suggestion: fault.suggestion ?? "Write the values as a list: `\(operation.rawValue) (…)`")
        }
        advance()
        let operands = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.pipelineOrExpression()
        }
        return .membership(
            MembershipExpression(
                operation: operation, left: left, operands: operands, operatorSpan: operatorSpan,
                span: span(from: start)))
    }

    private mutating func between(_ left: Expression, from start: SourceSpan) throws(KQLFault) -> Expression {
        let isNegated = current.name == "!between"
        let operatorSpan = advance().span
        try expect(.openParenthesis)
        let lower = try expression()
        guard accept(.range) else {
            let fault = expected("`..`")
            throw .syntax(
                fault.message, at: fault.span, suggestion: fault.suggestion ?? "Write both ends: `between (a .. b)`")
        }
        let upper = try expression()
        try expect(.closeParenthesis)
        return .between(
            BetweenExpression(
                isNegated: isNegated, left: left, lower: lower, upper: upper, operatorSpan: operatorSpan,
                span: span(from: start)))
    }
}
