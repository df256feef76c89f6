extension Plugins {
    /// `pivot(column [, aggregation] [, key, …])`: a row for each combination of the keys, which are the other columns
    /// where none are named, and a column for each value of the pivoted one.
    static let pivot = Plugin(
        "pivot", "(column [, aggregation] [, key, …])", arguments: 1...64,
        schema: .ofRows { call throws(FunctionFault) in
            let pivoting = try Pivoting(call)
            var unique = UniqueNames()
            let keys = pivoting.keys.map { call.header.columns[$0] }
            for key in keys { _ = unique.take(key.name) }
            return keys + pivoting.values(call).map { ColumnSchema(unique.take($0.text), pivoting.type) }
        }
    ) { call throws(FunctionFault) in try Pivoting(call).rows(call) }
}

/// A call of `pivot`, read.
private struct Pivoting {
    let keys: [Int]
    /// Of the cells.
    let type: ScalarType
    private let column: Int
    private let aggregation: Aggregation
    private let arguments: [PluginArgument]

    init(_ call: PluginCall) throws(FunctionFault) {
        column = try call.header.column(0, of: "pivot")
        arguments = call.aggregate?.arguments ?? []
        guard let aggregation = call.aggregate?.aggregation ?? Aggregations.named("count") else {
            throw FunctionFault("SEM0001", "pivot: there is nothing to aggregate")
        }
        self.aggregation = aggregation
        type = call.aggregate?.types.first ?? .long
        var aggregated: [Int] = []
        for case .column(let index) in arguments { aggregated.append(index) }
        let named = Plugins.dimensions(call.header, from: 1)
        let pivoted = column
        keys =
            named.isEmpty
            ? call.header.columns.indices.filter { $0 != pivoted && !aggregated.contains($0) } : named
    }

    /// The pivoted column's values, in the order of their texts.
    func values(_ call: PluginCall) -> [Scalar] {
        var seen: Set<Scalar> = []
        return call.rows.map { $0[column] }.filter { seen.insert($0).inserted }.sorted { $0.text.precedes($1.text) }
    }

    func rows(_ call: PluginCall) throws(FunctionFault) -> [[Scalar]] {
        var groups: [[Scalar]: Int] = [:]
        var order: [[Scalar]] = []
        var cells: [[Scalar: any Accumulator]] = []
        let types = arguments.map { argument in
            switch argument {
            case .column(let index): FunctionArgument(call.rows.first?[index].type ?? .long)
            case .value(let value): FunctionArgument(constant: value)
            case .later(let type): FunctionArgument(type)
            case .table: FunctionArgument(.dynamic)
            }
        }
        for row in call.rows {
            try call.context.checkTime()
            let key = keys.map { row[$0] }
            let index = groups[key, default: order.count]
            if index == order.count {
                groups[key] = index
                order.append(key)
                cells.append([:])
            }
            let given = arguments.map { argument -> Scalar in
                switch argument {
                case .column(let index): row[index]
                case .value(let value): value
                case .later(let type): .none(type)
                case .table: .null(.dynamic)
                }
            }
            cells[index][row[column], default: aggregation.accumulator(for: types)].add(given)
        }
        let values = columns(call)
        let nothing = aggregation.accumulator(for: types).results.first ?? .none(type)
        return order.indices.map { index in
            order[index] + values.map { value in value.flatMap { cells[index][$0]?.results.first } ?? nothing }
        }
    }

    /// For each cell of a row the value that it stands for; those of a schema that the query gives, by their names.
    private func columns(_ call: PluginCall) -> [Scalar?] {
        let values = values(call)
        let isOwn = call.result.count == keys.count + values.count
        guard !isOwn else { return values.map { $0 } }
        return call.result.dropFirst(keys.count).map { column in values.first { $0.text.isSame(as: column.name) } }
    }
}
