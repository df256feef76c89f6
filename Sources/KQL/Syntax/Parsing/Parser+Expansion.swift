// Operators that read rows out of values: mv-expand, mv-apply, parse.

extension Parser {
    mutating func mvExpand(from start: SourceSpan) throws(KQLFault) -> MvExpand {
        let parameters = try parameters(["bagexpansion", "kind", "with_itemindex"])
        check("kind", of: parameters, among: MvExpand.Kind.allCases.map(\.rawValue))
        check("bagexpansion", of: parameters, among: MvExpand.Kind.allCases.map(\.rawValue))
        let columns = try list { parser throws(KQLFault) in try parser.expandedColumn() }
        let limit = accept(word: "limit") ? try expression() : nil
        return MvExpand(parameters: parameters, columns: columns, limit: limit, span: span(from: start))
    }

    mutating func mvApply(from start: SourceSpan) throws(KQLFault) -> MvApply {
        let expansion = try mvExpand(from: start)
        // An id that Kusto's own rewriting puts in.
        if accept(word: "id") { _ = try literalValue() }
        try expect(word: "on")
        let body = try enclosedPipeline()
        return MvApply(expansion: expansion, body: body, span: span(from: start))
    }

    /// `expression [ to typeof(type) ]`.
    private mutating func expandedColumn() throws(KQLFault) -> MvExpand.Column {
        let value = try namedExpression()
        var type: ScalarType?
        if accept(word: "to") {
            guard case .literal(.type(let written)) = current.kind else {
                throw expected("`typeof(…)`", near: ["typeof"])
            }
            type = written
            advance()
        }
        return .init(value: value, type: type, span: span(from: value.span))
    }
}

// MARK: parse

extension Parser {
    mutating func parsing(_ keyword: TabularOperator.Keyword, from start: SourceSpan) throws(KQLFault)
        -> TabularOperator
    {
        let parameters = try parameters(["kind", "flags"])
        check("kind", of: parameters, among: Parse.Kind.allCases.map(\.rawValue))
        let source = try expression()
        try expect(word: "with")
        var parts: [Parse.Part] = []
        while let part = try parsePart() { parts.append(part) }
        guard !parts.isEmpty else { throw reserved("a pattern") }
        let parse = Parse(parameters: parameters, source: source, parts: parts, span: span(from: start))
        return keyword == .parse ? .parse(parse) : .parseWhere(parse)
    }

    /// `*`, a text, or a column with its type.
    private mutating func parsePart() throws(KQLFault) -> Parse.Part? {
        let start = current.span
        if accept(.times) { return .skip(start) }
        if current.string != nil {
            let text = stringValue()
            return .text(text, span(from: start))
        }
        guard beginsName else { return nil }
        let name = try knownName("a column")
        let type = accept(.colon) ? try scalarType() : nil
        return .column(name, type, span(from: start))
    }

    mutating func parseKeyValues(from start: SourceSpan) throws(KQLFault) -> ParseKeyValues {
        let source = try expression()
        try expect(word: "as")
        let columns = try schema()
        let properties = try properties()
        return ParseKeyValues(source: source, columns: columns, properties: properties, span: span(from: start))
    }
}
