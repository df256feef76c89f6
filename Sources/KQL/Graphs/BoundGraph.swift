/// A graph: rows as edges between nodes, which are rows as well.
struct BoundGraph: Sendable {
    struct Nodes: Sendable {
        let table: BoundTable
        let key: Int
        /// Its column for each of the graph's node columns.
        let columns: [Int?]
    }

    let edges: BoundTable
    /// The edges' columns that hold the keys of their ends.
    let source: Int
    let target: Int
    let nodes: [Nodes]
    let nodeColumns: [ColumnSchema]
    /// The node columns that get the key of a node that only edges name.
    let keyColumns: [Int]
    /// Whether the last node column numbers the weakly connected components.
    let marksComponents: Bool
}

/// What a query makes of a graph.
enum BoundGraphUse: Sendable {
    /// Nothing yet: a graph is no table.
    case graph
    /// `graph-to-table`: with columns of hashes before the others.
    case nodes(hasID: Bool)
    case edges(hasSource: Bool, hasTarget: Bool)
    case match(BoundGraphMatch)
}

/// `graph-match` and `graph-shortest-paths`.
///
/// Expressions read a row of the columns of each slot, in order, and behind them a column for each term. A slot is a
/// node or an edge of the pattern; one of several edges has arrays in its columns, except in a condition, which holds
/// for each of them.
struct BoundGraphMatch: Sendable {
    struct Slot: Sendable {
        let name: String?
        let isNode: Bool
        /// How many edges follow one another; `nil` for one.
        let lengths: ClosedRange<Int>?
        let offset: Int
    }

    /// One step of the search, in order.
    enum Step: Sendable {
        /// A node, where a path begins.
        case start(Int)
        /// From a node's slot over an edge's to another node's.
        case edge(from: Int, Int, GraphMatch.Direction, to: Int)
    }

    struct Condition: Sendable {
        let value: BoundExpression
        let slots: Set<Int>
        /// The slot of several edges, for each of which it has to hold.
        let each: Int?
    }

    /// `all(e, …)`, `map(inner_nodes(e), …)`, `node_degree_in(n)`.
    struct Term: Sendable {
        enum Kind: Sendable { case all, any, map, degreeIn, degreeOut }

        let kind: Kind
        let slot: Int
        /// Of the nodes between the edges instead of the edges.
        let ofNodes: Bool
        /// Over the columns of an edge, or of a node.
        let value: BoundExpression?
        let type: ScalarType
    }

    enum Cycles: String, Sendable {
        case all, none
        case uniqueEdges = "unique_edges"
    }
    enum Shortest: String, Sendable { case any, all }

    let slots: [Slot]
    let steps: [Step]
    let conditions: [Condition]
    let terms: [Term]
    let columns: [BoundExpression]
    let cycles: Cycles
    /// Only paths as short as there are between their ends: one for each pair, or all.
    let shortest: Shortest?
    let width: Int
}
