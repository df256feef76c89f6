// Operators that compute, choose and order columns, and those of one line.

extension Parser {
    mutating func columns(of keyword: TabularOperator.Keyword) throws(KQLFault) -> TabularOperator {
        // `project` alone is Kusto's way to keep no column.
        let isEmpty = keyword == .project && (current.isEnd || at(.pipe) || at(.closeParenthesis) || at(.semicolon))
        let columns = isEmpty ? [] : try namedExpressions()
        switch keyword {
        case .extend: return .extend(columns)
        case .print: return .print(columns)
        case .projectRename: return .projectRename(columns)
        default: return .project(columns)
        }
    }

    /// `*`, or columns.
    mutating func distinctColumns() throws(KQLFault) -> [NamedExpression] {
        guard at(.times) else { return try namedExpressions() }
        let star = advance().span
        return [NamedExpression(names: [], isTuple: false, expression: .star(star), span: star)]
    }

    mutating func patterns(of keyword: TabularOperator.Keyword) throws(KQLFault) -> TabularOperator {
        if keyword == .projectReorder {
            return .projectReorder(try list { parser throws(KQLFault) in try parser.reorderItem() })
        }
        let patterns = try list { parser throws(KQLFault) in try parser.namePattern() }
        return keyword == .projectAway ? .projectAway(patterns) : .projectKeep(patterns)
    }

    private mutating func reorderItem() throws(KQLFault) -> ReorderItem {
        let pattern = try namePattern()
        var order: ReorderItem.Order?
        if at(word: "granny"), ahead().symbol == .minus, let word = ahead(2).word {
            order = ReorderItem.Order(rawValue: "granny-" + word)
            if order != nil { for _ in 0..<3 { advance() } }
        } else if let word = current.word, let plain = ReorderItem.Order(rawValue: word) {
            order = plain
            advance()
        }
        return ReorderItem(pattern: pattern, order: order, span: span(from: pattern.span))
    }

    /// The operators that compute nothing.
    mutating func plain(_ keyword: TabularOperator.Keyword) throws(KQLFault) -> TabularOperator {
        switch keyword {
        case .as: .as(parameters: try parameters(), try newName())
        case .assertSchema: .assertSchema(try schema())
        case .consume: .consume(parameters: try parameters(["decodeblocks"]))
        case .count: .count(as: accept(word: "as") ? try newName() : nil)
        default: .getSchema
        }
    }

    mutating func rowCount(of keyword: TabularOperator.Keyword) throws(KQLFault) -> TabularOperator {
        let parameters = try parameters()
        let count = try expression()
        return keyword == .sample ? .sample(parameters: parameters, count) : .take(parameters: parameters, count)
    }

    /// `sample-distinct n of column` and `top-hitters n of column [by weight]`.
    mutating func sampling(_ keyword: TabularOperator.Keyword, from start: SourceSpan) throws(KQLFault)
        -> TabularOperator
    {
        let parameters = try parameters()
        let count = try expression()
        try expect(word: "of")
        let column = try namedExpression()
        guard keyword == .topHitters else { return .sampleDistinct(parameters: parameters, count: count, of: column) }
        let weight = accept(word: "by") ? try orderedExpression() : nil
        return .topHitters(TopHitters(count: count, column: column, weight: weight, span: span(from: start)))
    }

    mutating func serializing() throws(KQLFault) -> TabularOperator {
        let parameters = try parameters()
        let isBare = current.isEnd || at(.pipe) || at(.closeParenthesis) || at(.semicolon) || at(.closeBrace)
        return .serialize(parameters: parameters, isBare ? [] : try namedExpressions())
    }

    mutating func sorting() throws(KQLFault) -> TabularOperator {
        let parameters = try parameters()
        try expect(word: "by")
        let keys = try list { parser throws(KQLFault) in try parser.orderedExpression() }
        return .sort(parameters: parameters, keys)
    }

    /// `expression [ "asc" | "desc" ] [ "nulls" ( "first" | "last" ) ]`.
    mutating func orderedExpression() throws(KQLFault) -> OrderedExpression {
        let value = try namedExpression()
        let direction = current.word.flatMap(OrderedExpression.Direction.init)
        if direction != nil { advance() }
        var nulls: OrderedExpression.Nulls?
        if accept(word: "nulls") {
            nulls = current.word.flatMap(OrderedExpression.Nulls.init)
            guard nulls != nil else { throw expected("`first` or `last`", near: ["first", "last"]) }
            advance()
        }
        return OrderedExpression(value: value, direction: direction, nulls: nulls, span: span(from: value.span))
    }

    mutating func evaluate(from start: SourceSpan) throws(KQLFault) -> Evaluate {
        let parameters = try parameters()
        let name = try knownName("a plugin")
        guard at(.openParenthesis) else { throw expected("`(`") }
        let plugin = try call(named: name)
        var schema: (columns: [ColumnDeclaration], isOpen: Bool)?
        if accept(.colon) { schema = try pluginSchema() }
        return Evaluate(parameters: parameters, plugin: plugin, schema: schema, span: span(from: start))
    }

    /// `(*, name: type, …)`.
    private mutating func pluginSchema() throws(KQLFault) -> (columns: [ColumnDeclaration], isOpen: Bool) {
        try expect(.openParenthesis)
        let isOpen = accept(.times)
        if isOpen, accept(.closeParenthesis) { return ([], true) }
        if isOpen { try expect(.comma) }
        let columns = try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.columnDeclaration() }
        return (columns, isOpen)
    }
}

// MARK: render

extension Parser {
    mutating func render(from start: SourceSpan) throws(KQLFault) -> Render {
        let chart = try anyName("a kind of chart")
        var properties: [Render.Property] = []
        if at(word: "with"), ahead().symbol == .openParenthesis {
            advance()
            advance()
            properties = try list(until: .closeParenthesis) { parser throws(KQLFault) in
                try parser.renderProperty(inList: true)
            }
        } else {
            // The old way: `render barchart kind=stacked title="x"`.
            while current.word != nil, ahead().symbol == .assign {
                properties.append(try renderProperty(inList: false))
            }
        }
        return Render(chart: chart, properties: properties, span: span(from: start))
    }

    private mutating func renderProperty(inList: Bool) throws(KQLFault) -> Render.Property {
        let name = try anyName("a property")
        try expect(.assign)
        var values = [try renderValue()]
        // A comma may separate columns of one property, or properties.
        while at(.comma), !inList || ahead(2).symbol != .assign {
            advance()
            values.append(try renderValue())
        }
        return Render.Property(name: name, values: values, span: span(from: name.span))
    }

    private mutating func renderValue() throws(KQLFault) -> Expression {
        if current.word != nil, ahead().symbol != .openParenthesis, !beginsLiteral { return .name(try anyName()) }
        return try expression()
    }
}
