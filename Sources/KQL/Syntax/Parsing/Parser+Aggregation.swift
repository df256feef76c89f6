// Operators that aggregate rows.

extension Parser {
    mutating func summarize(from start: SourceSpan) throws(KQLFault) -> Summarize {
        let parameters = try parameters()
        let aggregates = at(word: "by") ? [] : try namedExpressions()
        let groups = accept(word: "by") ? try namedExpressions() : []
        return Summarize(parameters: parameters, aggregates: aggregates, groups: groups, span: span(from: start))
    }

    mutating func top(from start: SourceSpan) throws(KQLFault) -> Top {
        let parameters = try parameters()
        let count = try expression()
        try expect(word: "by")
        let key = try orderedExpression()
        return Top(parameters: parameters, count: count, key: key, span: span(from: start))
    }

    /// `[ n ] of column [ with others = value ] by aggregate { "," top-nested … }`.
    mutating func topNested(from start: SourceSpan) throws(KQLFault) -> [TopNested] {
        var levels = [try topNestedLevel(from: start)]
        while at(.comma) {
            advance()
            let next = try expect(word: "top")
            try expect(.minus)
            try expect(word: "nested")
            levels.append(try topNestedLevel(from: next))
        }
        return levels
    }

    private mutating func topNestedLevel(from start: SourceSpan) throws(KQLFault) -> TopNested {
        let count = at(word: "of") ? nil : try expression()
        try expect(word: "of")
        let column = try namedExpression()
        var others: Expression?
        if accept(word: "with") {
            try expect(word: "others")
            try expect(.assign)
            others = try expression()
        }
        try expect(word: "by")
        let aggregate = try orderedExpression()
        return TopNested(count: count, column: column, others: others, aggregate: aggregate, span: span(from: start))
    }

    mutating func reduce(from start: SourceSpan) throws(KQLFault) -> Reduce {
        let parameters = try parameters(["kind"])
        try expect(word: "by")
        let column = try namedExpression()
        let options = accept(word: "with") ? try namedExpressions() : []
        return Reduce(parameters: parameters, column: column, options: options, span: span(from: start))
    }

    mutating func range(from start: SourceSpan) throws(KQLFault) -> RangeRows {
        let name = try newName("a column name")
        try expect(word: "from")
        let from = try expression()
        try expect(word: "to")
        let to = try expression()
        try expect(word: "step")
        let step = try expression()
        return RangeRows(name: name, from: from, to: to, step: step, span: span(from: start))
    }
}

// MARK: make-series

extension Parser {
    mutating func makeSeries(from start: SourceSpan) throws(KQLFault) -> MakeSeries {
        let parameters = try parameters(["kind"])
        let aggregates = try list { parser throws(KQLFault) in try parser.seriesAggregate() }
        try expect(word: "on")
        let axis = try seriesAxis()
        let isInRange = accept(word: "in")
        let (from, to, step) = isInRange ? try seriesRange() : try seriesSteps()
        let groups = accept(word: "by") ? try namedExpressions() : []
        return MakeSeries(
            parameters: parameters, aggregates: aggregates, axis: axis, from: from, to: to, step: step,
            isInRange: isInRange,
            groups: groups, span: span(from: start))
    }

    /// `aggregate [ default = value ]`.
    private mutating func seriesAggregate() throws(KQLFault) -> MakeSeries.Aggregate {
        let value = try namedExpression()
        var fallback: Expression?
        if accept(word: "default") {
            try expect(.assign)
            fallback = try expression()
        }
        return .init(value: value, fallback: fallback, span: span(from: value.span))
    }

    /// A scalar without comparisons, so that `in range(…)` is left to the operator.
    private mutating func seriesAxis() throws(KQLFault) -> NamedExpression {
        let start = current.span
        let names = beginsAssignment ? [try assignedName()] : []
        let value = try sum()
        return NamedExpression(names: names, isTuple: false, expression: value, span: span(from: start))
    }

    /// `range(from, to, step)`.
    private mutating func seriesRange() throws(KQLFault) -> (Expression?, Expression?, Expression) {
        try expect(word: "range")
        try expect(.openParenthesis)
        let from = try expression()
        try expect(.comma)
        let to = try expression()
        try expect(.comma)
        let step = try expression()
        try expect(.closeParenthesis)
        return (from, to, step)
    }

    /// `[ from a ] [ to b ] step c`.
    private mutating func seriesSteps() throws(KQLFault) -> (Expression?, Expression?, Expression) {
        let from = accept(word: "from") ? try expression() : nil
        let to = accept(word: "to") ? try expression() : nil
        try expect(word: "step")
        return (from, to, try expression())
    }
}
