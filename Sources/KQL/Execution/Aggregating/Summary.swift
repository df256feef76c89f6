/// `summarize`: groups of rows, and what aggregations make of each.
struct Summary {
    let frame: Frame
    let execution: Execution
    let evaluator: Evaluator

    init(_ frame: Frame, _ execution: Execution) {
        self.frame = frame
        self.execution = execution
        evaluator = Evaluator(frame, execution)
    }

    /// The groups' columns, then the aggregates'. Without groups there is one row, whatever the rows.
    func frame(_ groups: [BoundExpression], _ aggregates: [BoundAggregate]) throws(KQLFault) -> Frame {
        var keys: [Column] = []
        for group in groups { keys.append(try evaluator.column(group)) }
        let grouping = Grouping(keys, rows: frame.count)
        let firsts = Selection(grouping.firsts)
        var columns = keys.map { $0.picking(firsts) }
        for aggregate in aggregates { columns += try self.columns(of: aggregate, grouping) }
        return Frame(count: grouping.count, columns)
    }

    func columns(of aggregate: BoundAggregate, _ grouping: Grouping) throws(KQLFault) -> [Column] {
        try GroupedRows(evaluator, groups: grouping.groups, count: grouping.count).columns(of: aggregate)
    }
}

/// Rows with the number of the group that each is in.
struct GroupedRows {
    let evaluator: Evaluator
    let groups: [Int32]
    let count: Int

    init(_ evaluator: Evaluator, groups: [Int32], count: Int) {
        self.evaluator = evaluator
        self.groups = groups
        self.count = count
    }

    /// One for each of the aggregate's types.
    func columns(of aggregate: BoundAggregate) throws(KQLFault) -> [Column] {
        try evaluator.execution.check()
        if let columns = try quickly(aggregate) { return columns }
        return try oneByOne(aggregate)
    }

    /// By the aggregation's accumulators, row by row.
    private func oneByOne(_ aggregate: BoundAggregate) throws(KQLFault) -> [Column] {
        var arguments: [Column] = []
        for argument in aggregate.arguments { arguments.append(try evaluator.column(argument)) }
        let types = aggregate.arguments.map(\.argument)
        var accumulators = (0..<count).map { _ in aggregate.aggregation.accumulator(for: types) }
        var values = arguments.map { $0.count > 0 ? $0.value(at: 0) : .none($0.type) }
        for row in groups.indices {
            if row & 0xFFF == 0xFFF { try evaluator.execution.check() }
            for index in arguments.indices { values[index] = arguments[index].value(at: row) }
            accumulators[Int(groups[row])].add(values)
        }
        var builders = aggregate.types.map { ColumnBuilder($0, capacity: count) }
        for accumulator in accumulators {
            let results = accumulator.results
            for index in builders.indices {
                builders[index].append(index < results.count ? results[index] : .none(aggregate.types[index]))
            }
        }
        return builders.map(\.column)
    }
}
