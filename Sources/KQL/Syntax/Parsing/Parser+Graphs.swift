// Operators on graphs. Arrows are made of single signs that touch, since `-` and `<` mean other things elsewhere.

extension Parser {
    mutating func graph(_ keyword: TabularOperator.Keyword, from start: SourceSpan) throws(KQLFault) -> TabularOperator
    {
        switch keyword {
        case .makeGraph: return .makeGraph(try makeGraph(from: start))
        case .graphMatch: return .graphMatch(try graphMatch(from: start))
        case .graphShortestPaths: return .graphShortestPaths(try graphMatch(from: start))
        case .graphToTable: return .graphToTable(try list { parser throws(KQLFault) in try parser.graphOutput() })
        default: return .graphMarkComponents(parameters: try parameters(["kind", "with_component_id"]))
        }
    }

    private mutating func makeGraph(from start: SourceSpan) throws(KQLFault) -> MakeGraph {
        let parameters = try parameters()
        let source = try path()
        for symbol in [Symbol.minus, .minus, .greater] { try expect(symbol) }
        let target = try path()
        var nodes: [MakeGraph.Nodes] = []
        var column: Name?
        if at(word: "with_node_id"), ahead().symbol == .assign { column = try nodeColumn() }
        if accept(word: "with") {
            if at(word: "with_node_id") { column = try nodeColumn() }
            nodes = try list { parser throws(KQLFault) in try parser.graphNodes() }
        }
        var partition: (column: Expression, body: Pipeline)?
        if at(word: "partitioned"), ahead().symbol == .minus, ahead(2).word == "by" {
            for _ in 0..<3 { advance() }
            let column = try columnPath()
            partition = (column, try enclosedPipeline())
        }
        return MakeGraph(
            parameters: parameters, source: source, target: target, nodes: nodes, nodeColumn: column,
            partition: partition,
            span: span(from: start))
    }

    private mutating func nodeColumn() throws(KQLFault) -> Name {
        advance()
        try expect(.assign)
        return try newName("a column name")
    }

    /// `table on key`.
    private mutating func graphNodes() throws(KQLFault) -> MakeGraph.Nodes {
        let start = current.span
        let table = try path()
        try expect(word: "on")
        let key = try columnPath()
        return .init(table: table, key: key, span: span(from: start))
    }

    private mutating func graphOutput() throws(KQLFault) -> GraphOutput {
        guard at(word: "nodes") || at(word: "edges") else {
            throw expected("`nodes` or `edges`", near: ["nodes", "edges"])
        }
        let kind = try anyName()
        let name = accept(word: "as") ? try newName() : nil
        let parameters = try parameters(["with_node_id", "with_source_id", "with_target_id"])
        return GraphOutput(kind: kind, name: name, parameters: parameters, span: span(from: kind.span))
    }
}

// MARK: Patterns of nodes and edges

extension Parser {
    private mutating func graphMatch(from start: SourceSpan) throws(KQLFault) -> GraphMatch {
        let parameters = try parameters(["cycles", "output"])
        let paths = try list { parser throws(KQLFault) in try parser.graphPath() }
        let predicate = accept(word: "where") ? try expression() : nil
        let columns = accept(word: "project") ? try namedExpressions() : []
        return GraphMatch(
            parameters: parameters, paths: paths, predicate: predicate, columns: columns, span: span(from: start))
    }

    /// `(a)-[e]->(b)<--(c)`.
    private mutating func graphPath() throws(KQLFault) -> [GraphMatch.Element] {
        var elements = [try graphNode()]
        while at(.minus) || at(.less) {
            elements.append(.edge(try graphEdge()))
            elements.append(try graphNode())
        }
        return elements
    }

    private mutating func graphNode() throws(KQLFault) -> GraphMatch.Element {
        let start = try expect(.openParenthesis)
        let name = at(.closeParenthesis) ? nil : try newName("a node's name")
        try expect(.closeParenthesis)
        return .node(name, span(from: start))
    }

    private mutating func graphEdge() throws(KQLFault) -> GraphMatch.Edge {
        let start = current.span
        let pointsBack = accept(.less)
        try expect(.minus)
        var name: Name?
        var lengths: (from: Expression, to: Expression)?
        if accept(.openBracket) {
            if current.word != nil { name = try newName("an edge's name") }
            if accept(.times) {
                let from = try path()
                try expect(.range)
                lengths = (from, try path())
            }
            try expect(.closeBracket)
        }
        try expect(.minus)
        let direction: GraphMatch.Direction = pointsBack ? .backward : accept(.greater) ? .forward : .either
        return .init(name: name, lengths: lengths, direction: direction, span: span(from: start))
    }
}
