// `make-graph` and what follows it.

extension QueryBinder {
    mutating func graphed(_ stage: Stage, of table: BoundTable) throws(KQLFault) -> BoundTable {
        if case .makeGraph(let make) = stage.operation { return try made(make, of: table) }
        guard let graph = graph(of: table) else {
            throw KQLFault(
                "SEM0001", "`\(stage.operation.keyword)` works on a graph", at: stage.keywordSpan,
                suggestion: "Make one before it: `make-graph source --> target`.")
        }
        switch stage.operation {
        case .graphToTable(let outputs): return try tabled(graph, outputs, stage)
        case .graphMatch(let match): return try matched(graph, match, isShortest: false)
        case .graphShortestPaths(let match): return try matched(graph, match, isShortest: true)
        case .graphMarkComponents(let parameters): return try marked(graph, parameters, stage)
        default: throw unsupported("`\(stage.operation.keyword)`", at: stage.keywordSpan)
        }
    }

    /// The graph that a `let` names, or that stands there.
    func graph(of table: BoundTable) -> BoundGraph? {
        switch table.node {
        case .graph(let graph, .graph): graph
        case .view(let index): graph(of: views[index])
        default: nil
        }
    }

    private mutating func made(_ make: MakeGraph, of table: BoundTable) throws(KQLFault) -> BoundTable {
        if make.partition != nil { throw unsupported("`partitioned-by`", at: make.span) }
        let source = try column(make.source, of: table)
        let target = try column(make.target, of: table)
        var tables: [(table: BoundTable, key: Int)] = []
        for nodes in make.nodes {
            let table = try inner(nodes.table)
            tables.append((table, try column(nodes.key, of: table)))
        }
        var columns: [ColumnSchema] = []
        for (table, _) in tables {
            for column in table.columns where !columns.contains(column) { columns.append(column) }
        }
        var keys = Set(tables.compactMap { columns.firstIndex(of: $0.table.columns[$0.key]) })
        if let name = make.nodeColumn?.text {
            let index = columns.index(named: name) ?? columns.count
            if index == columns.count { columns.append(ColumnSchema(name, table.columns[source].type)) }
            keys = [index]
        } else if tables.isEmpty {
            columns = []
        }
        let nodes = tables.map { entry in
            BoundGraph.Nodes(
                table: entry.table, key: entry.key, columns: columns.map { entry.table.columns.firstIndex(of: $0) })
        }
        let graph = BoundGraph(
            edges: table, source: source, target: target, nodes: nodes, nodeColumns: columns,
            keyColumns: keys.sorted(), marksComponents: false)
        return BoundTable(.graph(graph, .graph), [])
    }

    private mutating func column(_ expression: Expression, of table: BoundTable) throws(KQLFault) -> Int {
        let value = try scalar(expression, rows(table, of: "make-graph"))
        guard let column = value.column, value.type != .dynamic else {
            throw KQLFault("SEM0001", "make-graph: the key of a node is a column, and not dynamic", at: expression.span)
        }
        return column
    }

    private func tabled(_ graph: BoundGraph, _ outputs: [GraphOutput], _ stage: Stage) throws(KQLFault) -> BoundTable {
        guard outputs.count == 1, let output = outputs.first else {
            throw KQLFault(
                "UNS0001", "`graph-to-table` of two tables gives several results, which is not implemented",
                at: stage.keywordSpan, suggestion: "Ask for `nodes` and `edges` one after the other.")
        }
        let ids = ["with_node_id", "with_source_id", "with_target_id"].map { output.parameters[$0]?.word }
        if output.kind.text == "nodes" {
            let own = ids[0].map { [ColumnSchema($0, .long)] } ?? []
            return BoundTable(.graph(graph, .nodes(hasID: ids[0] != nil)), own + graph.nodeColumns)
        }
        let own = ids.dropFirst().compactMap { $0.map { ColumnSchema($0, .long) } }
        return BoundTable(
            .graph(graph, .edges(hasSource: ids[1] != nil, hasTarget: ids[2] != nil)), own + graph.edges.columns)
    }

    private func marked(
        _ graph: BoundGraph, _ parameters: [OperatorParameter], _ stage: Stage
    ) throws(KQLFault) -> BoundTable {
        guard parameters["kind"]?.word ?? "weak" == "weak" else {
            throw unsupported("`graph-mark-components kind=strong`", at: stage.keywordSpan)
        }
        let name = parameters["with_component_id"]?.word ?? "ComponentId"
        let marked = BoundGraph(
            edges: graph.edges, source: graph.source, target: graph.target, nodes: graph.nodes,
            nodeColumns: graph.nodeColumns + [ColumnSchema(name, .long)], keyColumns: graph.keyColumns,
            marksComponents: true)
        return BoundTable(.graph(marked, .graph), [])
    }
}

extension TabularOperator {
    /// The word of an operator on graphs, as queries write it.
    fileprivate var keyword: String {
        switch self {
        case .graphToTable: "graph-to-table"
        case .graphMatch: "graph-match"
        case .graphShortestPaths: "graph-shortest-paths"
        default: "graph-mark-components"
        }
    }
}
