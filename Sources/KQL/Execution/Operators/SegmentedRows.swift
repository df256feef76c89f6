/// Rows in segments that each stand for a table of its own: the elements of one row in `mv-apply`, the rows of one key
/// in `partition`.
///
/// A sub-query of the common operators is run once over all segments, as if each of its steps had the segment as one
/// more key; running it for each would cost more than its work where segments are small.
struct SegmentedRows {
    let frame: Frame
    /// For each row its segment, in ascending order.
    let segments: [Int32]
    /// How many segments there are; some may have no rows.
    let count: Int
    let execution: Execution

    init(_ frame: Frame, _ segments: [Int32], count: Int, _ execution: Execution) {
        self.frame = frame
        self.segments = segments
        self.count = count
        self.execution = execution
    }

    /// What the sub-query makes of the segments.
    func applying(_ body: BoundTable) throws(KQLFault) -> SegmentedRows {
        body.runsOnSegments ? try together(body) : try oneByOne(body)
    }

    private func oneByOne(_ body: BoundTable) throws(KQLFault) -> SegmentedRows {
        let whole = try frame.resolved()
        var frames: [Frame] = []
        var rows: [Int32] = []
        var start = 0
        for segment in 0..<Int32(count) {
            var end = start
            while end < segments.count, segments[end] == segment { end += 1 }
            let own = whole.picking((Int32(start)..<Int32(end)).map { $0 })
            let result = try execution.run(body, own).resolved()
            if result.count > 0 { frames.append(result) }
            rows += [Int32](repeating: segment, count: result.count)
            try execution.limits.check(rows: rows.count)
            start = end
        }
        var columns: [Column] = []
        for index in body.columns.indices {
            columns.append(try Column.concatenated(frames.map { $0.columns[index] }, as: body.columns[index].type))
        }
        return SegmentedRows(Frame(count: rows.count, columns), rows, count: count, execution)
    }
}

// MARK: All segments at once

extension SegmentedRows {
    private func together(_ body: BoundTable) throws(KQLFault) -> SegmentedRows {
        if case .enclosing = body.node { return self }
        return try together(body.inputs[0]).step(body)
    }

    private func step(_ body: BoundTable) throws(KQLFault) -> SegmentedRows {
        switch body.node {
        case .filter(_, let predicate): return picking(try Evaluator(frame, execution).rows(where: predicate))
        case .project(_, let values): return with(try Evaluator(frame, execution).projected(values))
        case .sort(_, let keys): return try sorted(keys)
        case .top(_, let length, let key): return try sorted([key]).prefixes(Operators.number(length, execution))
        case .take(_, let length): return prefixes(try Operators.number(length, execution))
        case .count: return try summarized([], [], counting: true)
        case .summarize(_, let groups, let aggregates): return try summarized(groups, aggregates, counting: false)
        case .expand(_, let expansion):
            let (expanded, rows) = try ExpandedRows(frame, expansion, execution).expanded(body.columns)
            return SegmentedRows(expanded, rows.rows.map { segments[Int($0)] }, count: count, execution)
        default: return self
        }
    }

    private func with(_ frame: Frame) -> SegmentedRows { SegmentedRows(frame, segments, count: count, execution) }

    private func picking(_ rows: [Int32]) -> SegmentedRows {
        if rows.count == segments.count, rows.indices.allSatisfy({ rows[$0] == $0 }) { return self }
        return SegmentedRows(frame.picking(rows), rows.map { segments[Int($0)] }, count: count, execution)
    }

    private func sorted(_ keys: [BoundSortKey]) throws(KQLFault) -> SegmentedRows {
        let rows = try RowOrder(keys, frame, execution).rows()
        var places = [Int](repeating: 0, count: count + 1)
        for segment in segments { places[Int(segment) + 1] += 1 }
        for segment in 0..<count { places[segment + 1] += places[segment] }
        var ordered = rows
        for row in rows {
            let segment = Int(segments[Int(row)])
            ordered[places[segment]] = row
            places[segment] += 1
        }
        return picking(ordered)
    }

    /// The first rows of each segment.
    private func prefixes(_ length: Int) -> SegmentedRows {
        var taken = 0
        var rows: [Int32] = []
        for (row, segment) in segments.enumerated() {
            taken = row > 0 && segments[row - 1] == segment ? taken + 1 : 1
            if taken <= length { rows.append(Int32(row)) }
        }
        return picking(rows)
    }

    /// Without groups a row for each segment, also where none of its rows is left.
    private func summarized(
        _ groups: [BoundExpression], _ aggregates: [BoundAggregate], counting: Bool
    ) throws(KQLFault) -> SegmentedRows {
        let evaluator = Evaluator(frame, execution)
        var keys = [Column(.long, integers: segments.map(Int64.init))]
        for group in groups { keys.append(try evaluator.column(group)) }
        let grouping = groups.isEmpty ? nil : Grouping(keys, rows: frame.count)
        let firsts = grouping.map { Selection($0.firsts) }
        let rows = GroupedRows(evaluator, groups: grouping?.groups ?? segments, count: grouping?.count ?? count)
        var columns = firsts.map { firsts in keys.dropFirst().map { $0.picking(firsts) } } ?? []
        if counting { columns.append(Column(.long, integers: rows.sizes)) }
        for aggregate in aggregates { columns += try rows.columns(of: aggregate) }
        let own = firsts.map { $0.rows.map { segments[Int($0)] } } ?? (0..<Int32(count)).map { $0 }
        return SegmentedRows(Frame(count: rows.count, columns), own, count: count, execution)
    }
}

extension BoundTable {
    /// Whether this sub-query may run over all segments at once: each step is one of ``SegmentedRows``, and no
    /// expression needs the rows around, or differs from run to run.
    fileprivate var runsOnSegments: Bool {
        switch node {
        case .enclosing: return true
        case .filter, .project, .sort, .top, .take, .count, .summarize, .expand:
            return values.allSatisfy(\.isLocal) && inputs[0].runsOnSegments
        default: return false
        }
    }

    /// The expressions over the rows of such a step.
    private var values: [BoundExpression] {
        switch node {
        case .filter(_, let predicate): [predicate]
        case .project(_, let values): values
        case .sort(_, let keys): keys.map(\.value)
        case .top(_, _, let key): [key.value]
        case .summarize(_, let groups, let aggregates): groups + aggregates.flatMap(\.arguments)
        case .expand(_, let expansion): expansion.columns.map(\.value)
        default: []
        }
    }
}
