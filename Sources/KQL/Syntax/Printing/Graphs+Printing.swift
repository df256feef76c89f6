extension TabularOperator {
    /// The operators on graphs; nothing for all others, which are printed elsewhere.
    var printedGraph: String {
        switch self {
        case .makeGraph(let node): node.printed
        case .graphMatch(let node): "graph-match " + node.printed
        case .graphShortestPaths(let node): "graph-shortest-paths " + node.printed
        case .graphToTable(let outputs): "graph-to-table \(outputs.map(\.printed).commaSeparated)"
        case .graphMarkComponents(let parameters):
            "graph-mark-components" + parameters.map { " \($0.printed)" }.joined()
        default: ""
        }
    }
}

extension MakeGraph {
    fileprivate var printed: String {
        let tables = nodes.map { "\($0.table.printed(.path)) on \($0.key.printed(.path))" }.commaSeparated
        return "make-graph \(parameters.printed)\(source.printed(.path)) --> \(target.printed(.path))"
            + (nodeColumn.map { " with_node_id=\($0.printed)" } ?? "") + (nodes.isEmpty ? "" : " with \(tables)")
            + (partition.map { " partitioned-by \($0.column.printed(.path)) (\($0.body.printed()))" } ?? "")
    }
}

extension GraphMatch {
    fileprivate var printed: String {
        let paths = self.paths.map { $0.map(\.printed).joined() }.commaSeparated
        return parameters.printed + paths + (predicate.map { " where \($0.printed())" } ?? "")
            + (columns.isEmpty ? "" : " project \(columns.printed)")
    }
}

extension GraphMatch.Element {
    fileprivate var printed: String {
        switch self {
        case .node(let name, _): "(\(name?.printed ?? ""))"
        case .edge(let edge): edge.printed
        }
    }
}

extension GraphMatch.Edge {
    fileprivate var printed: String {
        let lengths = self.lengths.map { "*\($0.from.printed(.path)) .. \($0.to.printed(.path))" } ?? ""
        let label = name == nil && lengths.isEmpty ? "" : "[\(name?.printed ?? "")\(lengths)]"
        return (direction == .backward ? "<-" : "-") + label + (direction == .forward ? "->" : "-")
    }
}

extension GraphOutput {
    fileprivate var printed: String {
        kind.text + (name.map { " as \($0.printed)" } ?? "") + parameters.map { " \($0.printed)" }.joined()
    }
}
