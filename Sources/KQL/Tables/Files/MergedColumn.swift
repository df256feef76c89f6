internal import Tables

/// The cells of a column in all chunks of a file, on their way to being a column.
struct MergedColumn: Sendable {
    let type: ScalarType
    /// How many rows the table has.
    let count: Int
    /// Cells, and the row of the table that is their first.
    var runs: [(cells: ColumnCells, start: Int)] = []

    /// The column. Each different text, and each different JSON of dynamic values, is made once.
    func column() -> Column {
        switch type {
        case .bool:
            var flags = [UInt8](repeating: 2, count: count)
            forEachValue { cells, index, row in flags[row] = UInt8(truncatingIfNeeded: cells.integers[index]) }
            return Column(flags: flags)
        case .int, .long, .datetime, .timespan:
            var integers = [Int64](repeating: 0, count: count)
            forEachValue { cells, index, row in integers[row] = cells.integers[index] }
            return Column(type, integers: integers, nulls: nulls)
        case .real:
            var reals = [Double](repeating: 0, count: count)
            forEachValue { cells, index, row in reals[row] = cells.reals[index] }
            return Column(reals: reals, nulls: nulls)
        default: return coded()
        }
    }

    private func forEachValue(_ body: (ColumnCells, Int, Int) -> Void) {
        for (cells, start) in runs {
            if let rows = cells.rows {
                for (index, row) in rows.enumerated() { body(cells, index, start + Int(row)) }
            } else {
                for index in 0..<cells.count { body(cells, index, start + index) }
            }
        }
    }

    /// `nil` where no row is null.
    private var nulls: Column.Nulls? {
        guard runs.reduce(0, { $0 + $1.cells.count }) < count else { return nil }
        var nulls = Column.Nulls(repeating: true, count: count)
        forEachValue { _, _, row in nulls[row] = false }
        return nulls
    }

    /// Code 0 is of the rows without a value, and of empty texts.
    private func coded() -> Column {
        var codes = [Int32](repeating: 0, count: count)
        var texts = StringPool()
        for (cells, start) in runs {
            let translation = (0..<UInt32(cells.pool.count)).map { code in
                code == 0 ? 0 : Int32(truncatingIfNeeded: cells.pool.withBytes(of: code) { texts.code(adding: $0) })
            }
            for index in 0..<cells.count {
                codes[start + (cells.rows.map { Int($0[index]) } ?? index)] = translation[Int(cells.codes[index])]
            }
        }
        let all = (0..<UInt32(texts.count)).lazy.map { texts[$0] }
        guard type != .string else {
            return Column(codes: codes, ValueDictionary(texts: Array(all), isDistinct: true))
        }
        let type = type
        let values = all.map { $0.isEmpty ? .null(type) : Scalar(cell: $0, as: type) }
        return Column(codes: codes, ValueDictionary(type, Array(values)))
    }
}
