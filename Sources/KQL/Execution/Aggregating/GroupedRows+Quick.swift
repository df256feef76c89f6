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

// MARK: Different values

extension GroupedRows {
    /// The first row of each pair of a group and a value, nulls left out, in the order of the rows.
    private func pairs(_ column: Column) -> [Int32] {
        let values = Grouping(column)
        let own = Grouping([Column(.long, integers: groups.map(Int64.init))], rows: groups.count)
        let pairs = own.refined(by: values).firsts
        guard column.type != .string else { return pairs }
        return pairs.filter { !column.value(at: Int($0)).isNull }
    }

    private func distinctCounts(_ column: Column) -> Column {
        var counts = [Int64](repeating: 0, count: count)
        for row in pairs(column) { counts[Int(groups[Int(row)])] += 1 }
        return Column(.long, integers: counts)
    }

    private func collected(_ column: Column, _ limit: Int, _ isSet: Bool) -> Column {
        let limit = min(limit, ValueLimits.elements)
        var elements = [[Dynamic]](repeating: [], count: count)
        let rows = isSet ? pairs(column) : (0..<Int32(groups.count)).map { $0 }
        // Texts are packed once for each code.
        let packed: [Dynamic]? =
            if case .coded(_, let dictionary) = column.storage, dictionary.count <= groups.count {
                (0..<Int32(dictionary.count)).map { dictionary[$0].packed }
            } else { nil }
        for row in rows {
            let group = Int(groups[Int(row)])
            guard elements[group].count < limit else { continue }
            if let packed, case .coded(let codes, _) = column.storage {
                let value = packed[Int(codes[Int(row)])]
                if !value.isNull { elements[group].append(value) }
            } else {
                let value = column.value(at: Int(row))
                if !value.isNull { elements[group].append(value.packed) }
            }
        }
        let arrays = elements.map { Scalar.dynamic(.array($0)) }
        return Column(codes: (0..<Int32(count)).map { $0 }, ValueDictionary(.dynamic, arrays))
    }
}

// MARK: Rows of extremes, and ranks

extension GroupedRows {
    /// The first of the rows whose first argument is extreme; nulls lose to any value.
    private func extremeRows(_ arguments: [BoundExpression], isGreatest: Bool) throws(KQLFault) -> [Column]? {
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
    private func percentiles(_ arguments: [BoundExpression]) throws(KQLFault) -> [Column]? {
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
