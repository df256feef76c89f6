/// `join` and `lookup`: pairs of rows of two sides whose keys are equal. Null equals null here, and NaN equals NaN.
struct JoinedRows {
    private let join: BoundJoin
    private let left: Frame
    private let right: Frame
    private let execution: Execution

    init(_ join: BoundJoin, _ execution: Execution, _ enclosing: Frame?) throws(KQLFault) {
        self.join = join
        self.execution = execution
        left = try execution.run(join.left, enclosing)
        right = try execution.run(join.right, enclosing)
    }

    func frame() throws(KQLFault) -> Frame {
        let (leftKeys, rightKeys, count) = try keys()
        let rows = Partners(rightKeys, count: count)
        switch join.kind {
        case .leftSemi, .leftAnti, .anti, .leftAntiSemi:
            let isSemi = join.kind == .leftSemi
            return output(left: side(leftKeys) { rows.has($0) == isSemi }, right: nil)
        case .rightSemi, .rightAnti, .rightAntiSemi:
            let isSemi = join.kind == .rightSemi
            let others = Partners(leftKeys, count: count)
            return output(left: nil, right: side(rightKeys) { others.has($0) == isSemi })
        default: return try pairs(leftKeys, rightKeys, rows, count)
        }
    }

    /// For each row of both sides the number of its keys' values.
    private func keys() throws(KQLFault) -> (left: [Int32], right: [Int32], count: Int) {
        var columns: [Column] = []
        for key in join.keys {
            let pair = [left.columns[key.left], right.columns[key.right]]
            let type = ScalarType.common(pair[0].type, pair[1].type) ?? pair[0].type
            columns.append(try Column.concatenated(pair, as: type))
        }
        let grouping = Grouping(columns, rows: left.count + right.count)
        return (
            Array(grouping.groups.prefix(left.count)), Array(grouping.groups.dropFirst(left.count)), grouping.count
        )
    }

    private func side(_ keys: [Int32], _ isKept: (Int32) -> Bool) -> [Int32] {
        keys.indices.compactMap { isKept(keys[$0]) ? Int32($0) : nil }
    }

    private func pairs(
        _ leftKeys: [Int32], _ rightKeys: [Int32], _ partners: Partners, _ count: Int
    ) throws(KQLFault) -> Frame {
        let keepsLeft = join.kind == .leftOuter || join.kind == .fullOuter
        var pairs = RowPairs()
        var seen = join.kind == .innerUnique ? [Bool](repeating: false, count: count) : []
        for (row, key) in leftKeys.enumerated() {
            if !seen.isEmpty {
                if seen[Int(key)] { continue }
                seen[Int(key)] = true
            }
            let found = partners[key]
            if found.isEmpty, keepsLeft { pairs.append(Int32(row), -1) }
            for partner in found { pairs.append(Int32(row), partner) }
            if row & 0xFFF == 0xFFF { try execution.check() }
            try execution.limits.check(rows: pairs.left.count)
        }
        if join.kind == .rightOuter || join.kind == .fullOuter {
            let others = Partners(leftKeys, count: count)
            for (row, key) in rightKeys.enumerated() where !others.has(key) { pairs.append(-1, Int32(row)) }
        }
        return output(left: pairs.left, right: pairs.right)
    }

    private func output(left leftRows: [Int32]?, right rightRows: [Int32]?) -> Frame {
        let count = leftRows?.count ?? rightRows?.count ?? 0
        var columns: [Column] = []
        if let leftRows {
            let selection = Selection(leftRows, hasGaps: leftRows.contains(-1))
            columns += join.leftColumns.map { left.columns[$0].picking(selection) }
        }
        if let rightRows {
            let selection = Selection(rightRows, hasGaps: rightRows.contains(-1))
            columns += join.rightColumns.map { right.columns[$0].picking(selection) }
        }
        return Frame(count: count, columns)
    }
}

/// Rows of two sides that belong together; −1 where a side has none.
private struct RowPairs {
    var left: [Int32] = []
    var right: [Int32] = []

    mutating func append(_ one: Int32, _ other: Int32) {
        left.append(one)
        right.append(other)
    }
}

/// The rows of each key.
struct Partners {
    private var starts: [Int32]
    /// All rows, key by key.
    private(set) var rows: [Int32]

    init(_ keys: [Int32], count: Int) {
        starts = [Int32](repeating: 0, count: count + 1)
        for key in keys { starts[Int(key) + 1] += 1 }
        for key in 0..<count { starts[key + 1] += starts[key] }
        var ends = starts
        rows = [Int32](repeating: 0, count: keys.count)
        for (row, key) in keys.enumerated() {
            rows[Int(ends[Int(key)])] = Int32(row)
            ends[Int(key)] += 1
        }
    }

    func has(_ key: Int32) -> Bool { starts[Int(key)] < starts[Int(key) + 1] }

    subscript(key: Int32) -> ArraySlice<Int32> { rows[Int(starts[Int(key)])..<Int(starts[Int(key) + 1])] }
}
