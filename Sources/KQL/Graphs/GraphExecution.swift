extension Operators {
    /// Graphs are searched row by row, so their tables are written out first.
    static func graphed(
        _ graph: BoundGraph, _ use: BoundGraphUse, _ table: BoundTable, _ execution: Execution, _ enclosing: Frame?
    ) throws(KQLFault) -> Frame {
        if case .graph = use {
            throw KQLFault(
                "SEM0001", "a graph is no table", at: SourceSpan(0, 0),
                suggestion: "End with `graph-match` or `graph-to-table`.")
        }
        var tables: [[[Scalar]]] = []
        for nodes in graph.nodes { tables.append(try execution.run(nodes.table, enclosing).rows()) }
        let data = GraphData(graph, edges: try execution.run(graph.edges, enclosing).rows(), tables: tables)
        return Frame(try rows(of: data, graph, use, execution), table.columns)
    }

    private static func rows(
        of data: GraphData, _ graph: BoundGraph, _ use: BoundGraphUse, _ execution: Execution
    ) throws(KQLFault) -> [[Scalar]] {
        switch use {
        case .graph: return []
        case .nodes(let hasID):
            return data.nodes.indices.map { (hasID ? [data.id(of: $0)] : []) + data.nodes[$0] }
        case .edges(let hasSource, let hasTarget):
            return data.edges.indices.map { index in
                (hasSource ? [data.id(of: data.ends[index].source)] : [])
                    + (hasTarget ? [data.id(of: data.ends[index].target)] : []) + data.edges[index]
            }
        case .match(let match):
            var search = GraphSearch(data, graph, match, RowEvaluator(execution))
            return try search.rows()
        }
    }
}

extension RowEvaluator {
    /// With the variables of a run.
    init(_ execution: Execution) {
        self.init(context: execution.context) { index throws(KQLFault) in
            switch try execution.variable(index) {
            case .value(let value): return [value]
            case .column(let column): return (0..<column.count).map { column.value(at: $0) }
            }
        }
    }
}
