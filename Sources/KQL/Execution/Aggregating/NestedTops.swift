/// `top-nested`: the first values of a column by an aggregate, in each of them the first of the next one, and so on.
///
/// With `others` the rest of a level is one more row; on the levels below it stands for all its rows, by their own
/// `others`, and is null where a level has none. (Kusto documentation, *top-nested operator*)
struct NestedTops {
    private let frame: Frame
    private let execution: Execution

    init(_ frame: Frame, _ execution: Execution) {
        self.frame = frame
        self.execution = execution
    }

    /// Two columns for each level.
    func result(_ levels: [BoundTopNested]) throws(KQLFault) -> Frame {
        var tree = Level(
            rows: (0..<Int32(frame.count)).map { $0 }, nodes: [Int32](repeating: 0, count: frame.count), parents: [0],
            isRest: [false])
        var columns: [Column] = []
        for level in levels {
            let (next, own) = try split(tree, level)
            let selection = Selection(next.parents)
            columns = columns.map { $0.picking(selection) } + own
            tree = next
        }
        return Frame(count: tree.parents.count, columns)
    }

    /// The rows that are left, and the result's row that each belongs to.
    private struct Level {
        var rows: [Int32] = []
        var nodes: [Int32] = []
        /// For each row of the result the one of the level before that it is made of.
        var parents: [Int32] = []
        /// Whether a row of the result stands for others.
        var isRest: [Bool] = []
    }

    private func split(_ level: Level, _ top: BoundTopNested) throws(KQLFault) -> (Level, [Column]) {
        let own = frame.picking(level.rows)
        let evaluator = Evaluator(own, execution)
        let key = try evaluator.column(top.key)
        let nodes = Column(.long, integers: level.nodes.map(Int64.init))
        let groups = Grouping([nodes, key], rows: own.count)
        let ranks = try self.ranks(evaluator, top, groups.groups, count: groups.count)
        let chosen = try self.chosen(groups, level, ranks, top)
        let rest = own.count > 0 ? restRows(groups, chosen, level, top) : []
        let restRanks = try self.ranks(
            Evaluator(own.picking(rest), execution), top, rest.map { level.nodes[Int($0)] }, count: level.parents.count)
        var made = Made(key.type, ranks.type)
        let others = try top.others.map { value throws(KQLFault) in
            try execution.value(value).converted(to: key.type)
        }
        let withRest = Set(rest.map { level.nodes[Int($0)] })
        var newNodes = [Int32](repeating: -1, count: groups.count)
        var restNodes = [Int32](repeating: -1, count: level.parents.count)
        for parent in level.parents.indices {
            for group in chosen[parent] {
                newNodes[Int(group)] = made.append(
                    parent, key.value(at: Int(groups.firsts[Int(group)])), ranks.value(at: Int(group)), isRest: false)
            }
            guard withRest.contains(Int32(parent)) else { continue }
            let rank = others == nil ? .none(ranks.type) : restRanks.value(at: parent)
            restNodes[parent] = made.append(parent, others ?? .none(key.type), rank, isRest: true)
        }
        for (row, group) in groups.groups.enumerated() {
            let node = newNodes[Int(group)]
            made.add(level.rows[row], node >= 0 ? node : restNodes[Int(level.nodes[row])])
        }
        return (made.level, [made.keys.column, made.ranks.column])
    }

    /// The result's rows of a level, as they are made.
    private struct Made {
        var level = Level()
        var keys: ColumnBuilder
        var ranks: ColumnBuilder

        init(_ key: ScalarType, _ rank: ScalarType) {
            keys = ColumnBuilder(key)
            ranks = ColumnBuilder(rank)
        }

        mutating func append(_ parent: Int, _ key: Scalar, _ rank: Scalar, isRest: Bool) -> Int32 {
            keys.append(key)
            ranks.append(rank)
            level.parents.append(Int32(parent))
            level.isRest.append(isRest)
            return Int32(level.parents.count - 1)
        }

        mutating func add(_ row: Int32, _ node: Int32) {
            guard node >= 0 else { return }
            level.rows.append(row)
            level.nodes.append(node)
        }
    }

    private func ranks(
        _ evaluator: Evaluator, _ top: BoundTopNested, _ groups: [Int32], count: Int
    ) throws(KQLFault) -> Column {
        let rows = GroupedRows(evaluator, groups: groups, count: count)
        var columns: [Column] = []
        for aggregate in top.aggregates { columns += try rows.columns(of: aggregate) }
        return try Evaluator(Frame(count: count, columns), execution).column(top.rank)
    }

    /// For each row of the level before the groups that come first; none in one that stands for others.
    private func chosen(
        _ groups: Grouping, _ level: Level, _ ranks: Column, _ top: BoundTopNested
    ) throws(KQLFault) -> [[Int32]] {
        let limit = try top.count.map { count throws(KQLFault) in try Operators.number(count, execution) } ?? .max
        let span = SourceSpan(0, 0)
        let key = BoundSortKey(
            value: BoundExpression(column: 0, ranks.type, at: span), isAscending: top.isAscending,
            nullsFirst: top.isAscending)
        var chosen = [[Int32]](repeating: [], count: level.parents.count)
        for group in try RowOrder([key], Frame(count: groups.count, [ranks]), execution).rows() {
            let parent = Int(level.nodes[Int(groups.firsts[Int(group)])])
            if !level.isRest[parent], chosen[parent].count < limit { chosen[parent].append(group) }
        }
        return chosen
    }

    /// The rows that stand for others, or are in none of the groups where others are asked for.
    private func restRows(
        _ groups: Grouping, _ chosen: [[Int32]], _ level: Level, _ top: BoundTopNested
    ) -> [Int32] {
        var isChosen = [Bool](repeating: false, count: groups.count)
        for group in chosen.joined() { isChosen[Int(group)] = true }
        return groups.groups.indices.compactMap { row in
            let isWanted = top.others != nil || level.isRest[Int(level.nodes[row])]
            return isWanted && !isChosen[Int(groups.groups[row])] ? Int32(row) : nil
        }
    }
}
