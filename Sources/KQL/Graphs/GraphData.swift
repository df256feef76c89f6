/// A graph's nodes and edges, written out and linked.
struct GraphData: Sendable {
    private(set) var nodes: [[Scalar]] = []
    private(set) var keys: [Scalar] = []
    let edges: [[Scalar]]
    private(set) var ends: [(source: Int, target: Int)] = []
    /// The edges that leave a node, and those that come to it.
    private(set) var leaving: [[Int]] = []
    private(set) var coming: [[Int]] = []
    private var indices: [Scalar: Int] = [:]

    /// - Parameter tables: The rows of the graph's tables of nodes.
    init(_ graph: BoundGraph, edges: [[Scalar]], tables: [[[Scalar]]]) {
        self.edges = edges
        let own = graph.nodeColumns.dropLast(graph.marksComponents ? 1 : 0)
        for (nodes, rows) in zip(graph.nodes, tables) {
            for row in rows where indices[row[nodes.key]] == nil {
                add(
                    row[nodes.key],
                    zip(own, nodes.columns).map { column, place in
                        place.map { row[$0] } ?? .none(column.type)
                    })
            }
        }
        // Nodes that only edges name know nothing but their key.
        for edge in edges {
            for key in [edge[graph.source], edge[graph.target]] where indices[key] == nil {
                add(
                    key,
                    own.enumerated().map { index, column in
                        graph.keyColumns.contains(index) ? key.converted(to: column.type) : .none(column.type)
                    })
            }
        }
        leaving = Array(repeating: [], count: nodes.count)
        coming = leaving
        for (index, edge) in edges.enumerated() {
            let source = indices[edge[graph.source]] ?? 0
            let target = indices[edge[graph.target]] ?? 0
            ends.append((source, target))
            leaving[source].append(index)
            coming[target].append(index)
        }
        if graph.marksComponents { markComponents() }
    }

    private mutating func add(_ key: Scalar, _ node: [Scalar]) {
        indices[key] = nodes.count
        keys.append(key)
        nodes.append(node)
    }

    /// Numbered from 0, in the order of their first nodes.
    private mutating func markComponents() {
        var component = [Int64](repeating: -1, count: nodes.count)
        var next: Int64 = 0
        for start in nodes.indices where component[start] < 0 {
            component[start] = next
            var waiting = [start]
            while let node = waiting.popLast() {
                let near = leaving[node].map { ends[$0].target } + coming[node].map { ends[$0].source }
                for other in near where component[other] < 0 {
                    component[other] = next
                    waiting.append(other)
                }
            }
            next += 1
        }
        for index in nodes.indices { nodes[index].append(.long(component[index])) }
    }

    /// As `graph-to-table` names nodes: the hash of their key.
    func id(of node: Int) -> Scalar { .long(Int64(bitPattern: ScalarFunctions.hash(of: keys[node]))) }
}
