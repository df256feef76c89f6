// Operators on graphs.

/// `make-graph source --> target with T on id, U on id`.
struct MakeGraph: Sendable {
    struct Nodes: Sendable {
        let table: Expression
        let key: Expression
        let span: SourceSpan
    }

    let parameters: [OperatorParameter]
    let source: Expression
    let target: Expression
    /// Empty: the nodes are those that edges name.
    let nodes: [Nodes]
    /// `with_node_id = name`.
    let nodeColumn: Name?
    /// `partitioned-by column ( … )`.
    let partition: (column: Expression, body: Pipeline)?
    let span: SourceSpan
}

/// `graph-match (a)-[e]->(b) where … project …`, and `graph-shortest-paths`.
struct GraphMatch: Sendable {
    enum Direction: Sendable {
        case forward, backward, either
    }

    enum Element: Sendable {
        case node(Name?, SourceSpan)
        case edge(Edge)
    }

    struct Edge: Sendable {
        let name: Name?
        /// `*1..5`; `nil` for a single edge.
        let lengths: (from: Expression, to: Expression)?
        let direction: Direction
        let span: SourceSpan
    }

    let parameters: [OperatorParameter]
    /// Paths apart by commas; each is nodes with edges between them.
    let paths: [[Element]]
    let predicate: Expression?
    let columns: [NamedExpression]
    let span: SourceSpan
}

/// `nodes as N with_node_id = id`, a table that `graph-to-table` gives.
struct GraphOutput: Sendable {
    /// `nodes` or `edges`.
    let kind: Name
    let name: Name?
    let parameters: [OperatorParameter]
    let span: SourceSpan
}
