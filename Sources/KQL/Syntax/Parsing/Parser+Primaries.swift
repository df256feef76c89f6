// What an expression is made of: literals, names, calls, paths, brackets.

extension Parser {
    /// `primary { "." name | "[" index "]" }`.
    mutating func path() throws(KQLFault) -> Expression {
        let start = current.span
        return try steps(after: try primary(), from: start)
    }

    /// A column, or a property of one: `a.b`, but no call, since brackets with a sub-query may follow.
    mutating func columnPath() throws(KQLFault) -> Expression {
        let start = current.span
        return try steps(after: .name(try knownName("a column")), from: start)
    }

    private mutating func steps(after base: Expression, from start: SourceSpan) throws(KQLFault) -> Expression {
        var steps: [PathExpression.Step] = []
        while let step = try step() { steps.append(step) }
        guard !steps.isEmpty else { return base }
        return .path(PathExpression(base: base, steps: steps, span: span(from: start)))
    }

    private mutating func step() throws(KQLFault) -> PathExpression.Step? {
        if at(.openBracket) { return try element() }
        // `database("x").T*` ends in a pattern, which only `entity` reads.
        guard at(.dot), ahead().symbol != .times, !dotBeginsPattern else { return nil }
        advance()
        // The old way: `a.["b"]`.
        if at(.openBracket) { return try element() }
        if current.word != nil, ahead().symbol == .openParenthesis { return .call(try call(named: try anyName())) }
        return .member(try anyName("a property"))
    }

    private var dotBeginsPattern: Bool {
        ahead().word != nil && ahead(2).symbol == .times && touches(ahead(), ahead(2))
            && !touchesOperand(ahead(2), ahead(3))
    }

    /// `d.a*2` is a product, `database("x").T*` a pattern: nothing follows its star directly.
    private func touchesOperand(_ star: Token, _ next: Token) -> Bool {
        switch next.kind {
        case .word, .integer, .string, .literal, .symbol(.openParenthesis), .symbol(.minus): true
        default: false
        }
    }

    private mutating func element() throws(KQLFault) -> PathExpression.Step {
        let open = try expect(.openBracket)
        let index = try expression()
        try expect(.closeBracket)
        return .element(index, span(from: open))
    }

    private mutating func primary() throws(KQLFault) -> Expression {
        if beginsLiteral { return .literal(try unsignedLiteral()) }
        switch current.kind {
        case .symbol(.openParenthesis): return try parenthesized()
        case .symbol(.times) where starMayStand: return .star(advance().span)
        case .word("datatable") where beginsSchema: return .datatable(try datatable())
        case .word("externaldata") where beginsSchema, .word("external_data") where beginsSchema:
            return .externalData(try externalData())
        case .word("entity_group") where ahead().symbol == .openBracket: return .entityGroup(try entityGroup())
        default: break
        }
        let name = try knownName()
        return at(.openParenthesis) ? .call(try call(named: name)) : .name(name)
    }

    /// `*` stands for all columns before an operator that compares texts; alone only where ``allowsStar`` says so.
    private var starMayStand: Bool {
        switch ahead().kind {
        case .symbol(.equal), .symbol(.notEqual), .symbol(.sameText), .symbol(.otherText), .symbol(.colon): true
        case .word(let text), .negation(let text):
            text == "matches" || ComparisonOperator(written: text) != nil || MembershipOperator(rawValue: text) != nil
                || allowsStar
        default: allowsStar
        }
    }

    private mutating func parenthesized() throws(KQLFault) -> Expression {
        try expect(.openParenthesis)
        let inner = try pipelineOrExpression()
        guard accept(.closeParenthesis) else { throw expected("`)`", near: Suggestion.operators) }
        return inner
    }
}

// MARK: Calls

extension Parser {
    /// The functions of the language whose argument is a table.
    static let takesPipeline: Set<String> = ["toscalar", "totable", "materialize", "view"]

    /// `name(arguments)`, with the name read.
    mutating func call(named name: Name) throws(KQLFault) -> FunctionCall {
        try expect(.openParenthesis)
        let mayBePipeline = Self.takesPipeline.contains(name.text)
        let arguments = try list(until: .closeParenthesis) { parser throws(KQLFault) in
            try parser.argument(mayBePipeline: mayBePipeline)
        }
        return FunctionCall(name: name, arguments: arguments, span: span(from: name.span))
    }

    private mutating func argument(mayBePipeline: Bool) throws(KQLFault) -> FunctionCall.Argument {
        let start = current.span
        if mayBePipeline {
            let value = try pipelineOrExpression()
            return .init(name: nil, value: value, span: span(from: start))
        }
        let name = beginsAssignment ? try assignedName() : nil
        let isStar = at(.times) && [.comma, .closeParenthesis].contains(ahead().symbol)
        let value = isStar ? .star(advance().span) : try expression()
        return .init(name: name, value: value, span: span(from: start))
    }

    /// Whether `name =` stands here.
    var beginsAssignment: Bool {
        if current.word != nil { return ahead().symbol == .assign }
        return beginsBracketedName && ahead(2).symbol == .closeBracket && ahead(3).symbol == .assign
    }

    mutating func assignedName() throws(KQLFault) -> Name {
        let name = try newName()
        try expect(.assign)
        return name
    }

    /// `name = expression`, `(a, b) = expression` or an expression.
    mutating func namedExpression() throws(KQLFault) -> NamedExpression {
        let start = current.span
        var names: [Name] = []
        var isTuple = false
        if beginsAssignment {
            names = [try assignedName()]
        } else if beginsTuple {
            isTuple = true
            advance()
            names = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.newName() }
            try expect(.assign)
        }
        let value = try expression()
        return NamedExpression(names: names, isTuple: isTuple, expression: value, span: span(from: start))
    }

    /// Whether `(a, b) =` stands here.
    private var beginsTuple: Bool {
        guard at(.openParenthesis) else { return false }
        var distance = 1
        while ahead(distance).word != nil {
            switch ahead(distance + 1).symbol {
            case .comma?: distance += 2
            case .closeParenthesis?: return ahead(distance + 2).symbol == .assign
            default: return false
            }
        }
        return false
    }

    mutating func namedExpressions() throws(KQLFault) -> [NamedExpression] {
        try list { parser throws(KQLFault) in try parser.namedExpression() }
    }
}
