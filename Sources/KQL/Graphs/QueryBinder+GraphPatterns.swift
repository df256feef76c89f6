// `graph-match` and `graph-shortest-paths`.

/// What names stand for while a graph's pattern is bound.
struct GraphScope {
    let graph: BoundGraph
    let slots: [BoundGraphMatch.Slot]
    let width: Int
    var terms: [BoundGraphMatch.Term] = []
}

extension QueryBinder {
    mutating func matched(
        _ graph: BoundGraph, _ match: GraphMatch, isShortest: Bool
    ) throws(KQLFault) -> BoundTable {
        let saved = graphScope
        defer { graphScope = saved }
        let (slots, steps) = try pattern(match, graph)
        let width = slots.reduce(0) { $0 + ($1.isNode ? graph.nodeColumns.count : graph.edges.columns.count) }
        graphScope = GraphScope(graph: graph, slots: slots, width: width)
        var conditions: [BoundGraphMatch.Condition] = []
        for operand in match.predicate?.conjuncts ?? [] {
            conditions.append(try condition(operand, graph, slots, width))
        }
        guard !match.columns.isEmpty else {
            throw KQLFault(
                "SEM0001", "graph-match: there is nothing to project", at: match.span,
                suggestion: "Name columns: `project a.name`.")
        }
        var scope = rows([], of: "graph-match")
        scope.elements = elements(graph, slots, arrays: true)
        let outputs = try outputs(match.columns, scope, of: "graph-match")
        let word = match.parameters["cycles"]?.word ?? BoundGraphMatch.Cycles.uniqueEdges.rawValue
        guard let cycles = BoundGraphMatch.Cycles(rawValue: word) else {
            throw KQLFault("SEM0001", "`cycles` cannot be `\(word)`", at: match.span)
        }
        let shortest = isShortest ? match.parameters["output"]?.word ?? "any" : nil
        let bound = BoundGraphMatch(
            slots: slots, steps: steps, conditions: conditions, terms: graphScope?.terms ?? [],
            columns: outputs.map(\.value), cycles: cycles,
            shortest: shortest.flatMap(BoundGraphMatch.Shortest.init), width: width)
        return BoundTable(
            .graph(graph, .match(bound)), outputs.map { ColumnSchema($0.name, $0.value.type) })
    }

    /// Nodes of one name are one slot.
    private mutating func pattern(
        _ match: GraphMatch, _ graph: BoundGraph
    ) throws(KQLFault) -> ([BoundGraphMatch.Slot], [BoundGraphMatch.Step]) {
        var slots: [BoundGraphMatch.Slot] = []
        var steps: [BoundGraphMatch.Step] = []
        var width = 0
        for path in match.paths {
            var last: Int?
            var edge: (slot: Int, direction: GraphMatch.Direction)?
            for element in path {
                switch element {
                case .node(let name, _):
                    let known = name.flatMap { name in
                        slots.firstIndex { $0.isNode && $0.name?.isSame(as: name.text) ?? false }
                    }
                    if known == nil {
                        slots.append(.init(name: name?.text, isNode: true, lengths: nil, offset: width))
                        width += graph.nodeColumns.count
                    }
                    let slot = known ?? slots.count - 1
                    if let last, let edge {
                        steps.append(.edge(from: last, edge.slot, edge.direction, to: slot))
                    } else {
                        steps.append(.start(slot))
                    }
                    (last, edge) = (slot, nil)
                case .edge(let node):
                    let lengths = try lengths(of: node)
                    slots.append(.init(name: node.name?.text, isNode: false, lengths: lengths, offset: width))
                    width += graph.edges.columns.count
                    edge = (slots.count - 1, node.direction)
                }
            }
        }
        return (slots, steps)
    }

    private mutating func lengths(of edge: GraphMatch.Edge) throws(KQLFault) -> ClosedRange<Int>? {
        guard let lengths = edge.lengths else { return nil }
        guard let from = try scalar(lengths.from, .none).constant?.long,
            let to = try scalar(lengths.to, .none).constant?.long, from >= 0, to >= from, to <= 100
        else { throw KQLFault("SEM0001", "the lengths of a path are constants from 0 to 100", at: edge.span) }
        return Int(from)...Int(to)
    }

