// What a `let` or `declare pattern` defines.

extension Parser {
    /// Whether parameters and a body follow: `(x: long) {`, `() {`, `view (`.
    var beginsFunction: Bool {
        let offset = at(word: "view") && ahead().symbol == .openParenthesis ? 1 : 0
        guard ahead(offset).symbol == .openParenthesis else { return false }
        let first = ahead(offset + 1)
        if first.symbol == .closeParenthesis { return ahead(offset + 2).symbol == .openBrace }
        if first.word != nil { return ahead(offset + 2).symbol == .colon }
        return first.symbol == .openBracket && ahead(offset + 4).symbol == .colon
    }

    mutating func function() throws(KQLFault) -> FunctionDeclaration {
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
        guard ahead(named).symbol == .colon, ahead(named + 1).symbol == .openParenthesis else {
            return try scalarParameter()
        }
        let name = try newName("a parameter")
        advance()
        advance()
        var columns: [ColumnDeclaration] = []
        var isOpen = false
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
    mutating func patternDeclaration(from start: SourceSpan) throws(KQLFault) -> PatternDeclaration {
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
