// Aggregations of a group's different values: `dcount`, `make_set` and their like.

extension GroupedRows {
    /// The first row of each pair of a group and a value, nulls left out, in the order of the rows.
    private func pairs(_ column: Column) -> [Int32] {
        let values = Grouping(column)
        let own = Grouping([Column(.long, integers: groups.map(Int64.init))], rows: groups.count)
        let pairs = own.refined(by: values).firsts
        guard column.type != .string else { return pairs }
        return pairs.filter { !column.value(at: Int($0)).isNull }
    }

    func distinctCounts(_ column: Column) -> Column {
        var counts = [Int64](repeating: 0, count: count)
        for row in pairs(column) { counts[Int(groups[Int(row)])] += 1 }
        return Column(.long, integers: counts)
    }

    func collected(_ column: Column, _ limit: Int, _ isSet: Bool) -> Column {
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