    private func elements(
        _ graph: BoundGraph, _ slots: [BoundGraphMatch.Slot], arrays: Bool
    ) -> [RowElement] {
        slots.compactMap { slot in
            let columns = slot.isNode ? graph.nodeColumns : graph.edges.columns
            let shown = arrays && slot.lengths != nil ? columns.map { ColumnSchema($0.name, .dynamic) } : columns
            return slot.name.map { RowElement(name: $0, offset: slot.offset, columns: shown) }
        }
    }

    private mutating func condition(
        _ expression: Expression, _ graph: BoundGraph, _ slots: [BoundGraphMatch.Slot], _ width: Int
    ) throws(KQLFault) -> BoundGraphMatch.Condition {
        var scope = rows([], of: "graph-match")
        scope.elements = elements(graph, slots, arrays: false)
        let value = try scalar(expression, scope)
        try isTrueOrFalse(value, or: "Filter expression should be Boolean")
        let terms = graphScope?.terms ?? []
        let read = value.allColumns
        let direct = Set(read.filter { $0 < width }.compactMap { column in slots.lastIndex { $0.offset <= column } })
        let several = direct.filter { slots[$0].lengths != nil }
        guard several.count <= 1 else {
            throw unsupported("a condition on two edges of variable length", at: expression.span)
        }
        let others = read.filter { $0 >= width }.map { terms[$0 - width].slot }
        return .init(value: value, slots: direct.union(others), each: several.first)
    }

    /// `all(e, …)` and its like; `nil` for any other call, and outside of patterns.
    mutating func graphTerm(_ call: FunctionCall, _ rows: RowScope) throws(KQLFault) -> BoundExpression? {
        let kinds: [String: BoundGraphMatch.Term.Kind] = [
            "all": .all, "any": .any, "map": .map, "node_degree_in": .degreeIn, "node_degree_out": .degreeOut,
        ]
        guard let scope = graphScope, let kind = kinds[call.name.text], let first = call.arguments.first?.value else {
            return nil
        }
        var name = first
        var ofNodes = false
        if case .call(let inner) = first, inner.name.text == "inner_nodes", let edge = inner.arguments.first {
            (name, ofNodes) = (edge.value, true)
        }
        guard case .name(let element) = name,
            let slot = scope.slots.firstIndex(where: { $0.name?.isSame(as: element.text) ?? false })
        else { throw KQLFault("SEM0001", "\(call.name.text)() takes an element of the pattern", at: call.span) }
        let isDegree = kind == .degreeIn || kind == .degreeOut
        guard isDegree == scope.slots[slot].isNode, call.arguments.count == (isDegree ? 1 : 2) else {
            throw KQLFault("SEM0001", "\(call.name.text)(): the arguments' number or kinds are wrong", at: call.span)
        }
        let columns = ofNodes ? scope.graph.nodeColumns : scope.graph.edges.columns
        let value = try isDegree ? nil : inside(call.arguments[1].value, columns)
        if kind == .all || kind == .any, let value {
            try isTrueOrFalse(value, or: "Filter expression should be Boolean")
        }
        let type: ScalarType = isDegree ? .long : kind == .map ? .dynamic : .bool
        graphScope?.terms.append(.init(kind: kind, slot: slot, ofNodes: ofNodes, value: value, type: type))
        return BoundExpression(column: scope.width + scope.terms.count, type, at: call.span)
    }

    private mutating func inside(_ expression: Expression, _ columns: [ColumnSchema]) throws(KQLFault)
        -> BoundExpression
    {
        let saved = graphScope
        defer { graphScope = saved }
        graphScope = nil
        return try scalar(expression, rows(columns, of: "graph-match"))
    }
}

extension Expression {
    /// The parts that all have to hold.
    fileprivate var conjuncts: [Expression] {
        guard case .logical(let logical) = self, logical.operation == .and else { return [self] }
        return logical.operands.flatMap(\.conjuncts)
    }
}

extension BoundExpression {
    fileprivate var allColumns: Set<Int> {
        if let column { return [column] }
        return operands.reduce(into: []) { $0.formUnion($1.allColumns) }
    }
}
