extension Parser {
    /// `statement { ";" statement } [ ";" ]`, or one management command.
    ///
    /// - Parameter end: The length of the text in bytes.
    mutating func query(end: Int) throws(KQLFault) -> [Statement] {
        if at(.dot) { return [.command(SourceSpan(current.span.start, end))] }
        guard !current.isEnd else { throw expected("a query") }
        var statements: [Statement] = []
        repeat { statements.append(try statement()) } while accept(.semicolon) && !current.isEnd
        guard current.isEnd else { throw unexpectedEnd() }
        return statements
    }

    mutating func statement() throws(KQLFault) -> Statement {
        guard let word = current.word else { return .expression(try pipelineOrExpression()) }
        let next = ahead()
        switch word {
        case "let" where next.word != nil || next.symbol == .openBracket: return try letStatement()
        case "set" where next.word != nil || next.symbol == .openBracket: return try setStatement()
        case "declare" where next.word != nil: return try declareStatement()
        case "restrict" where next.word == "access": return try restrictStatement()
        case "alias" where next.word == "database": return try aliasStatement()
        default: return .expression(try pipelineOrExpression())
        }
    }

    private mutating func letStatement() throws(KQLFault) -> Statement {
        let start = advance().span
        let name = try newName()
        try expect(.assign)
        let value = try beginsFunction ? .function(function()) : pipelineOrExpression()
        return .let(name: name, value: value, span(from: start))
    }

    private mutating func setStatement() throws(KQLFault) -> Statement {
        let start = advance().span
        let name = try anyName()
        let value = accept(.assign) ? try parameterValue() : nil
        return .set(name: name, value: value, span(from: start))
    }

    private mutating func declareStatement() throws(KQLFault) -> Statement {
        let start = advance().span
        if accept(word: "pattern") { return .pattern(try patternDeclaration(from: start)) }
        guard accept(word: "query_parameters") else {
            throw expected("`query_parameters` or `pattern`", near: ["query_parameters", "pattern"])
        }
        try expect(.openParenthesis)
        let parameters = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.scalarParameter() }
        return .queryParameters(parameters, span(from: start))
    }

    private mutating func restrictStatement() throws(KQLFault) -> Statement {
        let start = advance().span
        advance()
        try expect(word: "to")
        try expect(.openParenthesis)
        let entities = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.entity() }
        return .restrictAccess(entities, span(from: start))
    }

    private mutating func aliasStatement() throws(KQLFault) -> Statement {
        let start = advance().span
        advance()
        let name = try newName()
        try expect(.assign)
        let value = try expression()
        return .aliasDatabase(name: name, value: value, span(from: start))
    }
}

// MARK: Functions

extension Parser {
    /// Whether parameters and a body follow: `(x: long) {`, `() {`, `view (`.
    private var beginsFunction: Bool {
        let offset = at(word: "view") && ahead().symbol == .openParenthesis ? 1 : 0
        guard ahead(offset).symbol == .openParenthesis else { return false }
        let first = ahead(offset + 1)
        if first.symbol == .closeParenthesis { return ahead(offset + 2).symbol == .openBrace }
        if first.word != nil { return ahead(offset + 2).symbol == .colon }
        return first.symbol == .openBracket && ahead(offset + 4).symbol == .colon
    }

    private mutating func function() throws(KQLFault) -> FunctionDeclaration {
        let start = current.span
        let isView = accept(word: "view")
        try expect(.openParenthesis)
        let parameters = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.parameter() }
        let body = try functionBody()
        return FunctionDeclaration(isView: isView, parameters: parameters, body: body, span: span(from: start))
    }

    /// `name: (a: string, *)` or a scalar parameter.
    private mutating func parameter() throws(KQLFault) -> FunctionDeclaration.Parameter {
        let named = beginsBracketedName ? 3 : 1
        guard ahead(named).symbol == .colon, ahead(named + 1).symbol == .openParenthesis else { return try scalarParameter() }
        let name = try newName("a parameter")
        advance()
        advance()
        var columns: [ColumnDeclaration] = [], isOpen = false
        repeat {
            if accept(.times) { isOpen = true } else { columns.append(try columnDeclaration()) }
        } while !isOpen && accept(.comma)
        try expect(.closeParenthesis)
        return .init(name: name, kind: .table(columns, isOpen: isOpen), value: nil, span: span(from: name.span))
    }

    /// `name: type = default`.
    mutating func scalarParameter() throws(KQLFault) -> FunctionDeclaration.Parameter {
        let name = try newName("a parameter")
        try expect(.colon)
        let type = try scalarType()
        let value = accept(.assign) ? try literalValue() : nil
        return .init(name: name, kind: .scalar(type), value: value, span: span(from: name.span))
    }

    mutating func functionBody() throws(KQLFault) -> FunctionBody {
        try nested { parser throws(KQLFault) in
            let start = try parser.expect(.openBrace)
            var statements: [Statement] = []
            while !parser.at(.closeBrace) {
                statements.append(try parser.statement())
                guard parser.accept(.semicolon) else { break }
            }
            guard parser.accept(.closeBrace) else { throw parser.expected("an operator, `;` or `}`") }
            var result: Expression?
            if case .expression(let expression)? = statements.last {
                result = expression
                statements.removeLast()
            }
            return FunctionBody(statements: statements, result: result, span: parser.span(from: start))
        }
    }
}

// MARK: Patterns

extension Parser {
    private mutating func patternDeclaration(from start: SourceSpan) throws(KQLFault) -> PatternDeclaration {
        let name = try newName()
        guard accept(.assign) else {
            return PatternDeclaration(name: name, parameters: [], path: nil, rules: [], span: span(from: start))
        }
        let parameters = try schema()
        var path: ColumnDeclaration?
        if accept(.openBracket) {
            path = try columnDeclaration()
            try expect(.closeBracket)
        }
        try expect(.openBrace)
        var rules: [PatternDeclaration.Rule] = []
        repeat {
            rules.append(try patternRule())
            _ = accept(.semicolon)
        } while !accept(.closeBrace)
        return PatternDeclaration(name: name, parameters: parameters, path: path, rules: rules, span: span(from: start))
    }

    /// `("x").["y"] = { … }`.
    private mutating func patternRule() throws(KQLFault) -> PatternDeclaration.Rule {
        let start = try expect(.openParenthesis)
        let arguments = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.literalValue() }
        var path: LiteralExpression?
        if accept(.dot) {
            try expect(.openBracket)
            path = try literalValue()
            try expect(.closeBracket)
        }
        try expect(.assign)
        let body = try functionBody()
        return .init(arguments: arguments, path: path, body: body, span: span(from: start))
    }
}
