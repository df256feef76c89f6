// Aggregations of whole columns, for the commonest functions and types.

extension GroupedRows {
    /// The aggregate's columns; `nil` where it has to go row by row.
    func quickly(_ aggregate: BoundAggregate) throws(KQLFault) -> [Column]? {
        let name = aggregate.aggregation.name
        if let (base, condition) = Self.conditional[name], condition < aggregate.arguments.count {
            var arguments = aggregate.arguments
            let predicate = arguments.remove(at: condition)
            return try filtered(by: predicate).quickly(base, arguments, aggregate.types)
        }
        return try quickly(name, aggregate.arguments, aggregate.types)
    }

    /// Aggregations of the rows for which a condition holds: the one they are made of, and where the condition stands.
    private static let conditional: [String: (String, Int)] = [
        "countif": ("count", 0), "sumif": ("sum", 1), "minif": ("min", 1), "maxif": ("max", 1), "avgif": ("avg", 1),
        "dcountif": ("dcount", 1), "count_distinctif": ("count_distinct", 1), "make_set_if": ("make_set", 1),
        "make_list_if": ("make_list", 1),
    ]

    private func filtered(by predicate: BoundExpression) throws(KQLFault) -> GroupedRows {
        let rows = try evaluator.rows(where: predicate)
        let frame = evaluator.frame.picking(rows)
        return GroupedRows(
            Evaluator(frame, evaluator.execution), groups: rows.map { groups[Int($0)] }, count: count)
    }

    private func quickly(
        _ name: String, _ arguments: [BoundExpression], _ types: [ScalarType]
    ) throws(KQLFault) -> [Column]? {
        switch name {
        case "count": return [Column(.long, integers: sizes)]
        case "sum", "avg", "min", "max":
            guard let argument = arguments.first else { return nil }
            return numbers(name, try evaluator.column(argument), types[0]).map { [$0] }
        case "dcount", "count_distinct":
            guard let argument = arguments.first else { return nil }
            return [distinctCounts(try evaluator.column(argument))]
        case "make_set", "make_list":
            guard let argument = arguments.first, argument.type != .dynamic else { return nil }
            let limit = arguments.dropFirst().first?.constant?.long
            return [collected(try evaluator.column(argument), Int(clamping: max(0, limit ?? .max)), name == "make_set")]
        case "arg_max", "arg_min": return try extremeRows(arguments, isGreatest: name == "arg_max")
        case "percentile", "percentiles": return try percentiles(arguments)
        default: return nil
        }
    }

    /// How many rows each group has.
    var sizes: [Int64] {
        var sizes = [Int64](repeating: 0, count: count)
        for group in groups { sizes[Int(group)] += 1 }
        return sizes
    }
}

// MARK: Numbers

extension GroupedRows {
    private func numbers(_ name: String, _ column: Column, _ type: ScalarType) -> Column? {
        switch (column.storage, name) {
        case (.integers(let values, let nulls), "sum") where type != .datetime: return sum(values, nulls, type)
        case (.integers(let values, let nulls), "avg") where column.type.isInteger:
            return mean(values.map(Double.init), nulls)
        case (.integers(let values, let nulls), "min"): return extreme(values, nulls, type) { $0 < $1 }
        case (.integers(let values, let nulls), "max"): return extreme(values, nulls, type) { $0 > $1 }
        case (.reals(let values, let nulls), "sum"): return sum(values, nulls)
        case (.reals(let values, let nulls), "avg"): return mean(values, nulls)
        default: return nil
        }
    }

    /// Whole numbers wrap around; nulls are passed over.
    private func sum(_ values: [Int64], _ nulls: Column.Nulls?, _ type: ScalarType) -> Column {
        var sums = [Int64](repeating: 0, count: count)
        for (row, group) in groups.enumerated() where nulls?[row] != true { sums[Int(group)] &+= values[row] }
        return Column(type, integers: sums)
    }

    private func sum(_ values: [Double], _ nulls: Column.Nulls?) -> Column {
        var sums = [Double](repeating: 0, count: count)
        for (row, group) in groups.enumerated() where nulls?[row] != true { sums[Int(group)] += values[row] }
        return Column(reals: sums)
    }

    /// Of nothing it is NaN.
    private func mean(_ values: [Double], _ nulls: Column.Nulls?) -> Column {
        var sums = [Double](repeating: 0, count: count)
        var sizes = [Double](repeating: 0, count: count)
        for (row, group) in groups.enumerated() where nulls?[row] != true {
            sums[Int(group)] += values[row]
            sizes[Int(group)] += 1
        }
        return Column(reals: zip(sums, sizes).map { $0 / $1 })
    }

    private func extreme(
        _ values: [Int64], _ nulls: Column.Nulls?, _ type: ScalarType, _ isBetter: (Int64, Int64) -> Bool
    ) -> Column {
        var best = [Int64](repeating: 0, count: count)
        var isNone = [Bool](repeating: true, count: count)
        for (row, group) in groups.enumerated() where nulls?[row] != true {
            let group = Int(group)
            if isNone[group] || isBetter(values[row], best[group]) {
                best[group] = values[row]
                isNone[group] = false
            }
        }
        return Column(type, integers: best, nulls: isNone.contains(true) ? isNone : nil)
    }
}
