// The tables that a table is made of.

extension BoundTable {
    /// The tables that this reads directly. The sub-queries of `mv-apply` and `partition` are not among them: they read
    /// what those hand in.
    var inputs: [BoundTable] {
        switch node {
        case .table, .view, .enclosing, .values, .row, .range: []
        case .filter(let input, _), .project(let input, _), .summarize(let input, _, _), .sort(let input, _),
            .top(let input, _, _), .take(let input, _), .sample(let input, _), .sampleDistinct(let input, _, _),
            .count(let input), .schema(let input), .expand(let input, _), .apply(let input, _, _, _, _),
            .partition(let input, _, _), .parse(let input, _), .parseKeyValues(let input, _), .series(let input, _),
            .topNested(let input, _), .topHitters(let input, _, _, _), .reduce(let input, _, _, _),
            .scan(let input, _):
            [input]
        case .graph(let graph, _): [graph.edges] + graph.nodes.map(\.table)
        case .plugin(let input, let plugin): [input] + plugin.tables
        case .join(let join): [join.left, join.right]
        case .union(let union): union.inputs.map(\.table)
        }
    }
}
