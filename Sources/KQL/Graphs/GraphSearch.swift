/// Finds all occurrences of a pattern in a graph, by trying one step after the other.
struct GraphSearch {
    private let data: GraphData
    private let match: BoundGraphMatch
    private let evaluator: RowEvaluator
    private let edgeWidth: Int
    /// The conditions that can be tested once a step is taken.
    private let checks: [[BoundGraphMatch.Condition]]

    private var row: [Scalar]
    private var nodes: [Int?]
    private var edges: [[Int]]
    private var used: Set<Int> = []
    private var found: [(ends: [Int], length: Int, row: [Scalar])] = []

    init(_ data: GraphData, _ graph: BoundGraph, _ match: BoundGraphMatch, _ evaluator: RowEvaluator) {
        self.data = data
        self.match = match
        self.evaluator = evaluator
        edgeWidth = graph.edges.columns.count
        row = match.slots.flatMap { slot in
            (slot.isNode ? graph.nodeColumns : graph.edges.columns).map { Scalar.none($0.type) }
        }
        nodes = Array(repeating: nil, count: match.slots.count)
        edges = Array(repeating: [], count: match.slots.count)
        var bound: Set<Int> = []
        var left = match.conditions
        var checks: [[BoundGraphMatch.Condition]] = []
        for step in match.steps {
            switch step {
            case .start(let slot): bound.insert(slot)
            case .edge(_, let edge, _, let to): bound.formUnion([edge, to])
            }
            checks.append(left.filter { $0.slots.isSubset(of: bound) })
            left.removeAll { $0.slots.isSubset(of: bound) }
        }
        self.checks = checks
    }

    /// The rows of the projection.
    mutating func rows() throws(KQLFault) -> [[Scalar]] {
        try take(0)
        guard let shortest = match.shortest else { return found.map(\.row) }
        var best: [[Int]: Int] = [:]
        for path in found { best[path.ends] = min(best[path.ends] ?? .max, path.length) }
        var given: Set<[Int]> = []
        return found.filter { path in
            path.length == best[path.ends] && (shortest == .all || given.insert(path.ends).inserted)
        }.map(\.row)
    }

    private mutating func take(_ index: Int) throws(KQLFault) {
        do throws(FunctionFault) { try evaluator.context.checkTime() } catch {
            throw KQLFault(error, at: SourceSpan(0, 0))
        }
        guard index < match.steps.count else { return try give() }
        switch match.steps[index] {
        case .start(let slot):
            if nodes[slot] != nil { return try goOn(index) }
            for node in data.nodes.indices {
                try bind(slot, node) { search throws(KQLFault) in try search.goOn(index) }
            }
        case .edge(let from, let edge, let direction, let to):
            guard let node = nodes[from] else { return }
            let lengths = match.slots[edge].lengths ?? 1...1
            try walk(from: node, edge, direction, to: to, lengths, index)
        }
    }

    private mutating func bind(
        _ slot: Int, _ node: Int, _ body: (inout GraphSearch) throws(KQLFault) -> Void
    ) throws(KQLFault) {
        if match.cycles == .none, nodes.contains(node) { return }
        let offset = match.slots[slot].offset
        let saved = row
        nodes[slot] = node
        row.replaceSubrange(offset..<(offset + data.nodes[node].count), with: data.nodes[node])
        defer { (nodes[slot], row) = (nil, saved) }
        try body(&self)
    }

    /// Takes edge after edge, and goes on wherever the path is long enough.
    private mutating func walk(
        from node: Int, _ slot: Int, _ direction: GraphMatch.Direction, to target: Int, _ lengths: ClosedRange<Int>,
        _ index: Int
    ) throws(KQLFault) {
        if edges[slot].count >= lengths.lowerBound { try arrive(at: node, slot, target, index) }
        guard edges[slot].count < lengths.upperBound else { return }
        for (edge, other) in near(node, direction) {
            guard match.cycles == .all || used.insert(edge).inserted else { continue }
            edges[slot].append(edge)
            if match.cycles != .none || !passed(slot).contains(other) {
                try walk(from: other, slot, direction, to: target, lengths, index)
            }
            edges[slot].removeLast()
            used.remove(edge)
        }
    }

