// Functions of the rows around.

extension Evaluator {
    func windowed(
        _ window: WindowFunction, _ arguments: [BoundExpression], _ expression: BoundExpression
    ) throws(KQLFault) -> Column {
        var columns: [Column] = []
        for argument in arguments { columns.append(try column(argument)) }
        switch window {
        case .previous, .next: return neighbours(columns, isNext: window == .next)
        case .rowNumber: return rowNumbers(columns)
        case .rowCumulativeSum: return sums(columns, expression.type)
        case .rowRankDense, .rowRankMinimum: return ranks(columns, isDense: window == .rowRankDense)
        case .rowWindowSession: return sessions(columns)
        }
    }

    private func neighbours(_ columns: [Column], isNext: Bool) -> Column {
        let offset = columns.count > 1 && count > 0 ? Int(clamping: columns[1].value(at: 0).long ?? 1) : 1
        let fallback = columns.count > 2 && count > 0 ? columns[2].value(at: 0) : .none(columns[0].type)
        var builder = ColumnBuilder(columns[0].type, capacity: count)
        for row in 0..<count {
            let place = isNext ? row.addingReportingOverflow(offset).partialValue : row - offset
            builder.append(columns[0].rowRange.contains(place) ? columns[0].value(at: place) : fallback)
        }
        return builder.column
    }

    private func rowNumbers(_ columns: [Column]) -> Column {
        let start = columns.first.map { count > 0 ? $0.value(at: 0).long ?? 1 : 1 } ?? 1
        var number = start &- 1
        return Column(
            .long,
            integers: (0..<count).map { row in
                number = restarts(columns, 1, row) ? start : number &+ 1
                return number
            })
    }

    private func restarts(_ columns: [Column], _ index: Int, _ row: Int) -> Bool {
        index < columns.count && columns[index].value(at: row) == .bool(true)
    }

    private func sums(_ columns: [Column], _ type: ScalarType) -> Column {
        let zero = type == .timespan ? Scalar.timespan(0) : Scalar.long(0).converted(to: type)
        var total = zero
        var builder = ColumnBuilder(type, capacity: count)
        for row in 0..<count {
            if restarts(columns, 1, row) { total = zero }
            let value = columns[0].value(at: row)
            if !value.isNull { total = Arithmetic.add(total, value) }
            builder.append(total)
        }
        return builder.column
    }

    /// Dense: one more at each change. Otherwise the place of the first of a run of equal values.
    private func ranks(_ columns: [Column], isDense: Bool) -> Column {
        var rank: Int64 = 0
        var place: Int64 = 0
        return Column(
            .long,
            integers: (0..<count).map { row in
                let isNew = restarts(columns, 1, row)
                if isNew { (rank, place) = (0, 0) }
                place += 1
                if row == 0 || isNew || columns[0].value(at: row) != columns[0].value(at: row - 1) {
                    rank = isDense ? rank + 1 : place
                }
                return rank
            })
    }

    /// The beginning of the session that each time is in: a new one begins too far from the first, or from the last.
    private func sessions(_ columns: [Column]) -> Column {
        var first: Int64?
        var last: Int64?
        var builder = ColumnBuilder(.datetime, capacity: count)
        for row in 0..<count {
            guard let time = columns[0].value(at: row).stored else { builder.append(.null(.datetime)); continue }
            let fromFirst = columns[1].value(at: row).stored ?? .max
            let between = columns[2].value(at: row).stored ?? .max
            let isNew = restarts(columns, 3, row)
            if isNew || first.map({ time - $0 > fromFirst }) ?? true || last.map({ time - $0 > between }) ?? true {
                first = time
            }
            last = time
            builder.append(Scalar(datetime: first))
        }
        return builder.column
    }
}

extension Column {
    fileprivate var rowRange: Range<Int> { 0..<count }
}
