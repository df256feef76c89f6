// `search` and `find`, which look in many tables and columns.

extension Parser {
    mutating func search(from start: SourceSpan) throws(KQLFault) -> Search {
        let parameters = try parameters(["kind"])
        check("kind", of: parameters, among: Search.Kind.allCases.map(\.rawValue))
        let tables = try tablesToSearch()
        let outer = allowsStar
        allowsStar = true
        let predicate = try expression()
        allowsStar = outer
        return Search(parameters: parameters, tables: tables, predicate: predicate, span: span(from: start))
    }

    /// `in (T, U*)`, when it is there.
    private mutating func tablesToSearch() throws(KQLFault) -> [Expression] {
        guard at(word: "in"), ahead().symbol == .openParenthesis else { return [] }
        advance()
        advance()
        return try list(until: .closeParenthesis) { parser throws(KQLFault) in try parser.entity() }
    }

    /// `find [ in (…) where ] predicate [ project … | project-smart ] [ project-away … ]`.
    mutating func find(from start: SourceSpan) throws(KQLFault) -> Find {
        let parameters = try parameters(["withsource", "with_source", "datascope", "kind"])
        let tables = try tablesToSearch()
        if tables.isEmpty { _ = accept(word: "where") } else { try expect(word: "where") }
        let predicate = try expression()
        let output = try findOutput()
        let away =
            acceptWords("project", "away") ? try list { parser throws(KQLFault) in try parser.namePattern() } : []
        return Find(
            parameters: parameters, tables: tables, predicate: predicate, output: output, away: away,
            span: span(from: start))
    }

    private mutating func findOutput() throws(KQLFault) -> Find.Output {
        if acceptWords("project", "smart") { return .smart }
        guard at(word: "project"), ahead().symbol != .minus else { return .automatic }
        advance()
        return .columns(try list { parser throws(KQLFault) in try parser.findColumn() })
    }

    private mutating func findColumn() throws(KQLFault) -> Find.Column {
        let start = current.span
        if at(word: "pack"), ahead().symbol == .openParenthesis {
            advance()
            advance()
            try expect(.times)
            try expect(.closeParenthesis)
            return Find.Column(content: .pack, span: span(from: start))
        }
        let name = try newName("a column")
        let type = accept(.colon) ? try scalarType() : nil
        return Find.Column(content: .column(name, type), span: span(from: start))
    }

    /// Two words with a dash between them.
    private mutating func acceptWords(_ first: String, _ second: String) -> Bool {
        guard at(word: first), ahead().symbol == .minus, ahead(2).word == second else { return false }
        for _ in 0..<3 { advance() }
        return true
    }
}