    private func near(_ node: Int, _ direction: GraphMatch.Direction) -> [(edge: Int, node: Int)] {
        let forward = data.leaving[node].map { ($0, data.ends[$0].target) }
        let backward = data.coming[node].map { ($0, data.ends[$0].source) }
        return switch direction {
        case .forward: forward
        case .backward: backward
        case .either: forward + backward.filter { edge in !forward.contains { $0.0 == edge.0 } }
        }
    }

    /// The nodes that a path's edges touch.
    private func passed(_ slot: Int) -> Set<Int> {
        Set(edges[slot].dropLast().flatMap { [data.ends[$0].source, data.ends[$0].target] })
    }

    private mutating func arrive(at node: Int, _ slot: Int, _ target: Int, _ index: Int) throws(KQLFault) {
        let saved = row
        defer { row = saved }
        set(slot)
        if let known = nodes[target] {
            if known == node { try goOn(index) }
        } else {
            try bind(target, node) { search throws(KQLFault) in try search.goOn(index) }
        }
    }

    /// The columns of an edge, arrays where there may be several.
    private mutating func set(_ slot: Int) {
        let offset = match.slots[slot].offset
        for column in 0..<edgeWidth {
            let values = edges[slot].map { data.edges[$0][column] }
            row[offset + column] = match.slots[slot].lengths == nil ? values[0] : .array(values.map(\.packed))
        }
    }

    private mutating func goOn(_ index: Int) throws(KQLFault) {
        for condition in checks[index] { guard try holds(condition) else { return } }
        try take(index + 1)
    }

    private func holds(_ condition: BoundGraphMatch.Condition) throws(KQLFault) -> Bool {
        guard let slot = condition.each else {
            return try evaluator.value(of: condition.value, row + terms()).truth == true
        }
        let offset = match.slots[slot].offset
        for edge in edges[slot] {
            var row = row
            row.replaceSubrange(offset..<(offset + edgeWidth), with: data.edges[edge])
            guard try evaluator.value(of: condition.value, row + terms()).truth == true else { return false }
        }
        return true
    }

    private mutating func give() throws(KQLFault) {
        let full = row + (try terms())
        var values: [Scalar] = []
        for column in match.columns { values.append(try evaluator.value(of: column, full)) }
        let bound = match.slots.indices.filter { match.slots[$0].isNode }.compactMap { nodes[$0] }
        found.append((bound, edges.reduce(0) { $0 + $1.count }, values))
    }

    // MARK: Terms

    private func terms() throws(KQLFault) -> [Scalar] {
        var values: [Scalar] = []
        for term in match.terms { values.append(try value(of: term)) }
        return values
    }

    private func value(of term: BoundGraphMatch.Term) throws(KQLFault) -> Scalar {
        guard let value = term.value else {
            guard let node = nodes[term.slot] else { return .null(.long) }
            return .long(Int64((term.kind == .degreeIn ? data.coming[node] : data.leaving[node]).count))
        }
        var results: [Scalar] = []
        for row in term.ofNodes ? inner(term.slot) : edges[term.slot].map({ data.edges[$0] }) {
            results.append(try evaluator.value(of: value, row))
        }
        switch term.kind {
        case .all: return .bool(results.allSatisfy { $0.truth == true })
        case .any: return .bool(results.contains { $0.truth == true })
        default: return .array(results.map(\.packed))
        }
    }

    /// The nodes between the edges of a path.
    private func inner(_ slot: Int) -> [[Scalar]] {
        zip(edges[slot], edges[slot].dropFirst()).map { edge, next in
            let ends = [data.ends[next].source, data.ends[next].target]
            return data.nodes[ends.contains(data.ends[edge].target) ? data.ends[edge].target : data.ends[edge].source]
        }
    }
}
