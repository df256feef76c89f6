// Aggregations that pick rows of a group: `arg_max`, `percentile` and their like.

extension GroupedRows {
    /// The first of the rows whose first argument is extreme; nulls lose to any value.
    func extremeRows(_ arguments: [BoundExpression], isGreatest: Bool) throws(KQLFault) -> [Column]? {
        guard let first = arguments.first, first.type != .dynamic, first.type != .decimal else { return nil }
        let column = try evaluator.column(first)
        if case .reals(let values, _) = column.storage, values.contains(where: \.isNaN) { return nil }
        let (numbers, nulls) = column.orderNumbers
        var best = [Int32](repeating: -1, count: count)
        for (row, group) in groups.enumerated() {
            let known = best[Int(group)]
            if known < 0 { best[Int(group)] = Int32(row); continue }
            if nulls?[row] == true { continue }
            let old = Int(known)
            let isNoneYet = nulls?[old] == true
            if isNoneYet || (isGreatest ? numbers[row] > numbers[old] : numbers[row] < numbers[old]) {
                best[Int(group)] = Int32(row)
            }
        }
        let selection = Selection(best, hasGaps: best.contains(-1))
        var columns = [column.picking(selection)]
        for argument in arguments.dropFirst() { columns.append(evaluator.later(argument).picking(selection)) }
        return columns
    }

    /// Existing values by nearest rank.
    func percentiles(_ arguments: [BoundExpression]) throws(KQLFault) -> [Column]? {
        guard let first = arguments.first, first.type.isStoredAsInteger || first.type == .real else { return nil }
        let column = try evaluator.column(first)
        let percents = arguments.dropFirst().compactMap { $0.constant?.double }
        guard percents.count == arguments.count - 1, percents.allSatisfy({ (0...100).contains($0) }) else { return nil }
        if case .reals(let values, _) = column.storage, values.contains(where: \.isNaN) { return nil }
        let (numbers, nulls) = column.orderNumbers
        let (starts, rows) = rowsByGroup(in: RowOrder.rows(by: numbers), without: nulls)
        var picked = percents.map { _ in [Int32](repeating: -1, count: count) }
        for group in 0..<count where starts[group] < starts[group + 1] {
            let size = starts[group + 1] - starts[group]
            for (index, percent) in percents.enumerated() {
                let rank = max(1, (percent / 100 * Double(size)).rounded(.up))
                picked[index][group] = rows[starts[group] + min(size, Int(rank)) - 1]
            }
        }
        return picked.map { column.picking(Selection($0, hasGaps: $0.contains(-1))) }
    }

    /// The rows of each group in an order, one group after the other.
    private func rowsByGroup(in order: [Int32], without nulls: Column.Nulls?) -> (starts: [Int], rows: [Int32]) {
        var starts = [Int](repeating: 0, count: count + 1)
        for (row, group) in groups.enumerated() where nulls?[row] != true { starts[Int(group) + 1] += 1 }
        for group in 0..<count { starts[group + 1] += starts[group] }
        var ends = starts
        var rows = [Int32](repeating: 0, count: starts[count])
        for row in order where nulls?[Int(row)] != true {
            let group = Int(groups[Int(row)])
            rows[ends[group]] = row
            ends[group] += 1
        }
        return (starts, rows)
    }
}
