// Tables that a query writes out or names, and the operators that combine them.

extension Parser {
    /// Whether a schema follows the current word, with parameters before it or not.
    var beginsSchema: Bool {
        ahead().symbol == .openParenthesis || ahead(2).symbol == .assign || ahead().symbol == .dot
    }

    mutating func datatable() throws(KQLFault) -> Datatable {
        let start = advance().span
        let parameters = try parameters(["kind"])
        let columns = try schema()
        try expect(.openBracket)
        let values = try list(until: .closeBracket, mayEndInComma: true) { parser throws(KQLFault) in
            try parser.literalValue()
        }
        return Datatable(parameters: parameters, columns: columns, values: values, span: span(from: start))
    }

    mutating func externalData() throws(KQLFault) -> ExternalData {
        let start = advance().span
        let parameters = try parameters(["kind"])
        let columns = try schema()
        try expect(.openBracket)
        let addresses = try list(until: .closeBracket, mayEndInComma: true) { parser throws(KQLFault) in
            try parser.expression()
        }
        let properties = try properties()
        return ExternalData(
            parameters: parameters, columns: columns, addresses: addresses, properties: properties,
            span: span(from: start))
    }

    mutating func entityGroup() throws(KQLFault) -> EntityGroup {
        let start = advance().span
        try expect(.openBracket)
        let members = try list(until: .closeBracket) { parser throws(KQLFault) in try parser.expression() }
        return EntityGroup(members: members, span: span(from: start))
    }

    /// A table where wildcards may stand: `T*`, `database("x").*`, `(T | where a)`.
    mutating func entity() throws(KQLFault) -> Expression {
        if at(.times) || (current.word != nil && ahead().symbol == .times && touches(current, ahead())) {
            return .wildcard(try namePattern())
        }
        let start = current.span
        let base = try path()
        guard at(.dot) else { return base }
        advance()
        let pattern = try namePattern()
        let step = PathExpression.Step.member(Name(text: pattern.text, span: pattern.span))
        guard case .path(let path) = base else {
            return .path(PathExpression(base: base, steps: [step], span: span(from: start)))
        }
        return .path(PathExpression(base: path.base, steps: path.steps + [step], span: span(from: start)))
    }

    mutating func union(from start: SourceSpan) throws(KQLFault) -> Union {
        let parameters = try parameters(["kind", "withsource", "with_source", "isfuzzy"])
        check("kind", of: parameters, among: Union.Kind.allCases.map(\.rawValue))
        let tables = try list { parser throws(KQLFault) in try parser.entity() }
        return Union(parameters: parameters, tables: tables, span: span(from: start))
    }

    mutating func joining(_ keyword: TabularOperator.Keyword, from start: SourceSpan) throws(KQLFault)
        -> TabularOperator
    {
        let parameters = try parameters(["kind", "withsource", "with_source", "isfuzzy"])
        let kinds = keyword == .join ? Join.Kind.allCases : Join.Kind.ofLookup
        check("kind", of: parameters, among: kinds.map(\.rawValue))
        let right = try entity()
        let conditions = accept(word: "on") ? try list { parser throws(KQLFault) in try parser.expression() } : []
        let join = Join(parameters: parameters, right: right, conditions: conditions, span: span(from: start))
        if conditions.isEmpty {
            refuse(
                KQLFault(
                    "SEM0001", "`\(keyword.rawValue)` is missing its `on` clause", at: join.span,
                    suggestion: "Add the columns to join by: `on Id`, or `on $left.Id == $right.UserId`"))
        }
        return keyword == .join ? .join(join) : .lookup(join)
    }

    mutating func macroExpand(from start: SourceSpan) throws(KQLFault) -> MacroExpand {
        let parameters = try parameters(["kind", "isfuzzy"])
        let group = try path()
        try expect(word: "as")
        let name = try newName()
        let statements = try nested { parser throws(KQLFault) in
            try parser.expect(.openParenthesis)
            var statements: [Statement] = []
            repeat {
                statements.append(try parser.statement())
            } while parser.accept(.semicolon) && !parser.at(.closeParenthesis)
            try parser.expect(.closeParenthesis)
            return statements
        }
        return MacroExpand(
            parameters: parameters, group: group, name: name, statements: statements, span: span(from: start))
    }
}

// MARK: Sub-queries

extension Parser {
    /// `partition [hints] by column ( … )`, or `{ … }`.
    mutating func partition(from start: SourceSpan) throws(KQLFault) -> Partition {
        let parameters = try parameters()
        try expect(word: "by")
        let column = try columnPath()
        let values = accept(word: "in") ? try path() : nil
        guard at(.openBrace) else {
            guard at(.openParenthesis) else { throw expected("`(`") }
            let body = try enclosedPipeline()
            return Partition(
                parameters: parameters, column: column, values: values, body: .pipeline(body), isClosed: false,
                span: span(from: start))
        }
        advance()
        let body = try pipelineOrExpression()
        try expect(.closeBrace)
        return Partition(
            parameters: parameters, column: column, values: values, body: body, isClosed: true, span: span(from: start))
    }

    /// `[ name = ] ( … ) …`.
    mutating func branches() throws(KQLFault) -> [Branch] {
        var branches: [Branch] = []
        repeat {
            let start = current.span
            let name = beginsAssignment ? try assignedName() : nil
            guard at(.openParenthesis) else { throw expected("`(`") }
            let body = try enclosedPipeline()
            branches.append(Branch(name: name, body: body, span: span(from: start)))
        } while at(.openParenthesis) || beginsAssignment
        return branches
    }

    mutating func facet(from start: SourceSpan) throws(KQLFault) -> Facet {
        try expect(word: "by")
        let columns = try list { parser throws(KQLFault) in try parser.path() }
        var body: Pipeline?
        if accept(word: "with") {
            guard at(.openParenthesis) else { throw expected("`(`") }
            body = try enclosedPipeline()
        }
        return Facet(columns: columns, body: body, span: span(from: start))
    }
}
