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
